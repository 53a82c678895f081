from anwei.core.registers import Field, Resource
from anwei.equipment.instruments.models import Calibration, Instrument
from anwei.equipment.instruments.permissions import READ_INSTRUMENTS

INSTRUMENTS = Resource(
    collection="instruments",
    model=Instrument,
    right=READ_INSTRUMENTS,
    fields=[
        Field("number", str), Field("kind", str), Field("name_zh", str), Field("name_en", str), Field("serial", str),
        Field("branch", str, source="branch__code"), Field("calibrated_on", str), Field("calibration_due", str), Field("retired_on", str),
        Field("changed_at", str),
    ],
    filters=("number", "kind", "branch__code"),
)  # fmt: skip

CALIBRATIONS = Resource(
    collection="calibrations",
    model=Calibration,
    right=READ_INSTRUMENTS,
    fields=[
        Field("instrument", str, source="instrument_id"), Field("calibrated_on", str), Field("due_on", str), Field("laboratory", str),
        Field("certificate", str),
    ],
    filters=("instrument",),
)  # fmt: skip
