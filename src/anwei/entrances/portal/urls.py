from django.urls import path

from anwei.entrances.portal.views import own

app_name = "portal"
urlpatterns = [
    path("report/", own.choose, name="choose"),
    path("report/<uuid:id>/", own.report_device, name="report"),
    path("report-panel/<uuid:id>/", own.report_panel, name="report_panel"),
    path("claim/<str:code>/", own.claim_sticker, name="claim"),
]
