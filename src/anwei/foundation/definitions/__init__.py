"""Versioned rules as data: flows, service levels, templates, calendars, roles … drafted, published, never edited in place."""
