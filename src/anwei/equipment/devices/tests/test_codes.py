from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.equipment.devices.rules import ALPHABET, CODE_LENGTH, check_character, dates_agree, new_code, read_code

payloads = st.text(ALPHABET, min_size=CODE_LENGTH - 1, max_size=CODE_LENGTH - 1)
DAYS = {"today": date(2026, 11, 24), "bought": date(2023, 3, 18), "installed": date(2023, 4, 2), "warranty": date(2026, 3, 17)}


def test_a_new_code_reads_back_and_differs_from_the_next() -> None:
    codes = {new_code() for _one in range(200)}
    assert len(codes) == 200
    assert all(read_code(code) == code and len(code) == CODE_LENGTH for code in codes)


def test_no_character_is_taken_for_another() -> None:
    assert not set(ALPHABET) & set("01OILU")
    assert len(set(ALPHABET)) == 30


@given(payloads, st.integers(0, CODE_LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(payload: str, place: int, wrong: str) -> None:
    code = payload + check_character(payload)
    misread = code[:place] + wrong + code[place + 1 :]
    assert read_code(misread) == (code if misread == code else "")


def test_of_two_neighbours_changed_about_one_pair_in_435_goes_unnoticed() -> None:
    missed = [
        (first, one, two)
        for first in ALPHABET
        for one, two in combinations(ALPHABET, 2)
        if check_character(first + one + two) == check_character(first + two + one)
    ]
    assert len(missed) == len(ALPHABET)  # after each first character one of its 435 pairs


@pytest.mark.parametrize("written", ["{0}", " {0}\n", "{1}", "https://anwei.example/q/{0}", "https://anwei.example/q/{0}/", "{2}", "{3}"])
def test_a_code_is_read_however_it_was_scanned_or_typed(written: str) -> None:
    code = new_code()
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    assert read_code(written.format(code, code.lower(), f"{code[:5]}-{code[5:]}", wide)) == code


@pytest.mark.parametrize("text", ["", "   ", "0000000000", "ABC", "https://anwei.example/q/", "工" * 10, "x" * 5000])
def test_what_is_no_code_reads_as_none(text: str) -> None:
    assert read_code(text) == ""


@pytest.mark.parametrize(
    ("changed", "agree"),
    [
        ({}, True),
        ({"bought": None, "installed": None, "warranty": None}, True),
        ({"installed": date(2023, 3, 17)}, False),
        ({"bought": date(2026, 11, 25)}, False),
        ({"installed": date(2026, 11, 25)}, False),
        ({"warranty": date(2023, 3, 17)}, False),
        ({"warranty": date(2030, 1, 1)}, True),
        ({"ended": date(2023, 4, 1)}, False),
        ({"ended": date(2026, 11, 24)}, True),
    ],
)
def test_dates_of_a_device_come_in_order_and_not_from_the_future(changed: dict[str, date | None], agree: bool) -> None:
    assert dates_agree(**(DAYS | changed)) is agree  # type: ignore[arg-type]
