"""Made codes, whole and damaged: what is accepted is always what was written."""

from contextlib import suppress
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from anwei.core.identifiers import AmbiguousUdi, CheckDigitWrong, UdiRefusal, gtin_check_digit, parse_udi
from anwei.core.identifiers.hibc import ALPHABET, check_character

# few characters, those of which identifiers are made among them, so that values look like identifiers as often as can be
VALUES = st.text("0123457AB", min_size=1, max_size=20)
GTINS = st.text("0123456789", min_size=13, max_size=13).filter(lambda body: int(body) > 0).map(lambda body: body + gtin_check_digit(body))
DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
PARTS = st.fixed_dictionaries({"01": GTINS}, optional={"17": DAYS.map(lambda day: f"{day:%y%m%d}"), "10": VALUES, "21": VALUES})
ORDERS = st.permutations(["17", "10", "21"])


def written(parts: dict[str, str], order: list[str], separator: str) -> str:
    """Write element strings, the device's part first."""
    present = [ai for ai in order if ai in parts]
    pieces = [ai + parts[ai] + ("" if ai == "17" or ai == present[-1] else separator) for ai in present]
    return "01" + parts["01"] + "".join(pieces)


def said(text: str) -> tuple[str | None, ...]:
    """Read a code and return what it says."""
    udi = parse_udi(text)
    return udi.di, udi.serial, udi.lot, f"{udi.expires_on:%y%m%d}" if udi.expires_on else None


def meant(parts: dict[str, str]) -> tuple[str | None, ...]:
    """Return what the parts say."""
    return parts["01"], parts.get("21"), parts.get("10"), parts.get("17")


@given(PARTS, ORDERS)
def test_brackets_are_read_back(parts: dict[str, str], order: list[str]) -> None:
    text = "".join(f"({ai}){parts[ai]}" for ai in ("01", *order) if ai in parts)
    assert said(text) == meant(parts)


@settings(max_examples=400)
@given(PARTS, ORDERS)
def test_separators_are_read_back_or_asked_about(parts: dict[str, str], order: list[str]) -> None:
    try:
        assert said(written(parts, order, "\x1d")) == meant(parts)
    except AmbiguousUdi as ambiguous:
        # only where the standard itself needs no separator, so that a lost one cannot be told from none
        assert "\x1d" not in written(parts, order, "\x1d")
        assert meant(parts)[:3] in [(udi.di, udi.serial, udi.lot) for udi in ambiguous.candidates]


@settings(max_examples=800)
@given(PARTS, ORDERS)
def test_with_all_separators_lost_nothing_wrong_is_accepted(parts: dict[str, str], order: list[str]) -> None:
    with suppress(UdiRefusal):
        assert said(written(parts, order, "")) == meant(parts)


@given(GTINS, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(gtin: str, place: int, change: int) -> None:
    wrong = gtin[:place] + str((int(gtin[place]) + change) % 10) + gtin[place + 1 :]
    try:
        parse_udi(f"(01){wrong}")
    except CheckDigitWrong:
        return
    except UdiRefusal:
        assert not int(wrong)
        return
    raise AssertionError(f"{wrong} was accepted")


@given(st.from_regex(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]", fullmatch=True), st.from_regex(r"[A-Z0-9]{1,18}", fullmatch=True))
def test_a_primary_and_its_serial_are_read_back(device: str, serial: str) -> None:
    body = f"+{device}/$+{serial}"
    udi = parse_udi(body + check_character(body))
    assert (udi.di, udi.serial) == (device, serial)


@given(st.from_regex(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]", fullmatch=True), st.data())
def test_one_wrong_character_is_always_noticed(device: str, data: st.DataObject) -> None:
    code = f"+{device}" + check_character(f"+{device}")
    place = data.draw(st.integers(1, len(code) - 2))
    other = data.draw(st.sampled_from(ALPHABET[:36].replace(code[place], "")))
    try:
        parse_udi(code[:place] + other + code[place + 1 :])
    except UdiRefusal:
        return
    raise AssertionError("a wrong character was accepted")


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=60), st.text("01724+$/(){}[]*.MAEL\x1d", max_size=60)))
def test_whatever_comes_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        assert parse_udi(text).di
    except UdiRefusal as refusal:
        assert str(refusal)


def test_a_hostile_string_takes_no_time() -> None:
    for text in ("0109506000134352" + "10210" * 50, "0109506000134352" + "21" + "1011171521302402412501" * 12, "(01)" * 70):
        try:
            parse_udi(text)
        except UdiRefusal:
            continue
        raise AssertionError("accepted")
