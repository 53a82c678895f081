"""Module 1: devices and their whole life, contracts, test instruments."""
