"""What a paper says: plain values, gathered by the apps that know them.

Times are aware and printed in the document's time zone; amounts and readings are Decimal and formatted here.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

CHINESE, ENGLISH = "zh-hans", "en"
BOTH = (CHINESE, ENGLISH)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages; a document prints those it is written in."""

    zh: str
    en: str = ""


Text = str | Bilingual
Stroke = tuple[tuple[float, float], ...]


class Verdict(StrEnum):
    """What a measured value means."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    RECORDED = "recorded"
    NOT_APPLICABLE = "not_applicable"


class Clearance(StrEnum):
    """What the ward may do with the device."""

    RELEASED = "released"
    LIMITED = "limited"
    BLOCKED = "blocked"
    PENDING = "pending"


class PaymentState(StrEnum):
    """How far an invoice is paid."""

    UNPAID = "unpaid"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A legal body as it stands on paper."""

    name: Text
    address: Text = ""
    phone: str = ""
    tax_number: str = ""
    bank: Text = ""
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the device stands and who called."""

    customer: Text
    department: Text = ""
    place: Text = ""
    reported_by: Text = ""
    contract: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFacts:
    """Which device it is. `carries_no_udi` is a recorded answer, not an empty field."""

    name: Text
    model: str = ""
    maker: Text = ""
    serial: str = ""
    udi_di: str = ""
    carries_no_udi: bool = False
    asset_number: str = ""
    other_identifiers: tuple[str, ...] = ()
    software: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTimes:
    """When what happened, and for how long the device stood still."""

    reported_at: datetime | None = None
    responded_at: datetime | None = None
    arrived_at: datetime | None = None
    finished_at: datetime | None = None
    downtime: timedelta | None = None
    service_level: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One measured or checked item; a check carries its answer as text."""

    name: Text
    before: Decimal | Text | None = None
    after: Decimal | Text | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    verdict: Verdict = Verdict.RECORDED


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentUsed:
    """A test instrument and the day its calibration ends."""

    name: Text
    number: str
    calibrated_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """A part that went in, and what came out for it. Without an amount the ground is shown instead."""

    name: Text
    number: str = ""
    new_serial: str = ""
    old_serial: str = ""
    old_fate: Text = ""
    quantity: Decimal = Decimal(1)
    payer: Text = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourLine:
    """Hours of one kind: travel, diagnosis, repair."""

    name: Text
    hours: Decimal
    payer: Text = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A JPEG thumbnail of known size in pixels, with its caption."""

    jpeg: bytes
    width: int
    height: int
    caption: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed, as what, when, and what it means (21 CFR 11.50); `strokes` in any unit, y down."""

    name: str
    role: Text
    meaning: Text
    at: datetime
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The decision on clinical use. `independent`: whoever decided is not the repairer."""

    clearance: Clearance
    by: str = ""
    at: datetime | None = None
    reason: Text = ""
    independent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReport:
    """A service record that holds every field of 21 CFR 820.35(b)."""

    number: str
    order_number: str
    issued_at: datetime
    provider: Company
    site: Site
    device: DeviceFacts
    release: Release
    verify_url: str
    serviced_on: date | None = None
    servicers: tuple[str, ...] = ()
    times: ServiceTimes = ServiceTimes()
    fault: Text = ""
    cause: Text = ""
    work_done: Text = ""
    remarks: Text = ""
    readings: tuple[Reading, ...] = ()
    no_test_reason: Text = ""
    instruments: tuple[InstrumentUsed, ...] = ()
    parts: tuple[PartLine, ...] = ()
    labour: tuple[LabourLine, ...] = ()
    currency: str = "CNY"
    total_due: Decimal | None = None
    photos: tuple[Picture, ...] = ()
    signatures: tuple[Signature, ...] = ()
    notes: tuple[Text, ...] = ()
    draft: bool = False
    languages: tuple[str, ...] = BOTH
    time_zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One line; `tax_rate` in percent."""

    description: Text
    quantity: Decimal
    unit: Text = ""
    unit_price: Decimal
    tax_rate: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """How far an invoice is paid."""

    state: PaymentState = PaymentState.UNPAID
    due_on: date | None = None
    paid: Decimal = Decimal(0)
    paid_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDocument:
    """What a buyer owes for what. Totals are summed from the lines."""

    number: str
    issued_at: datetime
    seller: Company
    buyer: Company
    lines: tuple[InvoiceLine, ...]
    currency: str = "CNY"
    order_number: str = ""
    contract: Text = ""
    tax_invoice_number: str = ""
    payment: Payment = Payment()
    verify_url: str = ""
    notes: tuple[Text, ...] = ()
    draft: bool = False
    languages: tuple[str, ...] = BOTH
    time_zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine:
    """One line of a purchase order; `tax_rate` in percent."""

    number: str
    description: Text
    quantity: Decimal
    unit: Text = ""
    unit_price: Decimal
    tax_rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseDocument:
    """What we order from a supplier. Totals are summed from the lines."""

    number: str
    ordered_at: datetime
    buyer: Company
    supplier: Company
    lines: tuple[PurchaseLine, ...]
    deliver_to: Text = ""
    contact: str = ""
    wanted_on: date | None = None
    currency: str = "CNY"
    notes: tuple[Text, ...] = ()
    languages: tuple[str, ...] = BOTH
    time_zone: str = "Asia/Shanghai"
