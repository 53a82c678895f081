from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anwei.workorders.dispatch.rules import QUARTER, Standing, free_slot, load_share, minutes_late, pieces, quarter_up, travel_minutes

DAY = datetime(2026, 11, 25, tzinfo=UTC)
NOON = DAY + timedelta(hours=12)
minutes = st.integers(0, 24 * 60)
spans = st.tuples(minutes, st.integers(1, 300)).map(lambda s: (DAY + timedelta(minutes=s[0]), DAY + timedelta(minutes=sum(s))))
standings = st.builds(Standing, st.booleans(), st.integers(0, 600), st.booleans(), st.floats(0, 3000), st.integers(0, 200))


def test_a_job_goes_between_two_others() -> None:
    busy = [(NOON, NOON + timedelta(hours=1)), (NOON + timedelta(hours=2), NOON + timedelta(hours=4))]
    slot = free_slot([(NOON - timedelta(minutes=30), NOON + timedelta(hours=8))], busy, timedelta(hours=1))
    assert slot == (NOON + timedelta(hours=1), NOON + timedelta(hours=2))


def test_a_day_without_room_is_left_for_the_next() -> None:
    tomorrow = DAY + timedelta(days=1)
    spans = [(DAY, DAY + timedelta(hours=2)), (tomorrow, tomorrow + timedelta(hours=2))]
    assert free_slot(spans, [(DAY, DAY + timedelta(hours=2))], timedelta(hours=2)) == spans[1]
    assert free_slot(spans[:1], [(DAY, DAY + timedelta(hours=2))], timedelta(hours=2)) is None


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8), st.integers(1, 240))
def test_a_free_slot_is_free_open_long_enough_and_begins_on_a_quarter(open_spans, busy, length) -> None:
    slot = free_slot(open_spans, busy, timedelta(minutes=length))
    if slot is None:
        return
    start, end = slot
    assert end - start == timedelta(minutes=length) and start == quarter_up(start)
    assert any(opens <= start and end <= closes for opens, closes in open_spans)
    assert not any(begins < end and ends > start for begins, ends in busy)


@given(st.lists(spans, max_size=8), spans, st.integers(15, 240))
def test_no_earlier_quarter_of_an_open_span_was_free(busy, opened, length) -> None:
    slot = free_slot([opened], busy, timedelta(minutes=length))
    at, wanted = quarter_up(opened[0]), timedelta(minutes=length)
    while at + wanted <= opened[1] and (slot is None or at < slot[0]):
        assert any(begins < at + wanted and ends > at for begins, ends in busy)
        at += QUARTER


@given(standings, standings)
def test_who_may_not_go_never_stands_before_who_may(one, other) -> None:
    if one.forbidden and not other.forbidden:
        assert other.rank < one.rank


@given(standings, standings)
def test_among_those_who_may_go_the_clock_comes_first(one, other) -> None:
    if not one.forbidden and not other.forbidden and one.late < other.late:
        assert one.rank < other.rank


@given(st.lists(spans, max_size=10), st.integers(1, 96))
def test_the_pieces_of_a_row_add_up_to_its_width(blocks, quarters) -> None:
    row = list(pieces([(span, number) for number, span in enumerate(blocks)], DAY + timedelta(hours=6), quarters))
    assert sum(width for width, _block in row) == quarters and all(width > 0 for width, _block in row)


def test_a_job_of_an_hour_is_four_quarters_wide() -> None:
    assert list(pieces([((NOON, NOON + timedelta(hours=1)), "job")], DAY + timedelta(hours=8), 40)) == [(16, None), (4, "job"), (20, None)]


def test_load_counts_only_what_lies_within_the_day() -> None:
    busy = [(DAY - timedelta(hours=2), DAY + timedelta(hours=2)), (NOON, NOON + timedelta(hours=2))]
    assert load_share(busy, (DAY, DAY + timedelta(days=1)), 480) == 50
    assert load_share(busy, (DAY, DAY + timedelta(days=1)), 0) == 0


def test_lateness_and_the_way_in_minutes() -> None:
    assert minutes_late(NOON, NOON - timedelta(minutes=39)) == 39
    assert minutes_late(NOON, NOON) == 0 and minutes_late(NOON, None) == 0
    assert travel_minutes(0) == 15 and travel_minutes(50) == 75
