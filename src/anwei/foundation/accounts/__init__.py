"""Logins, roles and grants: who may do what, and on which rows."""
