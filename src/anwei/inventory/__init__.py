"""Module 3: parts and stock. Knows places, no device and no order."""
