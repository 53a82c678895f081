"""Fault requests by scan and by phone, until they become orders."""
