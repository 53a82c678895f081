"""Reporting a fault: by scan, by phone, from one's own ledger; and reminding."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight, NotFound
from anwei.equipment.devices.models import Sticker
from anwei.equipment.devices.operations import revoke
from anwei.equipment.devices.tests.factory import make_hospital, make_sticker
from anwei.foundation.accounts.queries import public_actor, system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.workorders.intake.errors import NothingRuns, UnknownHarm, UnknownSymptom, UrgedLately
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import decline, report, report_by_phone, report_own, urge
from anwei.workorders.intake.tests.factory import make_clerk, make_request, make_ward, picture

pytestmark = pytest.mark.django_db


def test_a_ward_reports_by_its_sticker() -> None:
    device = make_ward()
    request = make_request(device, text="自检时漏气", photo=picture())
    assert (request.state, request.door, request.branch, request.device) == ("new", "scan", device.branch, device)
    assert request.photos.count() == 1 and len(request.token) >= 20
    assert Deed.objects.filter(verb="intake.report", outcome="done").count() == 1


@pytest.mark.parametrize("content", [b"<svg><script>alert(1)</script></svg>", b"nothing", picture()[:200]])
def test_a_bad_photo_never_loses_the_report(content) -> None:
    request = make_request(make_ward(), photo=content)
    assert request.pk and not request.photos.exists()


def test_a_symptom_or_an_answer_that_is_not_offered_is_refused() -> None:
    device = make_ward()
    with pytest.raises(UnknownSymptom):
        make_request(device, symptom="ven.s99")
    with pytest.raises(UnknownHarm):
        make_request(device, harm="perhaps")
    assert not FaultRequest.objects.exists()


def test_a_blank_or_revoked_sticker_reports_nothing() -> None:
    device = make_ward()
    revoked = make_sticker(device)
    revoke(actor=system_actor("test"), sticker=revoked, at=timezone.now())
    for sticker in (make_sticker(), revoked):
        with pytest.raises(NotFound):
            report(actor=public_actor(), sticker=sticker, symptom="any.power", at=timezone.now())
        with pytest.raises(NotFound):
            report(actor=system_actor("test"), sticker=sticker, symptom="any.power", at=timezone.now())


def test_the_public_finds_stickers_in_use_alone() -> None:
    device = make_ward()
    used, revoked, blank = make_sticker(device), make_sticker(device), make_sticker()
    revoke(actor=system_actor("test"), sticker=revoked, at=timezone.now())
    assert blank.pk and set(Sticker.objects.visible_to(public_actor())) == {used}


def test_a_dispatcher_reports_nothing_and_the_public_takes_no_calls() -> None:
    device = make_ward()
    dispatcher = make_actor("dana", "dispatcher", branch=device.branch_id)
    with pytest.raises(NoRight):
        report(actor=dispatcher, sticker=make_sticker(device), symptom="any.power", at=timezone.now())
    with pytest.raises(NoRight):
        report_by_phone(actor=public_actor(), device=device, symptom="any.power", at=timezone.now())


def test_a_clerk_enters_what_is_told_by_phone() -> None:
    device = make_ward()
    request = report_by_phone(actor=make_clerk(device), device=device, symptom="any.power", at=timezone.now(), phone="8012")
    assert (request.door, request.sticker, request.phone) == ("phone", None, "8012")


def test_a_hospital_reports_from_its_own_ledger_and_no_other() -> None:
    device, other = make_ward("WH"), make_ward("SH")
    user = make_actor("hanna", "hospital_engineer", side="hospital", hospital=device.hospital_id)
    request = report_own(actor=user, device=device, symptom="any.power", at=timezone.now())
    assert (request.door, request.name) == ("portal", "Hanna")
    with pytest.raises(NotFound):
        report_own(actor=user, device=other, symptom="any.power", at=timezone.now())


def test_a_hospital_sees_its_own_requests_only() -> None:
    mine, other = make_request(make_ward("WH")), make_request(make_ward("SH"))
    user = make_actor("hanna", "hospital_engineer", side="hospital", hospital=mine.device.hospital_id)
    seen = FaultRequest.objects.visible_to(user)
    assert mine in seen and other not in seen
    stranger = make_actor("henry", "hospital_engineer", side="hospital", hospital=make_hospital("别的医院").pk)
    assert not FaultRequest.objects.visible_to(stranger).exists()


def test_a_ward_reminds_us_once_an_hour() -> None:
    request, now = make_request(make_ward()), timezone.now()
    assert urge(actor=public_actor(), request=request, at=now).urged_at == now
    with pytest.raises(UrgedLately):
        urge(actor=public_actor(), request=request, at=now + timedelta(minutes=59))
    assert urge(actor=public_actor(), request=request, at=now + timedelta(minutes=61)).urged_at == now + timedelta(minutes=61)


def test_a_finished_report_is_not_reminded_of() -> None:
    device = make_ward()
    request = make_request(device)
    decline(actor=make_clerk(device), request=request, answer="不归我们保修", at=timezone.now())
    with pytest.raises(NothingRuns):
        urge(actor=public_actor(), request=request, at=timezone.now())
