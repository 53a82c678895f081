"""Tests connect as the application to a clone of one template database."""

from hypothesis import settings

from anwei.config.testing import committed, django_db_setup

# how long one example takes says more about the machine than about the code
settings.register_profile("anwei", deadline=None)
settings.load_profile("anwei")

pytest_plugins = ["tests.browser"]
__all__ = ["committed", "django_db_setup"]
