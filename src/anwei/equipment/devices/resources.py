from anwei.core.registers import Field, Resource
from anwei.equipment.devices.models import Block, Device, DeviceModel, Event, Sticker
from anwei.equipment.devices.permissions import PRINT_STICKERS, READ_DEVICES

DEVICES = Resource(
    collection="devices",
    model=Device,
    right=READ_DEVICES,
    fields=[
        Field("number", str), Field("serial", str), Field("udi", str), Field("has_no_udi", bool), Field("state", str),
        Field("is_blocked", bool), Field("model", str, source="model_id"), Field("model_name", str, source="model__name"),
        Field("category", str, source="model__category"), Field("hospital", str, source="hospital_id"),
        Field("hospital_name", str, source="hospital__name"), Field("department", str, source="department__name"), Field("room", str),
        Field("distributor", str, source="distributor_id"), Field("branch", str, source="branch__code"),
        Field("purchased_on", str), Field("installed_on", str), Field("warranty_until", str), Field("retired_on", str),
        Field("software", str), Field("parent", str, source="parent_id"), Field("changed_at", str),
    ],
    filters=("number", "serial_key", "state", "hospital", "model", "distributor", "branch__code"),
)  # fmt: skip

MODELS = Resource(
    collection="device-models",
    model=DeviceModel,
    right=READ_DEVICES,
    fields=[
        Field("name", str), Field("maker_name", str), Field("brand", str), Field("category", str), Field("udi_di", str),
        Field("udi_issuer", str), Field("gmdn", str), Field("changed_at", str),
    ],
    filters=("name", "category", "maker_name"),
)  # fmt: skip

EVENTS = Resource(
    collection="device-events",
    model=Event,
    right=READ_DEVICES,
    fields=[
        Field("device", str, source="device_id"), Field("kind", str), Field("at", str), Field("note", str), Field("details", dict),
        Field("by", str),
    ],
    filters=("device",),
)  # fmt: skip

BLOCKS = Resource(
    collection="device-blocks",
    model=Block,
    right=READ_DEVICES,
    fields=[
        Field("device", str, source="device_id"), Field("reason", str), Field("source", str), Field("from_at", str),
        Field("ended_at", str), Field("ended_because", str),
    ],
    filters=("device",),
)  # fmt: skip

STICKERS = Resource(
    collection="stickers",
    model=Sticker,
    right=PRINT_STICKERS,
    fields=[
        Field("code", str), Field("device", str, source="device_id"), Field("batch", str), Field("printed_at", str),
        Field("claimed_at", str), Field("revoked_at", str),
    ],
    filters=("code", "device", "batch"),
)  # fmt: skip
