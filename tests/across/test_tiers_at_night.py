"""The clocks of every tier of the domain's service levels, for reports in working time, at night and at the weekend."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from anwei.equipment.contracts.tests.factory import make_contract
from anwei.equipment.devices.tests.factory import make_device, make_hospital
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.clocks.invariants import CLOCKS_AS_RECOMPUTED
from anwei.foundation.clocks.kinds import SlaKind
from anwei.foundation.clocks.models import Clock
from anwei.foundation.clocks.queries import calendar_of, clocks_of
from anwei.foundation.definitions.queries import domain, published
from anwei.workorders.orders.operations import open_order
from anwei.workorders.orders.rules import UrgencyKey

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")
SATURDAY_NIGHT = datetime(2026, 11, 21, 22, tzinfo=CHINA)
TUESDAY_MORNING = datetime(2026, 11, 24, 10, tzinfo=CHINA)
BEFORE_WORK = datetime(2026, 11, 24, 8, tzinfo=CHINA)
TIERS = {tier["key"]: tier["targets"] for tier in domain("service_levels")["tiers"]}


def row_of(tier: str, **wanted: str) -> dict[str, Any]:
    """Return a target as the domain content writes it."""
    return next(row for row in TIERS[tier] if all(row[name] == value for name, value in wanted.items()))


def clocks(tier: str, at: datetime, priority: UrgencyKey = "urgent") -> dict[str, Clock]:
    """Report a ventilator (criticality A) in the branch's own city under a contract of a tier."""
    device = make_device(make_hospital(branch=make_branch("WH", adcode="420100"), adcode="420102"))
    make_contract(device, tier=tier)
    order = open_order(actor=system_actor("test"), device=device, title="漏气", at=at, priority=priority)
    return {clock.kind: clock for clock in clocks_of(order.pk)}


def test_the_domain_has_four_tiers_and_each_is_shipped() -> None:
    assert {tier: published("sla", tier).definition.key for tier in TIERS} == {t: t for t in ("gold", "silver", "basic", "hosted")}


@pytest.mark.parametrize("at", [SATURDAY_NIGHT, TUESDAY_MORNING], ids=["saturday night", "tuesday morning"])
@pytest.mark.parametrize("tier", ["gold", "silver", "basic"])
def test_a_tier_counts_in_the_calendar_that_the_domain_names(tier: str, at: datetime) -> None:
    row = row_of(tier, criticality="A", channel="direct", region="city")
    calendar = calendar_of(published("calendar", row["calendar"]).pk)
    found = clocks(tier, at)
    assert found["respond"].due_at == calendar.add(at, row["respond_min"])
    assert found["onsite"].due_at == calendar.add(at, row["onsite_min"])


def test_round_the_clock_and_working_time_differ_at_night() -> None:
    gold, basic = row_of("gold", criticality="A", region="city"), row_of("basic", criticality="A", region="city")
    assert (gold["calendar"], basic["calendar"]) == ("24x7", "work")
    assert clocks("gold", SATURDAY_NIGHT)["onsite"].due_at == SATURDAY_NIGHT + timedelta(minutes=gold["onsite_min"])


@pytest.mark.parametrize("at", [SATURDAY_NIGHT, BEFORE_WORK], ids=["saturday night", "half an hour before work"])
def test_an_on_site_team_is_called_in_outside_of_working_time(at: datetime) -> None:
    promised = row_of("hosted", calendar="off_hours")["onsite_min"]
    found = clocks("hosted", at)["onsite"]
    assert (found.due_at, found.calendar) == (at + timedelta(minutes=promised), None)
    assert not CLOCKS_AS_RECOMPUTED.broken()


@pytest.mark.parametrize(("priority", "row"), [("emergency", "urgent"), ("urgent", "urgent"), ("high", "normal"), ("normal", "normal")])
def test_an_on_site_team_comes_sooner_in_working_time_to_what_is_urgent(priority: UrgencyKey, row: str) -> None:
    found = clocks("hosted", TUESDAY_MORNING, priority)["onsite"]
    assert found.due_at == TUESDAY_MORNING + timedelta(minutes=row_of("hosted", criticality=row)["onsite_min"])


def test_off_hours_that_cannot_be_read_are_named() -> None:
    body = published("sla", "hosted").body
    broken = body | {"targets": [body["targets"][0] | {"off_hours": {"tea": 5}}]}
    assert SlaKind().check(body) == []
    assert "tea" in SlaKind().check(broken)[0]
