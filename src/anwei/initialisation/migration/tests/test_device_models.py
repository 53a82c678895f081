from collections import Counter
from pathlib import Path

import pytest
import yaml

import anwei.foundation.definitions as definitions
from anwei.initialisation.migration.columns import assign, recogniser
from anwei.initialisation.migration.kinds import check_device_models, gmdn_categories
from anwei.initialisation.migration.reading import open_table
from anwei.initialisation.migration.tests.ugly import workbook
from anwei.initialisation.migration.vocabulary import vocabulary

REGISTER = Path(__file__).parents[2] / "demo/data/gudid_2016_serialised_reusable.csv"
CATEGORIES = gmdn_categories(
    yaml.safe_load((Path(definitions.__file__).parent / "shipped/domain/categories.yaml").read_text(encoding="utf-8"))
)
NAMES = ["primaryDI", "primaryAgency", "brandName", "versionModelNumber", "companyName", "gmdnPTName"]
KNOWN = vocabulary("device_model")


def check(source):
    table = open_table(source, recognise=recogniser(KNOWN))
    return list(check_device_models(assign(table.headings, KNOWN).rows(table.rows()), CATEGORIES))


def check_row(*values):
    (row,) = check(workbook([NAMES, values]))
    return row


def found(row):
    return [(note.address, note.finding.code, note.finding.severity) for note in row.notes]


@pytest.fixture(scope="module")
def real():
    return check(REGISTER)


def test_every_model_of_the_real_register_is_taken(real) -> None:
    assert len(real) == 786
    assert all(row.candidate for row in real)
    assert len({row.candidate.udi_di for row in real}) == 786
    assert {row.candidate.udi_issuer for row in real} == {"GS1"}


def test_six_real_brands_mean_none(real) -> None:
    empty = [note for row in real for note in row.notes if note.finding.code == "model.brand_empty"]
    assert Counter(note.finding.original for note in empty) == {"NA": 3, "N/A": 2, "n/a": 1}
    assert [row.row for row in real if row.candidate.brand == ""] == [note.row for note in empty]


def test_every_real_term_has_a_category_or_is_known_to_have_none(real) -> None:
    codes = Counter(note.finding.code for row in real for note in row.notes)
    assert "model.term_unknown" not in codes
    assert codes["model.no_category"] == sum(not row.candidate.category for row in real) == 144
    assert Counter(row.candidate.category for row in real)["defibrillator"] == 347


def test_marks_and_line_ends_of_real_names_survive(real) -> None:
    assert sum("®" in row.candidate.brand for row in real) > 100


def test_a_failing_check_digit_holds_the_row() -> None:
    row = check_row("00841518100003", "GS1", "X", "M1", "MAKER", "Oxygen cylinder")
    assert row.candidate is None
    assert found(row) == [("A2", "model.di_check_digit", "reject")]


def test_a_wrong_issuer_is_put_right_and_said() -> None:
    row = check_row("00841523106431", "HIBCC", "X", "M1", "MAKER", "Oxygen cylinder")
    assert row.candidate is not None
    assert (row.candidate.udi_issuer, found(row)) == ("GS1", [("B2", "model.di_issuer", "repair")])


def test_an_identifier_of_no_issuers_form_holds_the_row() -> None:
    row = check_row("12345", "GS1", "X", "M1", "MAKER", "Oxygen cylinder")
    assert (row.candidate, found(row)) == (None, [("A2", "model.di_form", "reject")])


def test_leading_zeros_lost_by_a_number_come_back_where_the_check_digit_proves_it() -> None:
    row = check_row(841447100270, "GS1", "X", "M1", "MAKER", "Oxygen cylinder")
    assert row.candidate is not None
    assert (row.candidate.udi_di, found(row)) == ("00841447100270", [("A2", "model.di_padded", "repair")])


def test_a_long_identifier_that_came_as_a_number_is_held() -> None:
    row = check_row(1.0841447100277e14, "GS1", "X", "M1", "MAKER", "Oxygen cylinder")
    assert row.candidate is None
    assert ("A2", "cell.long_number", "reject") in found(row)


def test_an_unknown_term_and_a_missing_maker_are_said() -> None:
    row = check_row("", "", "X", "M1", "", "Flux capacitor")
    assert row.candidate is None
    assert found(row) == [("E2", "model.maker_missing", "reject"), ("F2", "model.term_unknown", "warn")]


def test_a_repeated_identifier_or_model_is_held_with_the_row_it_repeats() -> None:
    rows = check(
        workbook(
            [
                NAMES,
                ["00841447100270", "GS1", "X", "M1", "MAKER", "Oxygen cylinder"],
                ["00841447100270", "GS1", "Y", "M2", "OTHER", "Oxygen cylinder"],
                ["", "", "X", "V-8800", "Oricare Inc.", "Oxygen cylinder"],
                ["", "", "X", "V8800", "ORICARE INC", "Oxygen cylinder"],
            ]
        )
    )
    assert [[(note.address, note.finding.value) for note in row.reasons] for row in rows] == [[], [("A3", "2")], [], [("D5", "4")]]
