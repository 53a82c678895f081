"""Every route of the system."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("anwei.entrances.api.urls")),
    path("contracts/", include("anwei.equipment.contracts.urls")),
    path("devices/", include("anwei.equipment.devices.urls")),
    path("instruments/", include("anwei.equipment.instruments.urls")),
    path("proposals/", include("anwei.foundation.governance.urls")),
]
