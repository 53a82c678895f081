"""Who pays for a line, and how much work is counted."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from anwei.core.money import Money, Taxed

HALF_HOUR = Decimal("0.5")
LEAST_HOURS = Decimal(2)  # people.yaml, billing_rules.minimum: on site at least two hours, then in half hours


@dataclass(frozen=True, slots=True)
class Cover:
    """What covered the device on the day of the report, as the order keeps it."""

    answer: str  # warranty, contract, expired, none
    labour: bool = False
    travel: bool = False
    parts: bool = False
    excluded_groups: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, and by which rule."""

    payer: str  # hospital, contract, maker, open …
    reason: str


def payer_of(kind: str, cover: Cover, *, part_group: str = "") -> Payer:
    """Return the payer of a line: the maker under warranty, the contract for what it covers, else the hospital.

    What is not known stays open: visible, never free.
    """
    if cover.answer == "warranty":
        return Payer("maker", "warranty")
    if cover.answer == "contract":
        if kind == "part" and part_group in cover.excluded_groups:
            return Payer("hospital", "part_excluded")
        covered = {"labour": cover.labour, "travel": cover.travel, "part": cover.parts}[kind]
        return Payer("contract", "contract_covers") if covered else Payer("hospital", "contract_leaves_out")
    if cover.answer in ("expired", "none"):
        return Payer("hospital", f"cover_{cover.answer}")
    return Payer("open", "cover_unknown")


def counted_hours(minutes: int) -> Decimal:
    """Return the hours on site that count: at least two, then in half hours upwards."""
    hours = Decimal(minutes) / 60
    steps = (hours / HALF_HOUR).to_integral_value(ROUND_CEILING)
    return max(LEAST_HOURS, steps * HALF_HOUR)


def priced(quantity: Decimal, unit_price: Decimal, tax_rate: Decimal, currency: str) -> Taxed:
    """Return what a line costs, rounded to the cent: net is quantity times price, tax is on the net, gross is their sum."""
    return Taxed.from_net(Money(unit_price, currency) * quantity, tax_rate)
