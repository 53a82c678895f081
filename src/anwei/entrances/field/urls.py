from django.urls import path

from anwei.entrances.field.views import ending, job, parts, places, recording, requesting, van

app_name = "field"
urlpatterns = [
    path("", places.today_page, name="today"),
    path("van/", van.van, name="van"),
    path("van/hand-over/", van.hand_over_page, name="hand_over"),
    path("van/coming/<uuid:id>/", van.accept, name="accept"),
    path("van/due/<uuid:id>/clean/", van.cleaned, name="clean"),
    path("van/due/<uuid:id>/<slug:how>/", van.care, name="care"),
    path("scan/", places.scan, name="scan"),
    path("outbox/", places.outbox, name="outbox"),
    path("more/", places.more, name="more"),
    path("job/<uuid:id>/", job.job, name="job"),
    path("job/<uuid:id>/move/<slug:verb>/", job.move, name="move"),
    path("job/<uuid:id>/readings/<slug:key>/", recording.readings, name="readings"),
    path("job/<uuid:id>/photo/", recording.photo, name="photo"),
    path("job/<uuid:id>/part/", parts.fit, name="part"),
    path("job/<uuid:id>/part/<uuid:use>/back/", parts.take_back, name="part_back"),
    path("job/<uuid:id>/request/", requesting.request_page, name="request"),
    path("job/<uuid:id>/request/<uuid:asked>/cancel/", requesting.cancel_page, name="request_cancel"),
    path("job/<uuid:id>/decline/", ending.decline_page, name="decline"),
    path("job/<uuid:id>/wait-for-part/", ending.wait_part, name="wait_part"),
    path("job/<uuid:id>/wait-for-hospital/", ending.wait_customer, name="wait_customer"),
    path("job/<uuid:id>/sign/", ending.sign_page, name="sign"),
    path("job/<uuid:id>/finish/", ending.finish_page, name="finish"),
]
