from datetime import date

import pytest
from django.utils.translation import override

from anwei.core.identifiers import (
    AmbiguousUdi,
    CheckDigitWrong,
    Issuer,
    UdiPartsDiffer,
    UdiRefusal,
    UdiUnreadable,
    find_oddities,
    issuer_of,
    parse_udi,
)
from anwei.core.tests.udi_corpus import END_25, GTIN, READ, REFUSED


@pytest.mark.parametrize("text", READ)
def test_a_code_is_read(text: str) -> None:
    udi = parse_udi(text)
    assert (udi.di, udi.serial, udi.lot, udi.made_on, udi.expires_on) == READ[text]
    assert udi.raw == text
    assert udi.issuer is issuer_of(udi.di)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_code_or_not_certain_is_refused_and_kept(text: str) -> None:
    with pytest.raises(UdiRefusal) as caught:
        parse_udi(text)
    assert type(caught.value) is REFUSED[text]
    assert caught.value.raw == text[:300]
    assert text[:300] in str(caught.value)


def test_the_corpus_is_large() -> None:
    assert len(READ) + len(REFUSED) >= 140


def test_the_possible_readings_are_offered() -> None:
    with pytest.raises(AmbiguousUdi) as caught:
        parse_udi(f"01{GTIN}21SN17251231")
    assert [(udi.serial, udi.expires_on) for udi in caught.value.candidates] == [("SN17251231", None), ("SN", END_25)]


def test_a_value_too_long_for_itself_is_never_cut_in_silence() -> None:
    with pytest.raises(AmbiguousUdi) as caught:
        parse_udi(f"01{GTIN}101234567890123456789021SN1")
    assert ("12345678901234567890", "SN1") in [(udi.lot, udi.serial) for udi in caught.value.candidates]


def test_the_expected_check_digit_is_named() -> None:
    with pytest.raises(CheckDigitWrong) as caught:
        parse_udi("(01)09506000134353")
    with override("en"):
        assert "3 instead of 2" in str(caught.value)


def test_two_codes_of_one_label_are_put_together() -> None:
    udi = parse_udi("+A123BJC5D6E71G", "+83278F8G9H0J2G%")
    assert (udi.issuer, udi.di, udi.lot, udi.expires_on) == (Issuer.HIBCC, "A123BJC5D6E71", "F8G9H0J2", date(2083, 10, 5))
    udi = parse_udi("(10)LOT1(17)251231", f"01{GTIN}")
    assert (udi.di, udi.lot, udi.expires_on, udi.raw) == (GTIN, "LOT1", END_25, f"(10)LOT1(17)251231\n01{GTIN}")


@pytest.mark.parametrize(
    "scans",
    [
        ("+A123BJC5D6E71G", "+$+SN1HI"),
        ("+A123BJC5D6E71G", f"01{GTIN}"),
        ("(01)09506000134352", "(01)06901234567892"),
        ("(01)09506000134352(21)A", "(21)B"),
    ],
)
def test_codes_that_do_not_belong_together_are_refused(scans: tuple[str, ...]) -> None:
    with pytest.raises(UdiPartsDiffer):
        parse_udi(*scans)


def test_an_uncertain_code_beside_another_is_refused() -> None:
    with pytest.raises(UdiUnreadable):
        parse_udi(f"01{GTIN}", "10LOT21SN1")
    with pytest.raises(UdiUnreadable):
        parse_udi()


@pytest.mark.parametrize(
    ("di", "label", "codes"),
    [
        ("00841447100270", "GS1", []),
        ("00841523106431", "HIBCC", ["di_issuer"]),
        ("00841447100271", "GS1", ["di_check_digit"]),
        ("00841447100271", "HIBCC", ["di_issuer", "di_check_digit"]),
        ("A123BJC5D6E71", "HIBCC", []),
        ("A123BJC5D6E71", "GS1", ["di_issuer"]),
        ("MA.156.M0.100001.12345678", "中关村工信二维码技术研究院（ZIIOT）", []),
        ("06901234567892", "中国物品编码中心（GS1 China）", []),
        ("06901234567892", "", ["di_issuer"]),
        ("AHM123456", "阿里健康科技（中国）有限公司", []),
        ("呼吸机", "GS1", ["di_form"]),
        ("0084144710027", "GS1", ["di_check_digit"]),
        ("84144710027", "GS1", ["di_form"]),
    ],
)
def test_an_identifier_of_a_register_is_judged_with_its_label(di: str, label: str, codes: list[str]) -> None:
    oddities = find_oddities(di, label)
    assert [oddity.code for oddity in oddities] == codes
    assert all(di in str(oddity.sentence) for oddity in oddities)
