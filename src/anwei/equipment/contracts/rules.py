"""Who pays for a device on a day: warranty, contract, or nobody any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

AnswerKey = Literal["warranty", "contract", "expired", "none"]
Way = Literal["device", "parent", "customer"]  # listed itself, by the device it is part of, by "every device of the customer"
WAYS: tuple[Way, ...] = ("device", "parent", "customer")
MAJOR_GROUPS = ("xray_source", "detector", "cryogenic")  # 大件: tube, detector, cold head and helium


@dataclass(frozen=True, slots=True)
class Cover:
    """What a contract says about a device; `is_of_owner` is false where its customer owns the device no more."""

    number: str
    customer: str
    starts_on: date
    last_day: date
    way: Way
    parts: bool
    is_of_owner: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an answer is as it is: a stable code and the values of its sentence."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, its last day, which of the covers holds, and all grounds: the deciding one first."""

    answer: AnswerKey
    until: date | None
    holds: int | None
    grounds: tuple[Ground, ...]


def judge(warranty_until: date | None, covers: Sequence[Cover], on: date) -> Verdict:
    """Return who pays on a day. A warranty comes before a contract; among contracts the closest, then the widest, then the longest.

    Grounds tell of every contract, past and future ones too: a clerk must be able to say why not.
    """
    holding = [i for i, cover in enumerate(covers) if cover.is_of_owner and cover.starts_on <= on <= cover.last_day]
    best = min(holding, key=lambda i: _rank(covers[i]), default=None)
    order = sorted(range(len(covers)), key=lambda i: (i != best, -covers[i].last_day.toordinal()))
    grounds = (_of_warranty(warranty_until, on), *(_of_contract(covers[i], on) for i in order))
    if warranty_until and on <= warranty_until:
        return Verdict("warranty", warranty_until, best, grounds)
    if best is not None:
        return Verdict("contract", covers[best].last_day, best, (*grounds[1:], grounds[0]))
    if not covers:
        grounds = (*grounds, Ground("no_contract"))
    past = [day for day in (warranty_until, *(c.last_day for c in covers if c.is_of_owner)) if day and day < on]
    return Verdict("expired" if past else "none", max(past, default=None), None, grounds)


def _rank(cover: Cover) -> tuple[int, bool, int]:
    return WAYS.index(cover.way), not cover.parts, -cover.last_day.toordinal()


def _of_warranty(until: date | None, on: date) -> Ground:
    if until is None:
        return Ground("warranty_unknown")
    return Ground("warranty_holds" if on <= until else "warranty_ended", {"until": until.isoformat()})


def _of_contract(cover: Cover, on: date) -> Ground:
    values = {
        "number": cover.number,
        "customer": cover.customer,
        "starts": cover.starts_on.isoformat(),
        "until": cover.last_day.isoformat(),
    }
    if not cover.is_of_owner:
        return Ground("contract_of_other", values)
    if on < cover.starts_on:
        return Ground("contract_starts", values)
    return Ground("contract_ended" if on > cover.last_day else f"contract_by_{cover.way}", values)
