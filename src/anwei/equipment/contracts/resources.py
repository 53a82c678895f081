from anwei.core.registers import Field, Resource
from anwei.equipment.contracts.models import Contract, CoveredDevice
from anwei.equipment.contracts.permissions import READ_CONTRACTS

CONTRACTS = Resource(
    collection="contracts",
    model=Contract,
    right=READ_CONTRACTS,
    fields=[
        Field("number", str), Field("title", str), Field("customer", str, source="customer_id"),
        Field("customer_name", str, source="customer__name"), Field("branch", str, source="branch__code"), Field("scheme", str),
        Field("tier", str), Field("sla", str, source="sla_id"), Field("starts_on", str), Field("ends_on", str), Field("ended_on", str),
        Field("covers_all_devices", bool), Field("covers_labour", bool), Field("covers_travel", bool), Field("covers_parts", bool),
        Field("excluded_groups", list), Field("changed_at", str),
    ],
    filters=("number", "customer", "branch__code"),
)  # fmt: skip

COVERED = Resource(
    collection="covered-devices",
    model=CoveredDevice,
    right=READ_CONTRACTS,
    fields=[Field("contract", str, source="contract_id"), Field("device", str, source="device_id"), Field("changed_at", str)],
    filters=("contract", "device"),
)
