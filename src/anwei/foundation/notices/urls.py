from django.urls import path

from anwei.foundation.notices import views
from anwei.foundation.notices.registered import KINDS

app_name = "notices"
urlpatterns = [
    path("", views.inbox_page, name="inbox"),
    path("read/", views.read_everything, name="read_all"),
    path("<uuid:id>/open/", views.open_notice, name="open"),
    *(path(f"on/{slot}/<uuid:id>/", views.notes, {"kind": kind}, name=f"on_{slot}") for slot, (_slot, kind) in KINDS.items()),
]
