"""How settlements are told: payers, reasons, states, quantities, in words."""

from collections.abc import Mapping
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.labels import Label
from anwei.core.shell import Fact, PillView, Text
from anwei.core.wording import money
from anwei.finance.settlement.models import Settlement, SettlementLine

PAYERS: Mapping[str, Text] = {
    "hospital": _("Hospital"), "contract": _("Contract"), "maker": _("Maker"), "distributor": _("Distributor"), "ours": _("We ourselves"),
    "open": _("Payer open"),
}  # fmt: skip
REASONS: Mapping[str, Text] = {
    "warranty": _("The device was under warranty on the day of the report."),
    "part_excluded": _("The contract excludes this group of parts."),
    "contract_covers": _("The contract covers it."),
    "contract_leaves_out": _("The contract does not cover it."),
    "cover_expired": _("Warranty and contract had ended."),
    "cover_none": _("There was neither warranty nor contract."),
    "cover_unknown": _("It is not known what covered the device; somebody has to decide."),
    "chosen": _("Chosen by hand"),
}
KINDS: Mapping[str, Text] = {"labour": _("Labour"), "travel": _("Travel"), "part": _("Part")}
UNITS: Mapping[str, Text] = {"h": _("hours"), "visit": _("visits"), "pcs": _("pieces")}
STATES: Mapping[str, PillView] = {
    "proposed": PillView(_("To be settled"), "amber", "todo"),
    "confirmed": PillView(_("Settled"), "green", "done", hollow=True),
}
OPEN = PillView(_("Payer open"), "red", "warn")


def text_of(line: SettlementLine) -> Label:
    """Return what a line is for, in both languages."""
    return Label(line.text_zh, line.text_en)


def plain(value: Decimal) -> str:
    """Write a quantity or a rate without the zeros behind it."""
    return f"{value.normalize():f}"


def rate_of(line: SettlementLine) -> str:
    """Write the tax rate as a person reads it: 6 %."""
    return f"{plain(line.tax_rate * 100)} %"


def about(settlement: Settlement, line: SettlementLine) -> list[Fact]:
    """Return what who chooses a payer should see beside the form: the order, the line, who pays now and why."""
    order = settlement.order
    return [
        Fact(_("Work order"), order.number, reverse("orders:order", args=[order.pk]), mono=True),
        Fact(_("Hospital"), order.hospital.name),
        Fact(_("With tax"), money(line.gross, line.currency)),
        Fact(_("Payer now"), PAYERS[line.payer], note=REASONS.get(line.reason, "")),
    ]
