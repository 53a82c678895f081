"""The web application, as a server loads it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwei.config.settings")

application = get_wsgi_application()
