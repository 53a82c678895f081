import json
from datetime import date, datetime
from typing import Any

import pytest

from anwei.core.working_time import WorkCalendar
from anwei.foundation.definitions.tests.shipped import read_holidays, read_yaml

BODIES = {"work": read_yaml("calendar-work-cn.yaml")["body"], "24x7": read_yaml("calendar-round-the-clock.yaml")["body"]}
CALENDARS = {key: WorkCalendar.from_definition(body) for key, body in BODIES.items()}
CASES = read_yaml("domain/scenes.yaml")["clock_cases"]

PUBLIC_HOLIDAYS = 13  # a year, since 2025: State Council order 795; on a weekend they are made good by a weekday off


def moment(text: str) -> datetime:
    """Read a wall time in China."""
    return datetime.fromisoformat(text).replace(tzinfo=CALENDARS["work"].zone)


def pauses_of(case: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    """Read the pauses of a worked case."""
    return [(moment(begin), moment(end)) for begin, end in case["pauses"]]


@pytest.mark.parametrize("case", CASES, ids=[case["key"] for case in CASES])
def test_a_worked_clock_case_is_due_to_the_minute(case: dict[str, Any]) -> None:
    calendar = CALENDARS[case["calendar"]]
    assert calendar.add(moment(case["start"]), case["target_min"], pauses_of(case)) == moment(case["due"])


@pytest.mark.parametrize("case", CASES, ids=[case["key"] for case in CASES])
def test_a_worked_clock_case_is_measured_to_the_minute(case: dict[str, Any]) -> None:
    calendar = CALENDARS[case["calendar"]]
    assert calendar.between(moment(case["start"]), moment(case["due"]), pauses_of(case)) == case["target_min"]


def test_all_ten_cases_were_read() -> None:
    assert len(CASES) == 10


def test_the_calendar_says_what_the_announcements_say() -> None:
    announced = [day for year in (2025, 2026) for day in read_holidays(year)]
    off = {day["date"]: day["name"] for day in announced if day["isOffDay"]}
    worked = {day["date"] for day in announced if not day["isOffDay"]}
    assert {day["date"]: day["zh"] for day in BODIES["work"]["days_off"]} == off
    assert {day["date"] for day in BODIES["work"]["work_days"]} == worked


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_announcements_hold_together(year: int) -> None:
    days = read_holidays(year)
    dates = [date.fromisoformat(day["date"]) for day in days]
    assert dates == sorted(set(dates))
    assert {day.year for day in dates} == {year}
    # a make-up workday is always a day of rest by the week, and for each there is a weekday off in exchange
    worked = [day for day, entry in zip(dates, days, strict=True) if not entry["isOffDay"]]
    assert all(day.weekday() >= 5 for day in worked)
    weekdays_off = [day for day, entry in zip(dates, days, strict=True) if entry["isOffDay"] and day.weekday() < 5]
    assert len(weekdays_off) - len(worked) == PUBLIC_HOLIDAYS


@pytest.mark.parametrize(("year", "days"), [(2025, 248), (2026, 248)])
def test_a_year_has_its_working_days(year: int, days: int) -> None:
    assert CALENDARS["work"].between(moment(f"{year}-01-01"), moment(f"{year + 1}-01-01")) == days * 450


def test_the_bodies_are_plain_json() -> None:
    for body in BODIES.values():
        assert json.loads(json.dumps(body)) == body
