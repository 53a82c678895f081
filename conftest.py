"""Tests connect as the application to a clone of one template database."""

from anwei.config.testing import committed, django_db_setup

__all__ = ["committed", "django_db_setup"]
