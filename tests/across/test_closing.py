"""Closing: impossible without the fields of 21 CFR 820.35(b) and a report that was delivered."""

import io
from typing import Any

import pypdfium2
import pytest
from django.utils import timezone

from anwei.core.flow.errors import ConditionNotMet, NoSuchStep
from anwei.equipment.devices.operations import amend
from anwei.finance.settlement.operations import confirm
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.files.errors import IncompleteReport
from anwei.foundation.files.operations import content_of
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.quality.errors import NotReleased, RecordIncomplete
from anwei.workorders.quality.models import Report
from anwei.workorders.quality.operations import close, deliver_report
from anwei.workorders.quality.report import missing_in
from tests.journeys.company import Company, make_company
from tests.journeys.stages import WORK_DONE, released, repaired, settled

pytestmark = pytest.mark.django_db


def looked_at(company: Company) -> None:
    """Let the steward record that the device carries no UDI."""
    amend(actor=system_actor("test"), device=company.device, has_no_udi=True, at=timezone.now())


def deliver(company: Company, order: WorkOrder, **given: Any) -> Report:
    return deliver_report(actor=company.actor("quinn"), order=order, at=timezone.now(), site="https://anwei.example", **given)


def test_the_report_of_a_repair_is_kept_as_paper_with_a_code_that_verifies_it() -> None:
    company = make_company()
    looked_at(company)
    order = released(company)
    report = deliver(company, order)
    assert report.number == f"{order.number}-R1" and len(report.digest) == 64
    page = pypdfium2.PdfDocument(io.BytesIO(content_of(report.file)))[0]
    text = page.get_textpage().get_text_range()
    for said in (order.number, company.device.serial, WORK_DONE, "Device carries no UDI", "Quinn-wh", "Tom-wh"):
        assert said.lower() in text.lower()
    assert list(order.steps.filter(verb="deliver_report").values_list("to_state", flat=True)) == ["released"]
    assert Deed.objects.filter(verb="quality.deliver_report", touches__contains=[f"quality.Report:{report.pk}"]).exists()
    assert deliver(company, order).number == f"{order.number}-R2"


def test_no_report_before_the_release() -> None:
    company = make_company()
    with pytest.raises(NotReleased):
        deliver(company, repaired(company))
    assert not Report.objects.exists()


def test_a_report_that_lacks_a_field_names_it_and_is_not_made() -> None:
    company = make_company()
    order = released(company)
    with pytest.raises(IncompleteReport) as refused:
        deliver(company, order)
    assert "UDI" in str(refused.value)
    assert not Report.objects.exists() and not order.steps.filter(verb="deliver_report").exists()


def test_an_order_without_a_complete_record_is_not_closed_and_each_field_is_named() -> None:
    company = make_company()
    order = settled(company).order
    with pytest.raises(RecordIncomplete) as refused:
        close(actor=company.actor("quinn"), order=order, at=timezone.now())
    assert str(missing_in(order, timezone.now())[0]) in str(refused.value)
    order.refresh_from_db()
    assert order.state == "settled" and order.closed_at is None


def test_an_order_whose_report_was_not_delivered_is_not_closed() -> None:
    company = make_company()
    looked_at(company)
    order = settled(company).order
    with pytest.raises(ConditionNotMet):
        close(actor=company.actor("fay"), order=order, at=timezone.now())


def test_a_complete_and_delivered_order_is_closed_once() -> None:
    company = make_company()
    looked_at(company)
    order = released(company)
    deliver(company, order)
    confirm(actor=company.actor("fay"), settlement=order.settlement, at=timezone.now())
    close(actor=company.actor("fay"), order=order, at=timezone.now())
    order.refresh_from_db()
    assert order.state == "closed" and order.closed_at is not None
    with pytest.raises(NoSuchStep):
        close(actor=company.actor("fay"), order=order, at=timezone.now())
    assert Deed.objects.filter(verb="quality.close", outcome="done").count() == 1
