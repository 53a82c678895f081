import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.core.identifiers import normalise_serial


@pytest.mark.parametrize(
    "text",
    [
        "SN-001A",
        "sn-001a",
        " SN-001A ",
        "ＳＮ－００１Ａ",
        "SN 001A".replace(" ", "-"),
        "SN\u2010001A",
        "SN\u2014001A",
        "SN\u2212001a",
        "S\u200bN-001A\ufeff",
        "SN\u00a0-\u3000001A\n",
    ],
)
def test_what_differs_in_writing_only_has_one_key(text: str) -> None:
    assert normalise_serial(text) == "SN-001A"


@pytest.mark.parametrize(
    ("one", "other"), [("SN0", "SNO"), ("SN1", "SNI"), ("SN1", "SNl"), ("5", "S"), ("8", "B"), ("SN-1", "SN1"), ("001", "1"), ("А1", "A1")]
)
def test_what_only_looks_alike_stays_apart(one: str, other: str) -> None:
    assert normalise_serial(one) != normalise_serial(other)


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert normalise_serial(normalise_serial(text)) == normalise_serial(text)
