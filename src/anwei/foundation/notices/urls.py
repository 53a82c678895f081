from django.urls import path

from anwei.foundation.notices.registered import KINDS
from anwei.foundation.notices.views import inbox as views
from anwei.foundation.notices.views import outbox

app_name = "notices"
urlpatterns = [
    path("", views.inbox_page, name="inbox"),
    path("read/", views.read_everything, name="read_all"),
    path("<uuid:id>/open/", views.open_notice, name="open"),
    path("outbox/", outbox.outbox_page, name="outbox"),
    path("outbox/<uuid:id>/", outbox.mail, name="mail"),
    path("outbox/<uuid:id>/again/", outbox.again, name="send_again"),
    *(path(f"on/{slot}/<uuid:id>/", views.notes, {"kind": kind}, name=f"on_{slot}") for slot, (_slot, kind) in KINDS.items()),
]
