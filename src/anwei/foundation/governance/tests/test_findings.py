import pytest

from anwei.foundation.governance.findings import Finding, FindingKind, Severity, rejected
from anwei.foundation.governance.standards import hospital_level
from anwei.foundation.governance.standards.levels import UNKNOWN


def test_a_stored_finding_gets_its_sentence_back() -> None:
    (finding,) = hospital_level("市级").findings
    again = Finding.restored(finding.plain())
    assert again == finding
    assert "市级" in again.sentence


def test_a_code_is_given_once() -> None:
    with pytest.raises(ValueError, match=UNKNOWN.code):
        FindingKind(UNKNOWN.code, Severity.WARN, "another")


def test_only_a_rejection_holds_a_row() -> None:
    repair, reject = (FindingKind(f"test.{severity}", severity, "") for severity in (Severity.REPAIR, Severity.REJECT))
    assert not rejected([repair.on("a", 1)])
    assert rejected([repair.on("a", 1), reject.on("a", 1)])


def test_a_value_with_percent_signs_stays_as_it_is_in_a_sentence() -> None:
    assert "100 %s" in UNKNOWN.on("level", "100 %s").sentence
