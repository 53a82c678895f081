"""Appointments and what happened on site: readings, photos, parts, signatures."""
