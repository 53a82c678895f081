"""Whether a reading lies within its limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

PASS, FAIL, RECORD = "pass", "fail", "record"
HUNDRED = Decimal(100)
IDENTITY = "arrive.label"  # the task by which the device is told from its neighbour
NO_UDI = "no_udi"  # "the device carries no identifier" is an answer of its own (21 CFR 820.35)


@dataclass(frozen=True, slots=True)
class Limits:
    """The lowest and highest value that is right; None where there is no such end."""

    low: Decimal | None
    high: Decimal | None


def limits_of(limit: Mapping[str, Any] | None, *, nominal: Decimal | None = None, full_scale: Decimal | None = None) -> Limits | None:
    """Return the limits that a task's `limit` means; None: the value is only recorded (no limit, or the maker's manual says).

    `nominal` is the value set on the device where the limit says `set_value`; of `abs` and `pct` together the greater counts.
    """
    if not limit or limit["kind"] == "maker":
        return None
    kind = limit["kind"]
    if kind in ("max", "min", "range"):
        return Limits(_number(limit.get("min")), _number(limit.get("max")))
    given = limit.get("nominal")
    middle = nominal if given == "set_value" else _number(given)
    if middle is None:
        return None
    if kind == "tolerance":
        reach = max(_number(limit.get("abs")) or Decimal(0), abs(middle) * (_number(limit.get("pct")) or Decimal(0)) / HUNDRED)
        return Limits(middle - reach, middle + reach)
    if kind == "formula":
        scale = full_scale if full_scale is not None else middle
        reach = (_number(limit.get("pct_full_scale")) or Decimal(0)) * scale / HUNDRED
        reach += (_number(limit.get("pct_reading")) or Decimal(0)) * abs(middle) / HUNDRED
        return Limits(middle - reach, middle + reach)
    raise ValueError(f"unknown kind of limit: {kind}")


def asks_nominal(limit: Mapping[str, Any] | None) -> bool:
    """Say whether the limits follow from a value that was set on the device."""
    return limit is not None and limit.get("nominal") == "set_value"


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def verdict(value: Decimal, limits: Limits | None) -> str:
    """Return "pass", "fail", or "record" where there is nothing to judge."""
    if limits is None:
        return RECORD
    too_low = limits.low is not None and value < limits.low
    too_high = limits.high is not None and value > limits.high
    return FAIL if too_low or too_high else PASS
