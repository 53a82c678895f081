"""Questions about who pays."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.money import Money, add_up
from anwei.finance.settlement.models import Settlement, SettlementLine

SHOWN = ("order__hospital", "order__department", "order__device__model", "order__branch", "order__flow", "confirmed_by")


@dataclass(frozen=True, slots=True)
class PayerSum:
    """What one payer pays of a settlement."""

    payer: str
    net: Decimal
    tax: Decimal
    gross: Decimal


def settlement_of(actor: Actor, id: UUID) -> Settlement:
    """Return a settlement with what its page shows.

    :raises NotFound: there is none that this actor may see
    """
    found = Settlement.objects.visible_to(actor).select_related(*SHOWN).filter(pk=id).first()
    if found is None:
        raise NotFound(kind="settlement")
    return found


def lines_of(settlement: Settlement) -> list[SettlementLine]:
    """Return the lines of a settlement in the order in which they were proposed."""
    return list(settlement.lines.select_related("payer_body").order_by("id"))


def total_of(lines: Iterable[SettlementLine], currency: str, payer: str = "") -> PayerSum:
    """Return the sum of lines; `payer` only names it."""
    rows = list(lines)
    net, tax, gross = (
        add_up((Money(amount, currency) for amount in amounts), currency).amount
        for amounts in ([line.net for line in rows], [line.tax for line in rows], [line.gross for line in rows])
    )
    return PayerSum(payer, net, tax, gross)


def split_by_payer(lines: Iterable[SettlementLine], currency: str) -> list[PayerSum]:
    """Return what each payer pays, open ones first; together they pay all."""
    rows = list(lines)
    payers = sorted({line.payer for line in rows}, key=lambda payer: (payer != SettlementLine.Payer.OPEN, payer))
    return [total_of([line for line in rows if line.payer == payer], currency, payer) for payer in payers]
