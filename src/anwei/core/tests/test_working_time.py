from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from anwei.core.working_time import CalendarError, Pause, WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = ["08:30-12:00", "13:30-17:30"]
WEEK = {day: OFFICE for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
BODY: dict[str, Any] = {
    "time_zone": "Asia/Shanghai",
    "week": WEEK,
    "days_off": [{"date": "2026-10-01", "zh": "国庆节", "en": "National Day"}],
    "work_days": [{"date": "2026-10-10", "zh": "国庆节调休", "en": "In place of National Day", "windows": ["09:00-12:00"]}],
    "known_until": "2026-12-31",
}
OFFICE_CALENDAR = WorkCalendar.from_definition(BODY)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """Read a wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def pause(begin: str, end: str) -> Pause:
    """Read a pause."""
    return at(begin), at(end)


def test_seconds_are_kept() -> None:
    assert OFFICE_CALENDAR.add(at("2026-03-10 11:59:42"), 1) == at("2026-03-10 13:30:42")
    assert OFFICE_CALENDAR.elapsed(at("2026-03-10 11:59:42"), at("2026-03-10 13:30:41.5")) == timedelta(seconds=59.5)
    assert OFFICE_CALENDAR.between(at("2026-03-10 11:59:42"), at("2026-03-10 13:30:41.5")) == 0


def test_what_ends_with_a_window_is_due_at_its_end() -> None:
    assert OFFICE_CALENDAR.add(at("2026-03-06 16:00"), 90) == at("2026-03-06 17:30")


def test_no_minutes_are_due_at_once() -> None:
    assert OFFICE_CALENDAR.add(at("2026-03-08 10:00"), 0) == at("2026-03-08 10:00")


def test_the_answer_stands_in_the_zone_of_the_calendar() -> None:
    due = OFFICE_CALENDAR.add(datetime(2026, 3, 6, 8, 0, tzinfo=UTC), 60)
    assert due == at("2026-03-06 17:00")
    assert due.tzinfo == SHANGHAI


def test_a_holiday_is_skipped_and_a_make_up_day_has_its_own_windows() -> None:
    assert OFFICE_CALENDAR.add(at("2026-09-30 17:00"), 60) == at("2026-10-02 09:00")
    assert OFFICE_CALENDAR.between(at("2026-10-10 00:00"), at("2026-10-11 00:00")) == 180


def test_pauses_may_overlap_touch_and_stand_in_any_order() -> None:
    pauses = [pause("2026-03-10 14:00", "2026-03-10 15:00"), pause("2026-03-10 10:00", "2026-03-10 10:30")]
    pauses += [
        pause("2026-03-10 14:30", "2026-03-10 15:30"),
        pause("2026-03-10 15:30", "2026-03-10 15:40"),
        pause("2026-03-10 09:00", "2026-03-10 09:00"),
    ]
    assert OFFICE_CALENDAR.between(at("2026-03-10 08:30"), at("2026-03-10 17:30"), pauses) == 450 - 30 - 100
    assert OFFICE_CALENDAR.add(at("2026-03-10 08:30"), 320, pauses) == at("2026-03-10 17:30")


def test_a_pause_inside_another_ends_nothing() -> None:
    pauses = [pause("2026-03-10 14:00", "2026-03-10 16:00"), pause("2026-03-10 14:30", "2026-03-10 15:00")]
    assert OFFICE_CALENDAR.between(at("2026-03-10 13:30"), at("2026-03-10 17:30"), pauses) == 120


def test_a_pause_over_days_counts_only_in_working_time() -> None:
    pauses = [pause("2026-03-06 17:00", "2026-03-09 09:00")]
    assert OFFICE_CALENDAR.between(at("2026-03-06 16:00"), at("2026-03-09 10:00"), pauses) == 60 + 60


def test_nothing_passes_backwards() -> None:
    assert OFFICE_CALENDAR.elapsed(at("2026-03-10 10:00"), at("2026-03-10 09:00")) == timedelta(0)


@pytest.mark.parametrize(
    ("moment", "working", "following"),
    [
        ("2026-03-10 08:29:59", False, "2026-03-10 08:30"),
        ("2026-03-10 08:30:00", True, "2026-03-10 08:30"),
        ("2026-03-10 11:59:59.999999", True, "2026-03-10 11:59:59.999999"),
        ("2026-03-10 12:00:00", False, "2026-03-10 13:30"),
        ("2026-03-06 17:30:00", False, "2026-03-09 08:30"),
        ("2026-10-01 10:00:00", False, "2026-10-02 08:30"),
    ],
)
def test_windows_are_half_open(moment: str, working: bool, following: str) -> None:
    assert OFFICE_CALENDAR.is_working(at(moment)) is working
    assert OFFICE_CALENDAR.next_start(at(moment)) == at(following)


def test_every_minute_counts_round_the_clock() -> None:
    calendar = WorkCalendar.round_the_clock()
    assert calendar.add(at("2026-02-16 23:30"), 120) == at("2026-02-17 01:30")
    assert calendar.between(at("2026-01-01 00:00"), at("2027-01-01 00:00")) == 365 * 1440
    assert calendar.is_working(at("2026-02-17 00:00"))
    assert WorkCalendar.from_definition({"time_zone": "Asia/Shanghai", "week": "24x7"}) == calendar


def test_later_days_than_announced_are_known_to_be_unknown() -> None:
    assert OFFICE_CALENDAR.knows(date(2026, 12, 31))
    assert not OFFICE_CALENDAR.knows(date(2027, 1, 1))
    assert WorkCalendar.round_the_clock().knows(date(2099, 1, 1))


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.add(datetime(2026, 3, 10, 10, 0), 1),
        lambda c: c.elapsed(at("2026-03-10 10:00"), datetime(2026, 3, 10, 11, 0)),
        lambda c: c.add(at("2026-03-10 10:00"), -1),
        lambda c: c.add(at("2026-03-10 10:00"), 10**8),
        lambda c: c.add(at("2026-03-10 10:00"), 1, [pause("2026-03-10 12:00", "2026-03-10 11:00")]),
    ],
)
def test_times_that_mean_nothing_are_refused(call: Any) -> None:
    with pytest.raises(ValueError, match=r"zone|minutes|pause"):
        call(OFFICE_CALENDAR)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"time_zone": "Mars/Base"}, "calendar.time_zone"),
        ({"time_zone": "../../etc/passwd"}, "calendar.time_zone"),
        ({"time_zone": None}, "calendar.time_zone"),
        ({"week": {}}, "calendar.week"),
        ({"week": {"someday": OFFICE}}, "calendar.week.someday"),
        ({"week": {"monday": ["8:30-12:00"]}}, "calendar.week.monday"),
        ({"week": {"monday": ["12:00-08:30"]}}, "calendar.week.monday"),
        ({"week": {"monday": ["08:30-08:30"]}}, "calendar.week.monday"),
        ({"week": {"monday": ["22:00-24:30"]}}, "calendar.week.monday"),
        ({"week": {"monday": ["13:30-17:30", "08:30-12:00"]}}, "calendar.week.monday"),
        ({"week": {"monday": ["08:30-12:00", "11:00-17:30"]}}, "calendar.week.monday"),
        ({"week": {"monday": [830]}}, "calendar.week.monday"),
        ({"days_off": [{"date": "2026-13-01", "zh": "甲", "en": "A"}]}, "calendar.days_off[0].date"),
        ({"days_off": [{"date": "2026-10-10", "zh": "甲", "en": "A"}]}, "calendar.work_days[0].date"),
        ({"days_off": [{"date": "2026-10-02", "zh": "甲", "en": "A", "windows": OFFICE}]}, "calendar.days_off[0].windows"),
        ({"work_days": [{"date": "2026-10-11", "zh": "甲", "en": "A"}]}, "calendar.work_days[0].windows"),
        ({"holidays": []}, "calendar.holidays"),
    ],
)
def test_a_wrong_body_is_refused_with_its_place(changed: dict[str, Any], place: str) -> None:
    with pytest.raises(CalendarError) as caught:
        WorkCalendar.from_definition(BODY | changed)
    assert caught.value.place == place


def test_windows_may_meet_and_fill_the_day() -> None:
    night = WorkCalendar.from_definition({"time_zone": "Asia/Shanghai", "week": {"monday": ["00:00-06:00", "06:00-24:00"]}})
    assert night.between(at("2026-03-09 00:00"), at("2026-03-10 00:00")) == 1440
