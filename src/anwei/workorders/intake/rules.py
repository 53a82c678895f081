"""How urgent a fault is, from what is known when it is reported."""

from dataclasses import dataclass

from anwei.workorders.orders.rules import UrgencyKey

HARM_ANSWERS = ("none", "near", "harm")


@dataclass(frozen=True, slots=True)
class Urgency:
    """How urgent, and the code of the reason."""

    key: UrgencyKey
    reason: str


def urgency(*, criticality: str, risk: str, device_down: bool | None, harm: str) -> Urgency:
    """Return how urgent a fault is, by the rules of the domain content (faults.yaml, urgency_rules), the gravest first.

    `criticality` is A (sustains life), B or C; `risk` that of the symptom; whether the device stands may be unknown.
    """
    stands = device_down is not False  # not known counts as stopped
    if harm == "harm":
        return Urgency("emergency", "harm")
    if harm == "near":
        return Urgency("urgent", "near")
    if criticality == "A" and stands:
        return Urgency("urgent", "sustains_life")
    if criticality == "A" or (criticality == "B" and device_down):
        return Urgency("high", "critical_to_care")
    if risk == "high" and stands:
        return Urgency("high", "risk_of_symptom")
    return Urgency("normal", "nothing_grave")
