from django.urls import path

from anwei.equipment.devices.views import deeds, devices, models, stickers

app_name = "devices"
urlpatterns = [
    path("", devices.device_list, name="list"),
    path("register/", deeds.register_device, name="register"),
    path("options/hospitals/", devices.hospital_options, name="hospital_options"),
    path("options/models/", devices.model_options, name="model_options"),
    path("options/devices/", devices.device_options, name="device_options"),
    path("at-hospital/<uuid:id>/", devices.at_hospital, name="at_hospital"),
    path("models/", models.model_list, name="models"),
    path("models/register/", models.register_model_page, name="register_model"),
    path("models/<uuid:id>/", models.devices_of_model, name="of_model"),
    path("stickers/", stickers.sticker_page, name="stickers"),
    path("stickers/<uuid:id>/", stickers.batch, name="batch"),
    path("stickers/<uuid:id>.pdf", stickers.batch_pdf, name="batch_pdf"),
    path("stickers/<uuid:id>/revoke/", stickers.revoke_sticker, name="revoke"),
    path("<uuid:id>/", devices.device, name="device"),
    path("<uuid:id>/papers/", devices.device_papers, name="papers"),
    path("<uuid:id>/install/", deeds.install_device, name="install"),
    path("<uuid:id>/move/", deeds.move_device, name="move"),
    path("<uuid:id>/transfer/", deeds.transfer_device, name="transfer"),
    path("<uuid:id>/block/", deeds.block_device, name="block"),
    path("<uuid:id>/unblock/", deeds.unblock_device, name="unblock"),
    path("<uuid:id>/retire/", deeds.retire_device, name="retire"),
    path("<uuid:id>/amend/", deeds.amend_device, name="amend"),
    path("<uuid:id>/correct/", deeds.correct_device, name="correct"),
    path("<uuid:id>/claim/", deeds.claim_sticker, name="claim"),
    path("<uuid:id>/print/", stickers.print_for_device, name="print"),
]
