import pytest

from anwei.workorders.intake.rules import urgency


@pytest.mark.parametrize(
    ("criticality", "risk", "down", "harm", "key", "reason"),
    [
        ("C", "low", False, "harm", "emergency", "harm"),
        ("C", "low", False, "near", "urgent", "near"),
        ("A", "low", True, "none", "urgent", "sustains_life"),
        ("A", "low", None, "none", "urgent", "sustains_life"),
        ("A", "high", False, "none", "high", "critical_to_care"),
        ("B", "low", True, "none", "high", "critical_to_care"),
        ("B", "low", None, "none", "normal", "nothing_grave"),
        ("C", "high", True, "none", "high", "risk_of_symptom"),
        ("C", "high", False, "unknown", "normal", "nothing_grave"),
        ("C", "medium", True, "none", "normal", "nothing_grave"),
    ],
)
def test_urgency_follows_harm_then_criticality_then_the_symptom(criticality, risk, down, harm, key, reason) -> None:
    found = urgency(criticality=criticality, risk=risk, device_down=down, harm=harm)
    assert (found.key, found.reason) == (key, reason)
