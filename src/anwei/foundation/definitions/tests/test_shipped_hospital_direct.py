import json
from typing import Any

import pytest

from anwei.core.flow import Category, ConditionNotMet, Flow, NoSuchStep, ProofMissing, StepNotYours, read_flow
from anwei.foundation.definitions.tests.shipped import read_yaml

BODY = read_yaml("flow-hospital-direct.yaml")["body"]
FLOW = read_flow(BODY)
ALL_GOOD: dict[str, Any] = {name: True for name in FLOW.facts} | {"harm_open": False, "quote_needed": False, "releaser_is_repairer": False}
WAY = ["accept", "assign", "take", "travel", "arrive", "start", "finish", "release", "deliver_report", "settle", "close"]


class Walk:
    """Walk an order through the flow with everything in order, and keep its clocks."""

    def __init__(self, flow: Flow = FLOW) -> None:
        self.flow, self.state = flow, flow.start
        self.clocks = dict.fromkeys(flow.opening.start, "running")

    def go(self, *verbs: str, **facts: Any) -> "Walk":
        """Take these steps, each by a role that may."""
        for verb in verbs:
            role = sorted(self.flow.transition(verb, self.state).roles)[0]
            self.step(verb, role, **facts)
        return self

    def step(self, verb: str, role: str, **facts: Any) -> None:
        """Take one step as one role."""
        wanted = self.flow.transition(verb, self.state)
        fields = {slot.name: next(iter(slot.choices), "写明了") for slot in wanted.fields}
        given = self.flow.check(verb, state=self.state, roles=[role], facts=ALL_GOOD | facts, fields=fields, proofs=wanted.proofs)
        self.state = given.target(self.state)
        self.clocks |= dict.fromkeys(given.clocks.start, "running") | dict.fromkeys(given.clocks.stop, "stopped")
        self.clocks |= {clock: "paused" for clock in given.clocks.pause if self.clocks[clock] == "running"}
        self.clocks |= {clock: "running" for clock in given.clocks.resume if self.clocks[clock] == "paused"}


def test_the_flow_has_no_structural_problem() -> None:
    assert FLOW.problems() == ()


def test_the_body_is_plain_json() -> None:
    assert json.loads(json.dumps(BODY)) == BODY


def test_a_repair_runs_from_report_to_closing_and_every_clock_has_stopped() -> None:
    walk = Walk().go(*WAY)
    assert walk.state == "closed"
    assert walk.clocks == {"respond": "stopped", "onsite": "stopped", "restore": "stopped", "report": "stopped"}


def test_the_clocks_start_with_the_report_of_the_fault() -> None:
    assert Walk().clocks == {"respond": "running", "onsite": "running", "restore": "running"}


@pytest.mark.parametrize("verbs", [["accept", "call_reporter"], ["accept", "assign", "take", "travel", "arrive"]])
def test_the_response_clock_stops_at_the_first_contact(verbs: list[str]) -> None:
    assert Walk().go(*verbs[:-1]).clocks["respond"] == "running"
    assert Walk().go(*verbs).clocks["respond"] == "stopped"


def test_the_restore_clock_stops_at_the_release_and_not_at_the_finish() -> None:
    walk = Walk().go(*WAY[:7])
    assert (walk.state, walk.clocks["restore"]) == ("repaired", "running")
    walk.go("release")
    assert (walk.state, walk.clocks["restore"], walk.clocks["report"]) == ("released", "stopped", "running")


@pytest.mark.parametrize(("verb", "status"), [("wait_for_part", "running"), ("wait_for_customer", "paused"), ("wait_for_maker", "running")])
@pytest.mark.parametrize("back", ["resume", "plan_again"])
def test_only_the_wait_for_the_hospital_stops_the_restore_clock(verb: str, status: str, back: str) -> None:
    walk = Walk().go(*WAY[:6], verb)
    assert FLOW.state(walk.state).category is Category.WAITING
    assert walk.clocks["restore"] == status
    walk.go(back)
    assert walk.clocks["restore"] == "running"


def test_every_pause_reason_waits_where_its_clock_demands() -> None:
    reasons = {reason["key"]: reason for reason in read_yaml("domain/service_levels.yaml")["pause_reasons"]}
    pausing, running = FLOW.fields["waiting_customer_reason"].choices, FLOW.fields["waiting_part_reason"].choices
    assert all(reasons[key]["stops_clock"] and reasons[key]["needs_evidence"] for key in pausing)
    assert not any(reasons[key]["stops_clock"] for key in running)
    for key, label in (*pausing.items(), *running.items()):
        assert (label.zh, label.en) == (reasons[key]["zh"], reasons[key]["en"])


def test_a_refused_release_goes_back_to_work() -> None:
    walk = Walk().go(*WAY[:7], "refuse_release")
    assert (walk.state, walk.clocks["restore"]) == ("working", "running")
    assert walk.go("finish", "release").state == "released"


def test_an_assignment_can_be_taken_back_and_declined() -> None:
    assert Walk().go("accept", "assign", "unassign").state == "accepted"
    assert Walk().go("accept", "assign", "decline").state == "accepted"
    assert Walk().go("accept", "assign", "take", "unassign").state == "accepted"


def test_a_fault_solved_by_phone_still_needs_the_release() -> None:
    walk = Walk().go("accept", "help_remotely", "fix_remotely")
    assert (walk.state, walk.clocks["onsite"]) == ("repaired", "stopped")


@pytest.mark.parametrize(
    ("before", "verb", "facts"),
    [
        (0, "accept", {"device_known": False}),
        (0, "accept", {"harm_answered": None}),
        (1, "assign", {"competent_engineer": False}),
        (6, "finish", {"checklist_complete": False}),
        (6, "finish", {"device_identified": False}),
        (6, "finish", {"parts_settled": False}),
        (6, "finish", {"quote_needed": True, "quote_approved": False}),
        (6, "finish", {"quote_needed": None, "quote_approved": None}),
        (7, "release", {"required_tests_passed": False}),
        (7, "release", {"releaser_is_repairer": True}),
        (7, "release", {"releaser_is_repairer": None}),
        (7, "release", {"may_release_device": False}),
        (9, "settle", {"settlement_complete": False}),
        (10, "close", {"service_record_complete": False}),
        (10, "close", {"report_delivered": False}),
        (10, "close", {"harm_open": True}),
    ],
)
def test_a_step_is_refused_while_its_condition_does_not_hold(before: int, verb: str, facts: dict[str, Any]) -> None:
    walk = Walk().go(*WAY[:before])
    with pytest.raises(ConditionNotMet):
        walk.go(verb, **facts)


def test_nothing_but_the_quality_officer_releases() -> None:
    walk = Walk().go(*WAY[:7])
    for role in FLOW.roles - {"quality_officer"}:
        with pytest.raises(StepNotYours):
            walk.step("release", role)


@pytest.mark.parametrize("before", range(6, len(WAY) + 1))
def test_what_was_worked_on_cannot_be_cancelled(before: int) -> None:
    with pytest.raises(NoSuchStep):
        Walk().go(*WAY[:before], "cancel")


@pytest.mark.parametrize("before", range(5))
def test_a_cancelled_order_has_no_running_clock(before: int) -> None:
    walk = Walk().go(*WAY[:before], "cancel")
    assert walk.state == "cancelled"
    assert set(walk.clocks.values()) == {"stopped"}


def test_finishing_needs_the_signature_of_the_ward() -> None:
    with pytest.raises(ProofMissing):
        FLOW.check("finish", state="working", roles=["field_engineer"], facts=ALL_GOOD, fields={"work_done": "换传感器"}, proofs=[])


def test_every_role_is_one_of_the_company_or_the_system() -> None:
    known = {role["key"] for role in read_yaml("domain/people.yaml")["roles"]}
    assert FLOW.roles <= known | {"system"}


def test_every_clock_is_one_of_the_service_levels() -> None:
    known = {clock["key"]: clock for clock in read_yaml("domain/service_levels.yaml")["clocks"]}
    for key, label in FLOW.clocks.items():
        assert (label.zh, label.en) == (known[key]["zh"], known[key]["en"])
