"""Pages follow each other without gap or repetition, whatever the sort, in both directions."""

import datetime as dt
import itertools
import re
from decimal import Decimal

import pytest
from django.http import QueryDict

from anwei.core.lists import show
from anwei.core.lists.keyset import Cursor, read_cursor, write_cursor
from anwei.core.tests.pages import SpecimenList
from anwei.core.tests.specimen import START, make

IDS = re.compile(r'name="id" value="(\d+)"')


def read(rows, address=""):
    page = show(SpecimenList(), rows, QueryDict(address.removeprefix("?")))
    return page, [int(found) for found in IDS.findall(page.body)]


def walk(rows, sort):
    """Read page by page to the end and back; give the ids of both ways."""
    page, ids = read(rows, f"sort={sort}")
    there, last = list(ids), page
    while last.after:
        last, ids = read(rows, last.after)
        there += ids
    back = ids
    while last.before:
        last, ids = read(rows, last.before)
        back = ids + back
    return there, back


def scatter() -> None:
    """Make rows with ties, gaps and empty values."""
    ranks = [3, None, 1, 3, None, 2, 3, 1, None, 3, 2]
    for number, rank in enumerate(ranks):
        make(rank=rank, group="abc"[number % 3], seen=START + dt.timedelta(minutes=number // 4), name=f"n{number % 5}")


@pytest.mark.parametrize("sort", ["rank", "-rank", "group", "-group", "seen", "-seen", "name", "-name"])
def test_every_row_comes_once_in_the_order_of_the_database(specimens, sort) -> None:
    scatter()
    column = next(column for column in SpecimenList.columns if column.key == sort.removeprefix("-"))
    sign = "-" if sort.startswith("-") else ""
    wanted = list(specimens.order_by(*(f"{sign}{field}" for field in (*column.sort, "id"))).values_list("pk", flat=True))
    there, back = walk(specimens, sort)
    assert there == wanted
    assert back == wanted


def test_a_row_that_comes_in_between_shifts_no_other(specimens) -> None:
    rows = [make(rank=number * 10) for number in range(6)]
    page, first = read(specimens)
    make(rank=5)
    _, second = read(specimens, page.after)
    assert first + second == [row.pk for row in rows]


def test_a_page_asks_for_rows_behind_a_bound_that_an_index_serves(specimens, django_assert_num_queries) -> None:
    for number in range(8):
        make(seen=START + dt.timedelta(minutes=number))
    page, _ = read(specimens, "sort=seen")
    with django_assert_num_queries(4) as asked:  # rows, their number, two counted views
        read(specimens, page.after)
    assert '"seen" >= ' in asked[0]["sql"]
    assert "OFFSET" not in asked[0]["sql"]


def test_more_rows_cost_no_more_queries(specimens, django_assert_num_queries) -> None:
    for number in itertools.chain(range(10), range(10)):
        make(rank=number)
    with django_assert_num_queries(4):
        read(specimens.filter(rank__lt=5))
    with django_assert_num_queries(4):
        read(specimens)


def test_a_cursor_holds_every_kind_of_value() -> None:
    position = (None, True, 7, Decimal("1.50"), START, START.date(), "中")
    cursor = Cursor(position, True)
    assert read_cursor(write_cursor("rank", cursor), "rank", 7) == cursor


@pytest.mark.parametrize("text", ["", "x", "W10:bad", "a" * 5000, "\0"])
def test_a_cursor_that_was_not_made_here_is_none(text) -> None:
    assert read_cursor(text, "rank", 2) is None


def test_a_cursor_of_another_sort_is_left_out_and_named(specimens) -> None:
    for number in range(5):
        make(rank=number)
    page, first = read(specimens)
    cursor = QueryDict(page.after.removeprefix("?"))["cursor"]
    other, ids = read(specimens, f"sort=-rank&cursor={cursor}")
    assert other.refused == ["the place in the list"]
    assert ids == list(specimens.order_by("-rank").values_list("pk", flat=True)[:3])
    assert first != ids


def test_the_number_of_rows_is_counted_up_to_a_limit(specimens, monkeypatch) -> None:
    for number in range(6):
        make(rank=number)
    assert read(specimens)[0].total == "6"
    monkeypatch.setattr("anwei.core.lists.page.COUNTED", 5)
    assert read(specimens)[0].total == "5+"
