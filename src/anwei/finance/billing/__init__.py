"""Invoices with gapless numbers, payments."""
