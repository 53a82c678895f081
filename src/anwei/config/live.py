"""The live process, as a server loads it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwei.config.settings")
django.setup()

from anwei.entrances.live.application import Live  # noqa: E402

application = Live()
