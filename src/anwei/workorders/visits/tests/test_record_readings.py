from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from anwei.equipment.instruments.tests.factory import make_instrument
from anwei.foundation.audit.models import Change
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.errors import (
    InstrumentNeeded,
    NotYourVisit,
    OutOfCalibration,
    PhotoNeeded,
    ReadingUnfit,
    ReasonNeeded,
    UnknownTask,
)
from anwei.workorders.visits.models import Reading
from anwei.workorders.visits.operations import ReadingInput, record_readings
from anwei.workorders.visits.operations.planning import own_visit
from anwei.workorders.visits.queries import open_tasks, tasks_of
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import fit

pytestmark = pytest.mark.django_db
CHECK = ReadingInput("safety.free", text="pass")
VOLUME = "vent_volume.vt500"


def put(company: Company, order: WorkOrder, *readings: ReadingInput) -> list[Reading]:
    """Record as Tom, now."""
    return record_readings(actor=company.actor("tom"), order=order, readings=list(readings), at=timezone.now())


def analyser(company: Company) -> ReadingInput:
    """Name the instrument that volumes are measured with."""
    return ReadingInput("vent_volume.tool", instrument=company.instruments["gas_flow_analyser"])


def test_a_value_is_kept_with_its_limits_verdict_and_instrument(company: Company, working: WorkOrder) -> None:
    fit(company, working)
    put(company, working, analyser(company), ReadingInput(VOLUME, value=Decimal("498.5")))
    kept = Reading.objects.get(task=VOLUME)
    assert (kept.value, kept.unit, kept.low, kept.high, kept.verdict) == (Decimal("498.5"), "mL", Decimal(425), Decimal(575), "pass")
    assert kept.instrument == company.instruments["gas_flow_analyser"]
    assert last_deed("visits.record_readings").outcome == "done"


def test_a_value_out_of_its_limits_needs_a_reason_and_stays_failed(company: Company, working: WorkOrder) -> None:
    fit(company, working)
    put(company, working, analyser(company))
    with pytest.raises(ReasonNeeded):
        put(company, working, ReadingInput(VOLUME, value=Decimal(412)))
    assert not Reading.objects.filter(task=VOLUME).exists()
    put(company, working, ReadingInput(VOLUME, value=Decimal(412), reason="limited use agreed with the ward"))
    assert Reading.objects.get(task=VOLUME).verdict == "fail"


def test_one_value_that_does_not_fit_keeps_the_whole_entry_out(company: Company, working: WorkOrder) -> None:
    with pytest.raises(ReadingUnfit):
        put(company, working, CHECK, ReadingInput("safety.isolate", text="perhaps"))
    assert not Reading.objects.exists()


def test_a_task_answered_again_keeps_the_last_answer_and_the_trail_keeps_both(company: Company, working: WorkOrder) -> None:
    put(company, working, CHECK)
    put(company, working, ReadingInput("safety.free", text="n/a"))
    assert Reading.objects.get(task="safety.free").verdict == "n/a"
    changes = Change.objects.filter(tbl="visits_reading").order_by("seq")
    assert [c.op for c in changes] == ["I", "U"] and changes[1].delta["text"] == ["pass", "n/a"]


def test_a_measurement_names_its_instrument(company: Company, working: WorkOrder) -> None:
    fit(company, working)
    with pytest.raises(InstrumentNeeded):
        put(company, working, ReadingInput(VOLUME, value=Decimal(500)))


def test_a_reading_with_an_instrument_out_of_calibration_does_not_count(company: Company, working: WorkOrder) -> None:
    old = make_instrument(company.branch, number="OLD", kind="est", calibrated_on=date(2020, 1, 1), due_on=date(2021, 1, 1))
    with pytest.raises(OutOfCalibration):
        put(company, working, ReadingInput("eq_leak.tool", instrument=old))
    assert not Reading.objects.exists()
    # on the last day of its calibration it still counted
    last = make_instrument(
        company.branch, number="LAST", kind="est", calibrated_on=date(2026, 1, 1), due_on=timezone.localdate() + timedelta(days=0)
    )
    put(company, working, ReadingInput("eq_leak.tool", instrument=last))


@pytest.mark.parametrize(("code", "verdict"), [("serial", "pass"), ("number", "pass"), ("sticker", "pass"), ("no_udi", "record")])
def test_the_device_is_told_by_its_label_its_serial_or_the_record_that_it_has_none(
    company: Company, working: WorkOrder, code: str, verdict: str
) -> None:
    device = company.device
    text = {"serial": device.serial.lower(), "number": device.number, "sticker": f"https://x/q/{company.sticker.code}"}.get(code, code)
    assert put(company, working, ReadingInput("arrive.label", text=text))[0].verdict == verdict


def test_the_label_of_another_device_fails(company: Company, working: WorkOrder) -> None:
    other = make_company("CS")
    with pytest.raises(ReasonNeeded):
        put(company, working, ReadingInput("arrive.label", text=other.sticker.code))


def test_words_are_no_photo(company: Company, working: WorkOrder) -> None:
    with pytest.raises(PhotoNeeded):
        put(company, working, ReadingInput("arrive.before", text="looked fine"))


def test_without_a_part_nothing_is_asked_of_one_and_a_fitted_one_brings_its_tests(company: Company, working: WorkOrder) -> None:
    before = set(tasks_of(working))
    fit(company, working)
    after = set(tasks_of(working))
    assert not any(key.startswith("parts_swap") for key in before)
    assert {"parts_swap.old_fate", "parts_swap.installed", VOLUME} <= after and "parts_swap.new_part" not in after
    assert VOLUME in {task.key for task in open_tasks(working)}


def test_an_unknown_task_is_refused(company: Company, working: WorkOrder) -> None:
    with pytest.raises(UnknownTask):
        put(company, working, ReadingInput("made.up", text="x"))


def test_only_who_was_sent_measures(company: Company, working: WorkOrder) -> None:
    refused_without_right(record_readings, company, working, readings=[CHECK])
    other = make_company("CS")
    refused_to_a_stranger(record_readings, other, working, readings=[CHECK])
    with pytest.raises(NotYourVisit):
        own_visit(other.actor("tom"), working)
    assert not Reading.objects.exists()


def test_readings_sent_twice_are_recorded_once(company: Company, working: WorkOrder) -> None:
    delivered_twice(record_readings, company, Change.objects.filter(tbl="visits_reading").count, order=working, readings=[CHECK])
