"""What a symptom is likely to mean: how long the work takes, and which groups of parts it may need."""

from dataclasses import dataclass
from functools import cache

from anwei.foundation.definitions.queries import domain

USUAL_MINUTES = 90


@dataclass(frozen=True, slots=True)
class Likely:
    """Minutes of work on site in the typical case, and the groups of the parts that may be needed."""

    minutes: int = USUAL_MINUTES
    groups: frozenset[str] = frozenset()


@cache
def _by_symptom() -> dict[str, Likely]:
    groups = {row["key"]: row["group"] for row in domain("parts")["parts"]}
    found: dict[str, Likely] = {}
    for category in domain("faults")["categories"]:
        faults = {fault["code"]: fault for fault in category["faults"]}
        for symptom in category["symptoms"]:
            meant = [faults[code] for code in symptom.get("likely", ()) if code in faults]
            if meant:
                wanted = frozenset(groups[part] for fault in meant for part in fault["parts"] if part in groups)
                found[symptom["key"]] = Likely(max(fault["minutes"]["typical"] for fault in meant), wanted)
    return found


def likely(symptom: str) -> Likely:
    """Return what a symptom is likely to mean; nothing certain for one that points to no fault."""
    return _by_symptom().get(symptom, Likely())
