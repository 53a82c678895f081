"""The address is the filter: what it says is done, what it says wrongly is left out and named."""

import datetime as dt

import pytest
from django.http import QueryDict

from anwei.core.lists import show
from anwei.core.tests.pages import SpecimenList
from anwei.core.tests.specimen import make


def read(rows, address):
    return show(SpecimenList(), rows, QueryDict(address))


def names(page, rows):
    return [row.name for row in rows if f">{row.name}<" in page.body]


@pytest.fixture
def three(specimens):
    zone = dt.timezone(dt.timedelta(hours=8))
    return [
        make(name="alpha", group="a", good=True, seen=dt.datetime(2026, 11, 24, 0, 0, tzinfo=zone), day=dt.date(2026, 11, 24)),
        make(name="beta", group="b", seen=dt.datetime(2026, 11, 24, 23, 59, tzinfo=zone), day=dt.date(2026, 11, 25)),
        make(name="gamma", group="c", rank=None, seen=dt.datetime(2026, 11, 25, 0, 0, tzinfo=zone), day=dt.date(2026, 11, 26)),
    ]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", ["alpha", "beta", "gamma"]),
        ("group=a", ["alpha"]),
        ("group=a&group=c", ["alpha", "gamma"]),
        ("q=ET", ["beta"]),
        ("q=++", ["alpha", "beta", "gamma"]),
        ("good=1", ["alpha"]),
        ("good=0", ["beta", "gamma"]),
        ("seen_from=2026-11-24&seen_to=2026-11-24", ["alpha", "beta"]),
        ("seen_from=2026-11-25", ["gamma"]),
        ("day_to=2026-11-25", ["alpha", "beta"]),
        ("tab=good", ["alpha"]),
        ("tab=ranked", ["alpha", "beta"]),
        ("tab=ranked&group=c", []),
        ("q=&group=&good=&seen_from=", ["alpha", "beta", "gamma"]),
    ],
)
def test_the_address_narrows_the_list(three, specimens, address, found) -> None:
    page = read(specimens, address)
    assert names(page, three) == found
    assert page.refused == []


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("group=z", ["Group"]),
        ("group=a&group=z", ["Group"]),
        ("good=yes", ["Good"]),
        ("seen_from=24.11.2026", ["Seen"]),
        ("seen_from=0001-01-01", ["Seen"]),
        ("seen_to=9999-12-31", ["Seen"]),
        ("seen_from=2026-11-25&seen_to=2026-11-24", ["Seen"]),
        ("one=2", ["One"]),
        ("one=none", ["One"]),
        ("one=%EF%BC%91%00", ["One"]),
        ("q=%00", ["q"]),
        ("q=" + "x" * 101, ["q"]),
        ("sort=nothing", ["the sort order"]),
        ("sort=price", ["the sort order"]),
        ("tab=none", ["the view"]),
        ("col=secret", ["a column"]),
        ("cursor=x", ["the place in the list"]),
        ("hospital=7", ["hospital"]),
    ],
)
def test_what_is_not_understood_is_left_out_and_named(three, specimens, address, refused) -> None:
    page = read(specimens, address)
    assert page.refused == refused
    assert names(page, three) == ["alpha", "beta", "gamma"]


def test_a_chip_leads_to_the_address_without_its_filter(three, specimens) -> None:
    page = read(specimens, "group=a&group=b&seen_from=2026-11-24&sort=-rank&q=a")
    chips = {chip.label: chip for chip in page.chips}
    assert chips["Group"].word == "Ay and 1 more"
    assert QueryDict(chips["Group"].url.removeprefix("?")) == QueryDict("seen_from=2026-11-24&sort=-rank&q=a")
    assert QueryDict(chips["Seen"].url.removeprefix("?")) == QueryDict("group=a&group=b&sort=-rank&q=a")
    assert page.bare == "?sort=-rank"


def test_the_address_of_a_page_reads_back_as_the_same_page(three, specimens) -> None:
    page = read(specimens, "group=a&group=b&day_from=2026-11-01&sort=-rank&tab=ranked&col=rank&q=a&nonsense=1")
    again = read(specimens, page.address.removeprefix("?"))
    assert again.body == page.body
    assert again.address == page.address
    assert again.refused == []


def test_columns_are_picked_and_left_out_by_right(three, specimens) -> None:
    assert [head.label for head in read(specimens, "").heads] == ["Name", "Group", "Rank", "Seen"]
    assert [head.label for head in read(specimens, "col=price").heads] == ["Name", "Price"]
    page = show(SpecimenList(without=["price"]), specimens, QueryDict("col=price"))
    assert page.refused == ["a column"]
    assert "Price" not in [head.label for head in page.heads]
