import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.foundation.governance.standards import tidy_text


@pytest.mark.parametrize(
    ("written", "tidy", "codes"),
    [
        ("北京市和平里医院", "北京市和平里医院", []),
        ("SN-0012", "SN-0012", []),
        ("二级\u00a0", "二级", ["text.spaces"]),
        ("昌邑区医院        ", "昌邑区医院", ["text.spaces"]),
        ("ＳＮ１２３", "SN123", ["text.full_width"]),
        ("\u202d19962223859", "19962223859", ["text.invisible"]),
        ("a\u200b b\u3000", "a b", ["text.invisible", "text.spaces"]),
        ("one \r\n two", "one\ntwo", ["text.spaces"]),
        ("市医院（东院）", "市医院（东院）", []),
        ("𠮷野家㛃", "𠮷野家㛃", []),
    ],
)
def test_spaces_width_and_invisible_characters_are_tidied_and_said(written, tidy, codes) -> None:
    result = tidy_text(written, "name")
    assert (result.value, [finding.code for finding in result.findings]) == (tidy, codes)
    assert all(finding.original == written and finding.severity == "repair" for finding in result.findings)


@pytest.mark.parametrize("written", ["a\x00b", "half \ud800 character"])
def test_what_no_text_may_hold_is_refused(written) -> None:
    result = tidy_text(written, "serial")
    assert result.value == ""
    assert [(finding.code, finding.severity) for finding in result.findings] == [("text.broken", "reject")]
    assert "\x00" not in result.findings[0].original


@given(st.text())
def test_tidying_twice_changes_nothing_more(text) -> None:
    once = tidy_text(text).value
    assert tidy_text(once) == (once, ())
