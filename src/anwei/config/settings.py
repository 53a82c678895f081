"""Django settings. Everything a company may change comes from the environment."""

import os

from anwei.config.places import secret

DEBUG = os.environ.get("ANWEI_DEBUG") == "1"
SECRET_KEY = secret("django.key")
ALLOWED_HOSTS = os.environ.get("ANWEI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ROOT_URLCONF = "anwei.config.urls"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "anwei.core",
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
