from anwei.core.registers import Field, Resource
from anwei.procurement.suppliers.models import Licence, PriceAgreement, Supplier
from anwei.procurement.suppliers.permissions import READ_PRICES, READ_SUPPLIERS

SUPPLIERS = Resource(
    collection="suppliers",
    model=Supplier,
    right=READ_SUPPLIERS,
    fields=[
        Field("organisation", str, source="organisation_id"), Field("name", str, source="organisation__name"), Field("email", str),
        Field("contact", str), Field("phone", str), Field("payment_days", int), Field("changed_at", str),
    ],
    filters=("organisation",),
)  # fmt: skip

LICENCES = Resource(
    collection="supplier-licences",
    model=Licence,
    right=READ_SUPPLIERS,
    fields=[
        Field("supplier", str, source="supplier_id"), Field("kind", str), Field("number", str), Field("valid_until", str),
        Field("groups", list), Field("categories", list), Field("file", str, source="file_id"), Field("withdrawn_on", str),
        Field("withdrawn_because", str), Field("changed_at", str),
    ],
    filters=("supplier", "valid_until"),
)  # fmt: skip

PRICES = Resource(
    collection="price-agreements",
    model=PriceAgreement,
    right=READ_PRICES,
    fields=[
        Field("supplier", str, source="supplier_id"), Field("part", str, source="part_id"),
        Field("part_number", str, source="part__number"),
        Field("price", str), Field("currency", str), Field("tax_rate", str), Field("valid_from", str), Field("valid_until", str),
        Field("minimum", str), Field("lead_days", int), Field("changed_at", str),
    ],
    filters=("supplier", "part"),
)  # fmt: skip
