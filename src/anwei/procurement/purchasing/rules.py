"""Purchase rules as data, amounts of a line, states by quantities, and the three-way match. Amounts are net CNY, rates are shares."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

CENT = Decimal("0.01")
AMOUNTS = ("limit", "over_delivery_percent", "price_percent", "price_amount", "tax_amount")


@dataclass(frozen=True, slots=True)
class PurchaseRules:
    """What holds for orders: net `limit` above which a second person decides, and the tolerances.

    A delivery may exceed an order line by `over_delivery_percent`. An invoice line may differ from the order by `price_percent` of its
    net or by `price_amount`, whichever is more; its tax from the reckoned one by `tax_amount`. `checks` are asked at every inspection.
    """

    limit: Decimal
    over_delivery_percent: Decimal
    price_percent: Decimal
    price_amount: Decimal
    tax_amount: Decimal
    checks: tuple[tuple[str, str, str], ...]  # key, zh, en

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "PurchaseRules":
        """Read the body of a definition whose faults were looked for."""
        checks = tuple((row["key"], row["zh"], row["en"]) for row in body["checks"])
        return cls(checks=checks, **{name: Decimal(body[name]) for name in AMOUNTS})


def faults_of(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of entries that are missing or unfit."""
    for name in AMOUNTS:
        try:
            fit = Decimal(body[name]) >= 0 and isinstance(body[name], str)
        except (KeyError, TypeError, InvalidOperation):
            fit = False
        if not fit:
            yield name
    checks = body.get("checks")
    if not isinstance(checks, list) or not checks or any(not isinstance(c, Mapping) or {"key", "zh", "en"} - set(c) for c in checks):
        yield "checks"
    yield from sorted(set(body) - {*AMOUNTS, "checks"})


def amounts(quantity: Decimal, unit_price: Decimal, tax_rate: Decimal) -> tuple[Decimal, Decimal]:
    """Return net and tax of a line, each rounded to the cent."""
    net = (quantity * unit_price).quantize(CENT, ROUND_HALF_UP)
    return net, (net * tax_rate).quantize(CENT, ROUND_HALF_UP)


def most_acceptable(quantity: Decimal, percent: Decimal) -> Decimal:
    """Return how many pieces may come in for an order line."""
    return quantity * (100 + percent) / 100


@dataclass(frozen=True, slots=True)
class LineState:
    """How far a line is: ordered, received, and of the received those that were rejected and are owed again."""

    quantity: Decimal
    received: Decimal
    rejected: Decimal

    @property
    def outstanding(self) -> Decimal:
        """How many pieces are still to come."""
        return max(Decimal(0), self.quantity - self.received + self.rejected)


def state_by_receipts(lines: Iterable[LineState]) -> str:
    """Return the state of a sent order by what has come in."""
    known = list(lines)
    if all(line.outstanding == 0 for line in known):
        return "received"
    return "part_received" if any(line.received > line.rejected for line in known) else "sent"


@dataclass(frozen=True, slots=True)
class Billed:
    """A line of a supplier's invoice beside its order line and what was accepted for it and not yet invoiced."""

    name: str
    quantity: Decimal
    unit_price: Decimal
    ordered_price: Decimal
    tax_rate: Decimal
    accepted: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not agree, by how much: `quantity` in pieces, `price` and `tax` in money, with what was expected."""

    kind: str
    name: str
    expected: Decimal
    billed: Decimal


def differences(lines: Iterable[Billed], tax: Decimal, rules: PurchaseRules) -> list[Difference]:
    """Return every difference of an invoice beyond tolerance; none means that order, receipt and invoice agree."""
    known, found = list(lines), []
    for line in known:
        if line.quantity > line.accepted:
            found.append(Difference("quantity", line.name, line.accepted, line.quantity))
        net, _tax = amounts(line.quantity, line.unit_price, line.tax_rate)
        due, _tax = amounts(line.quantity, line.ordered_price, line.tax_rate)
        if abs(net - due) > max(rules.price_amount, due * rules.price_percent / 100):
            found.append(Difference("price", line.name, line.ordered_price, line.unit_price))
    reckoned = sum((amounts(line.quantity, line.unit_price, line.tax_rate)[1] for line in known), Decimal(0))
    if abs(tax - reckoned) > rules.tax_amount:
        found.append(Difference("tax", "", reckoned, tax))
    return found


def cleared_value(*, value: Decimal, quantity: Decimal, taken: Decimal) -> Decimal:
    """Return what `taken` of `quantity` pieces, received and not invoiced, worth `value`, clear: all of it when none stays."""
    if quantity <= 0 or taken >= quantity:
        return value
    return (value * taken / quantity).quantize(CENT, ROUND_HALF_UP)
