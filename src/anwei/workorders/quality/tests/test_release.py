"""The gate: released by another than the repairer, with all tests passed, once; or refused with a reason."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anwei.core.flow.errors import ConditionNotMet, NoSuchStep
from anwei.equipment.devices.operations import amend
from anwei.foundation.accounts.operations import give_role
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.audit.models import Deed
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.quality import queries
from anwei.workorders.quality.errors import NothingToAssess, ReasonMissing
from anwei.workorders.quality.models import Release
from anwei.workorders.quality.operations import assess_harm, deliver_report, refuse, release
from anwei.workorders.quality.queries import waiting
from anwei.workorders.visits import operations as visits
from tests.journeys.company import Company, make_company
from tests.journeys.stages import WORK_DONE, released, repaired
from tests.journeys.visit import at_work, fit, sign

pytestmark = pytest.mark.django_db


def browser(company: Company, name: str) -> Client:
    client = Client()
    client.force_login(company.users[name])
    client.post("/language/", {"language": "en"})
    return client


def stands_repaired(company: Company, order: WorkOrder) -> bool:
    order.refresh_from_db()
    company.device.refresh_from_db()
    return order.state == "repaired" and company.device.is_blocked and not Release.objects.exists()


def test_the_repairer_does_not_release_even_with_the_right_and_the_page_says_why() -> None:
    company = make_company()
    order = repaired(company)
    give_role(actor=system_actor("test"), user=company.users["tom"], role="quality_officer")
    with pytest.raises(ConditionNotMet) as refused:
        release(actor=company.actor("tom"), order=order, at=timezone.now())
    assert "维修人" in str(refused.value) or "repairer" in str(refused.value)
    page = browser(company, "tom").get(reverse("quality:order", args=[order.pk])).content.decode()
    assert "the releaser must not be the repairer" in page and "Release to clinical use" not in page
    assert stands_repaired(company, order)


def test_a_device_whose_tests_are_missing_is_not_released() -> None:
    company = make_company()
    order = repaired(company)
    assert all(test.passed for test in queries.tests_of(order))
    other = make_company("SH")
    half = at_work(other)
    fit(other, half)
    assert not all(test.passed for test in queries.tests_of(half))
    sign(other, half)
    with pytest.raises(ConditionNotMet):
        visits.finish(actor=other.actor("tom"), order=half, work_done=WORK_DONE, fault="VEN-01", at=timezone.now())


def test_a_release_is_written_once_with_its_evidence_and_frees_the_device() -> None:
    company = make_company()
    order = repaired(company)
    assert list(waiting(company.actor("quinn"))) == [order]
    client = browser(company, "quinn")
    assert order.number in client.get(reverse("quality:queue")).content.decode()
    assert client.post(reverse("quality:release", args=[order.pk])).status_code == 302
    decided = Release.objects.get()
    assert decided.verdict == "released" and decided.by == company.users["quinn"] and all(t["passed"] for t in decided.evidence.values())
    company.device.refresh_from_db()
    assert not company.device.is_blocked and not waiting(company.actor("quinn")).exists()
    assert client.post(reverse("quality:release", args=[order.pk])).status_code == 409
    with pytest.raises(NoSuchStep):
        release(actor=company.actor("quinn"), order=order, at=timezone.now())
    assert Release.objects.count() == 1 and Deed.objects.filter(verb="quality.release", outcome="done").count() == 1


def test_a_refusal_needs_a_reason_and_sends_the_work_back() -> None:
    company = make_company()
    order = repaired(company)
    with pytest.raises(ReasonMissing):
        refuse(actor=company.actor("quinn"), order=order, reason=" ", at=timezone.now())
    assert stands_repaired(company, order)
    client, url = browser(company, "quinn"), reverse("quality:refuse", args=[order.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "漏电流未复测"}).status_code == 302
    order.refresh_from_db()
    company.device.refresh_from_db()
    assert order.state == "working" and company.device.is_blocked
    assert Release.objects.get().reason == "漏电流未复测"


def test_harm_that_is_answered_is_not_assessed_again() -> None:
    company = make_company()
    order = at_work(company)
    with pytest.raises(NothingToAssess):
        assess_harm(actor=company.actor("quinn"), order=order, harm="harm", at=timezone.now())


def test_a_report_is_verified_by_anybody_and_what_is_not_ours_is_not_known() -> None:
    company = make_company()
    amend(actor=system_actor("test"), device=company.device, has_no_udi=True, at=timezone.now())
    order = released(company)
    report = deliver_report(actor=company.actor("quinn"), order=order, at=timezone.now(), site="https://anwei.example")
    known = Client().get(reverse("verify", args=[order.pk, report.digest]))
    text = known.content.decode()
    assert known.status_code == 200 and report.number in text and company.device.serial in text
    for secret in (order.hospital.name, order.reporter_phone, order.reporter_name, WORK_DONE):
        assert secret not in text
    for id, digest in ((order.pk, "0" * 64), (company.device.pk, report.digest)):
        unknown = Client().get(reverse("verify", args=[id, digest]))
        assert unknown.status_code == 404 and company.device.serial not in unknown.content.decode()
    file = reverse("files:file", args=[report.file_id])
    assert browser(company, "quinn").get(file).status_code == 200
    assert browser(company, "sue").get(file).status_code == 404
    panel = browser(company, "quinn").get(reverse("quality:on_order", args=[order.pk])).content.decode()
    assert report.number in panel and "Released to clinical use" in panel
