"""Which target of a service level counts for a device."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CLOCKS = ("respond", "onsite", "restore", "report")
REGIONS = ("city", "province", "remote")


@dataclass(frozen=True, slots=True)
class Target:
    """Minutes per clock, and the key of the calendar in which they count; clocks without a target are absent.

    `off_hours` holds the minutes of clocks that start outside of that calendar: somebody is called in, and every minute counts.
    """

    calendar: str
    minutes: Mapping[str, int]
    off_hours: Mapping[str, int] = field(default_factory=dict)


def target_for(body: Mapping[str, Any], *, criticality: str, channel: str, region: str, urgency: str) -> Target | None:
    """Return the target for a criticality (A, B, C), channel (direct, distributor), region (city, province, remote) and urgency.

    A target says "any" where it makes no difference, urgency may be left out; the closest one counts.
    """
    best: tuple[int, Mapping[str, Any]] | None = None
    for row in body["targets"]:
        wanted = {"criticality": criticality, "channel": channel, "region": region, "urgency": urgency}
        said = {"urgency": "any", **row}
        if any(said[name] not in (value, "any") for name, value in wanted.items()):
            continue
        closeness = sum(said[name] == value for name, value in wanted.items())
        if best is None or closeness > best[0]:
            best = (closeness, row)
    if best is None:
        return None
    row = best[1]
    return Target(row["calendar"], {clock: row[clock] for clock in CLOCKS if row.get(clock)}, row.get("off_hours", {}))
