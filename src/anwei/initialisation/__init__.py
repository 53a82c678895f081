"""Bringing a company in: migration of its old data, the demo company. Knows every business module."""
