"""Which target of a service level counts for a device."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CLOCKS = ("respond", "onsite", "restore", "report")
REGIONS = ("city", "province", "remote")


@dataclass(frozen=True, slots=True)
class Target:
    """Minutes per clock, and the key of the calendar in which they count; clocks without a target are absent."""

    calendar: str
    minutes: Mapping[str, int]


def target_for(body: Mapping[str, Any], *, criticality: str, channel: str, region: str) -> Target | None:
    """Return the target for a criticality (A, B, C), channel (direct, distributor) and region (city, province, remote).

    A target says "any" where it makes no difference; the closest one counts.
    """
    best: tuple[int, Mapping[str, Any]] | None = None
    for row in body["targets"]:
        wanted = {"criticality": criticality, "channel": channel, "region": region}
        if any(row[name] not in (value, "any") for name, value in wanted.items()):
            continue
        closeness = sum(row[name] == value for name, value in wanted.items())
        if best is None or closeness > best[0]:
            best = (closeness, row)
    if best is None:
        return None
    row = best[1]
    return Target(row["calendar"], {clock: row[clock] for clock in CLOCKS if row.get(clock)})
