"""Which places are ours, what a piece is worth when it leaves, which accounts a move touches, and what a stock flow allows."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
# the account in which pieces at a kind of place are kept; a move between two kinds of the same account posts nothing
ACCOUNTS = {
    "store": "1405", "bin": "1405", "van": "1405", "quarantine": "1405", "defective": "1405", "transit": "140502", "maker": "1408",
    "depot": "1406", "dealer_consigned": "1406", "dealer_own": "6401", "fitted": "6401", "supplier": "220202", "scrap": "6711",
    "adjustment": "1901",
}  # fmt: skip
# beyond our books: pieces there are not ours, their balance may be negative
OUTSIDE = frozenset({"dealer_own", "fitted", "supplier", "scrap", "adjustment"})
# good pieces here may be promised to somebody
AVAILABLE = frozenset({"store", "bin", "van", "depot", "dealer_consigned"})
SCANNED = frozenset({"part", "serial", "lot", "expiry"})


def leaving_value(*, value: Decimal, quantity: Decimal, taken: Decimal) -> Decimal:
    """Return what `taken` of `quantity` pieces worth `value` are worth: their share, and all of it when nothing stays.

    Moving average cost; so a balance of nothing is worth exactly nothing.
    """
    if taken == quantity:
        return value
    return min(value, (value * taken / quantity).quantize(CENT, ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class AllowedMove:
    """One row of a stock flow: for what cause pieces may go from which kinds of place to which, who does it, and what it needs.

    `scan` names what must be known of the pieces ("part", "serial", "lot", "expiry"), `fresh` stops expired ones, `approval` asks for
    a second person, `same_branch` keeps them within one branch.
    """

    key: str
    zh: str
    en: str
    sources: frozenset[str]
    targets: frozenset[str]
    roles: frozenset[str]
    scan: frozenset[str] = frozenset()
    fresh: bool = False
    approval: bool = False
    same_branch: bool = False

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "AllowedMove":
        """Read a row: `{key, zh, en, from: [kinds], to: [kinds], roles, scan, fresh, approval, same_branch}`."""
        return cls(
            row["key"], row["zh"], row["en"], frozenset(row["from"]), frozenset(row["to"]), frozenset(row["roles"]),
            frozenset(row.get("scan", ())), bool(row.get("fresh")), bool(row.get("approval")), bool(row.get("same_branch")),
        )  # fmt: skip


def allowed_moves(body: Mapping[str, Any]) -> dict[str, AllowedMove]:
    """Return the rows of a stock flow by their key."""
    return {row["key"]: AllowedMove.read(row) for row in body["moves"]}


ROW_KEYS = {"key", "zh", "en", "from", "to", "roles", "scan", "fresh", "approval", "same_branch"}


def faults_of(body: Mapping[str, Any], roles: Collection[str]) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield what is wrong with a stock flow as (place in the body, kind of fault, names)."""
    seen: set[str] = set()
    for number, row in enumerate(body.get("moves", ()), 1):
        where = str(row.get("key") or number) if isinstance(row, Mapping) else str(number)
        if not isinstance(row, Mapping) or not {"key", "zh", "en", "from", "to", "roles"} <= set(row):
            yield where, "incomplete", ()
            continue
        if row["key"] in seen:
            yield where, "twice", ()
        seen.add(row["key"])
        for kind, known in (("from", ACCOUNTS), ("to", ACCOUNTS), ("roles", roles), ("scan", SCANNED)):
            if unknown := sorted(set(row.get(kind, ())) - set(known)):
                yield where, "unknown", unknown
        if surplus := sorted(set(row) - ROW_KEYS):
            yield where, "unknown", surplus
    if not seen:
        yield "moves", "incomplete", ()
