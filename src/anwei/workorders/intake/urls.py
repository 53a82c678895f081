from django.urls import path

from anwei.workorders.intake.views import phone, requests

app_name = "intake"
urlpatterns = [
    path("", requests.queue, name="queue"),
    path("phone/", phone.phone, name="phone"),
    path("phone/<uuid:id>/", phone.phone_on_device, name="phone_on_device"),
    path("urgency/<uuid:device>/", requests.urgency_hint, name="urgency"),
    path("on-order/<uuid:id>/", requests.on_order_panel, name="on_order"),
    path("on-device/<uuid:id>/", requests.on_device_panel, name="on_device"),
    path("<uuid:id>/", requests.show_request, name="request"),
    path("<uuid:id>/accept/", requests.accept_request, name="accept"),
    path("<uuid:id>/join/<uuid:order>/", requests.join_request, name="join"),
    path("<uuid:id>/answer/", requests.answer_request, name="answer"),
]
