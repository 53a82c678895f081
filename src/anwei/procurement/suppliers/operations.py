"""Admitting suppliers, keeping their papers, agreeing prices."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import keep
from anwei.foundation.organisations.models import Organisation
from anwei.inventory.parts.models import Part
from anwei.procurement.suppliers.errors import (
    AlreadyExpired,
    LicenceExists,
    NotASupplier,
    PeriodUnfit,
    PriceUnfit,
    ReasonNeeded,
    WithdrawnAlready,
)
from anwei.procurement.suppliers.models import Licence, PriceAgreement, Supplier
from anwei.procurement.suppliers.permissions import AGREE_PRICES, KEEP_SUPPLIERS

SELLERS = {Organisation.Role.SUPPLIER, Organisation.Role.MAKER, Organisation.Role.DISTRIBUTOR}
MEDIA = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@operation("suppliers.admit", right=KEEP_SUPPLIERS, on="organisation")
def admit(
    *, actor: Actor, organisation: Organisation, email: str = "", contact: str = "", phone: str = "", payment_days: int = 30
) -> Supplier:
    """Admit a body as supplier, or change where orders go and when it is paid.

    :raises NotASupplier: it is neither supplier nor maker nor distributor
    """
    if not SELLERS & set(organisation.roles):
        raise NotASupplier(name=organisation.name)
    given = {"email": email.strip(), "contact": contact.strip(), "phone": phone.strip(), "payment_days": payment_days}
    supplier = Supplier.objects.filter(organisation=organisation).first() or Supplier(organisation=organisation)
    fresh = supplier._state.adding
    if not fresh and all(getattr(supplier, name) == value for name, value in given.items()):
        unchanged(supplier)
        return supplier
    for name, value in given.items():
        setattr(supplier, name, value)
    supplier.save()
    record(supplier, "suppliers.admitted" if fresh else "suppliers.changed")
    return supplier


@operation("suppliers.file_licence", right=KEEP_SUPPLIERS, on="supplier")
def file_licence(
    *, actor: Actor, supplier: Supplier, kind: Licence.Kind, number: str, at: datetime, valid_until: date | None = None,
    groups: list[str] | None = None, categories: list[str] | None = None, content: bytes | None = None, name: str = "",
) -> Licence:  # fmt: skip
    """File a supplier's licence, record, authorisation, registration or quality agreement, with its scan where there is one.

    :raises LicenceExists: it is on file already
    :raises AlreadyExpired: it has ended before today
    """
    number = number.strip()
    if Licence.objects.filter(supplier=supplier, kind=kind, number=number).exists():
        raise LicenceExists(number=number, field="number")
    if valid_until and valid_until < timezone.localdate(at):
        raise AlreadyExpired(number=number, until=valid_until, field="valid_until")
    file = None
    if content:
        media = MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")
        file = keep(content, kind=StoredFile.Kind.DOCUMENT, name=name or number, media_type=media)
    licence = Licence.objects.create(
        supplier=supplier, kind=kind, number=number, valid_until=valid_until, groups=groups or [],
        categories=categories or [], file=file,
    )  # fmt: skip
    record(licence, "suppliers.licence_filed", at=at)
    record(supplier, "suppliers.licence_filed", at=at)
    return licence


@operation("suppliers.withdraw_licence", right=KEEP_SUPPLIERS, on="licence")
def withdraw_licence(*, actor: Actor, licence: Licence, reason: str, at: datetime) -> Licence:
    """Withdraw a supplier's paper before its last day; it stays on file and allows nothing any more.

    :raises WithdrawnAlready: it was withdrawn before
    :raises ReasonNeeded: nobody said why
    """
    if licence.withdrawn_on:
        raise WithdrawnAlready(number=licence.number)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    licence.withdrawn_on, licence.withdrawn_because = timezone.localdate(at), reason.strip()
    licence.save()
    record(licence, "suppliers.licence_withdrawn", at=at)
    record(licence.supplier, "suppliers.licence_withdrawn", at=at)
    return licence


@operation("suppliers.agree_price", right=AGREE_PRICES, on="supplier")
def agree_price(
    *, actor: Actor, supplier: Supplier, part: Part, price: Decimal, tax_rate: Decimal, valid_from: date, lead_days: int,
    valid_until: date | None = None, minimum: Decimal = Decimal(1), currency: str = "CNY",
) -> PriceAgreement:  # fmt: skip
    """Enter the price of a part agreed with a supplier; the one before it ends the day before.

    `price` is net for one piece, `tax_rate` a share (0.13).

    :raises PriceUnfit: the price is not above zero, the rate no share, or the minimum not above zero
    :raises PeriodUnfit: it ends before it begins
    """
    if price <= 0 or not 0 <= tax_rate < 1 or minimum <= 0 or lead_days < 0:
        raise PriceUnfit(field="price")
    if valid_until and valid_until < valid_from:
        raise PeriodUnfit(field="valid_until")
    former = PriceAgreement.objects.filter(Q(valid_until=None) | Q(valid_until__gte=valid_from), supplier=supplier, part=part)
    former.filter(valid_from__lt=valid_from).update(valid_until=valid_from - timedelta(days=1), changed_at=timezone.now())
    agreement, _made = PriceAgreement.objects.update_or_create(
        supplier=supplier, part=part, valid_from=valid_from,
        defaults={
            "price": price, "currency": currency, "tax_rate": tax_rate, "valid_until": valid_until, "minimum": minimum,
            "lead_days": lead_days,
        },
    )  # fmt: skip
    record(agreement, "suppliers.price_agreed")
    record(supplier, "suppliers.price_agreed")
    return agreement
