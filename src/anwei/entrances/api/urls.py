from django.urls import path

from anwei.entrances.api.build import build

urlpatterns = [path("v1/", build().urls)]
