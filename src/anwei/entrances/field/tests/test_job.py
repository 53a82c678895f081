"""One job: its steps, the open section as a form, and what the forms do without any script."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from anwei.equipment.instruments.tests.factory import make_instrument
from anwei.foundation.accounts.queries import system_actor
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import open_order
from anwei.workorders.visits.models import PartUse, Photo, Reading, Signature
from anwei.workorders.visits.queries import shown_hash
from tests.journeys.company import Company, make_company
from tests.journeys.visit import answer_all, fit, picture, sign

pytestmark = pytest.mark.django_db


def at(order: WorkOrder, path: str = "") -> str:
    """Return an address of a job."""
    return f"/field/job/{order.pk}/{path}"


def test_each_move_is_one_post(phone: Client, sent: WorkOrder) -> None:
    for verb, state in (("accept", "engineer_accepted"), ("travel", "travelling"), ("arrive", "on_site"), ("start", "working")):
        assert phone.post(at(sent, f"move/{verb}/"), {"request_id": str(uuid4())}).headers["Location"] == at(sent)
        sent.refresh_from_db()
        assert sent.state == state


def test_a_move_that_is_refused_says_why_on_the_page_and_changes_nothing(phone: Client, sent: WorkOrder) -> None:
    answer = phone.post(at(sent, "move/start/"), {"request_id": str(uuid4())})
    assert answer.status_code == 422 and "data-refusal" in answer.content.decode()
    assert answer.cookies["anwei_answered"].value
    sent.refresh_from_db()
    assert sent.state == "assigned"


def test_the_time_of_the_phone_counts_within_its_bounds(phone: Client, sent: WorkOrder) -> None:
    when = timezone.now() - timedelta(hours=2)
    phone.post(at(sent, "move/accept/"), {"at": when.isoformat()})
    assert sent.steps.get(verb="take").at == when
    for wrong in ((timezone.now() - timedelta(hours=80)).isoformat(), (timezone.now() + timedelta(hours=1)).isoformat(), "1970", "now"):
        assert phone.post(at(sent, "move/travel/"), {"at": wrong}).status_code == 422
    assert not sent.steps.filter(verb="travel").exists()


def test_the_same_form_sent_again_gets_the_first_answer(phone: Client, sent: WorkOrder) -> None:
    form = {"request_id": str(uuid4()), "at": timezone.now().isoformat()}
    assert [phone.post(at(sent, "move/accept/"), form).status_code for _turn in range(2)] == [302, 302]
    assert sent.steps.filter(verb="take").count() == 1


def test_a_section_takes_what_is_filled_in_and_names_the_next(phone: Client, company: Company, working: WorkOrder) -> None:
    answer = phone.post(at(working, "readings/safety/"), {"rest": "pass", "decon_in.state": "hospital"})
    assert answer.headers["Location"] == at(working)
    assert Reading.objects.filter(visit__order=working, verdict="pass").count() == 5
    page = phone.get(at(working)).content.decode()
    assert 'id="section"' in page and "readings/arrive/" in page


def test_a_section_half_answered_stays_open(phone: Client, working: WorkOrder) -> None:
    answer = phone.post(at(working, "readings/safety/"), {"safety.free": "pass"})
    assert answer.headers["Location"] == at(working, "?step=safety")


def test_a_value_out_of_its_limits_comes_back_with_what_was_typed(phone: Client, company: Company, working: WorkOrder) -> None:
    fit(company, working)
    tool = company.instruments["gas_flow_analyser"].pk
    answer = phone.post(at(working, "readings/verify/"), {"vent_volume.tool": tool, "vent_volume.vt500": "412", "func.modes": "pass"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="412"' in page and 'data-low="425"' in page and 'data-high="575"' in page
    assert not Reading.objects.exists()


@pytest.mark.parametrize("typed", ["abc", "1e400", "NaN", "9" * 40, "\x00", "4１２x"])
def test_no_number_that_is_none_gets_in(phone: Client, company: Company, working: WorkOrder, typed: str) -> None:
    fit(company, working)
    answer = phone.post(at(working, "readings/verify/"), {"vent_volume.vt500": typed, "vent_volume.vt500.reason": "x"})
    assert answer.status_code == 422 and not Reading.objects.exists()


def test_only_instruments_that_are_usable_today_are_offered(phone: Client, company: Company, working: WorkOrder) -> None:
    make_instrument(company.branch, number="UNCALIBRATED", kind="est")
    page = phone.get(at(working, "?step=verify")).content.decode()
    assert company.instruments["est"].number in page and "UNCALIBRATED" not in page


def test_a_photo_goes_to_its_task(phone: Client, working: WorkOrder) -> None:
    file = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    answer = phone.post(at(working, "photo/"), {"photo": file, "task": "arrive.before", "section": "arrive"})
    assert answer.status_code == 302 and Photo.objects.get().task == "arrive.before"
    assert f"/files/{Photo.objects.get().file_id}/?thumb" in phone.get(at(working)).content.decode()
    script = SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    assert phone.post(at(working, "photo/"), {"photo": script, "task": "arrive.before"}).status_code == 422
    assert phone.post(at(working, "photo/"), {"task": "arrive.before"}).status_code == 422


def test_a_part_is_chosen_or_scanned_out_of_the_van(phone: Client, company: Company, working: WorkOrder) -> None:
    assert "FS-1" in phone.get(at(working, "?step=parts")).content.decode()
    nothing = phone.post(at(working, "part/"), {"scanned": "FS-9", "old_condition": "defective"})
    assert nothing.status_code == 422 and "FS-9" in nothing.content.decode()
    answer = phone.post(at(working, "part/"), {"scanned": "fs-1", "old_condition": "defective", "old_serial": "FS-0"})
    assert answer.status_code == 302
    use = PartUse.objects.get()
    assert (use.serial, use.old_serial) == ("FS-1", "FS-0")
    assert phone.post(at(working, f"part/{use.pk}/back/")).status_code == 302
    use.refresh_from_db()
    assert use.quantity == 0


def test_the_summary_is_signed_as_it_was_shown(phone: Client, company: Company, working: WorkOrder) -> None:
    answer_all(company, working)
    shown = phone.get(at(working, "sign/")).content.decode()
    assert shown_hash(working) in shown and "周敏" in shown
    form = {"name": "周敏", "shown_sha256": shown_hash(working)}
    unsigned = phone.post(at(working, "sign/"), form)
    assert unsigned.status_code == 422
    fit(company, working)
    pad = SimpleUploadedFile("signature.png", picture(), "image/png")
    assert phone.post(at(working, "sign/"), form | {"image": pad}).status_code == 422  # another part than was shown
    pad.seek(0)
    done = phone.post(at(working, "sign/"), form | {"image": pad, "shown_sha256": shown_hash(working)})
    assert done.headers["Location"] == at(working, "finish/") and Signature.objects.count() == 1


def test_the_symptom_suggests_the_fault_code_and_finishing_ends_the_visit(phone: Client, company: Company, working: WorkOrder) -> None:
    answer_all(company, working)
    sign(company, working)
    page = phone.get(at(working, "finish/")).content.decode()
    assert '<option value="VEN-01" selected>' in page
    answer = phone.post(at(working, "finish/"), {"fault": "VEN-01", "work_done": "清洁", "cause": ""})
    assert answer.headers["Location"] == "/field/"
    working.refresh_from_db()
    assert working.state == "repaired"
    assert phone.get(at(working)).status_code == 200


@pytest.mark.parametrize(
    ("path", "form", "state"),
    [
        ("wait-for-hospital/", {"waiting_reason": "in_use", "evidence": "周敏 14:20"}, "waiting_customer"),
    ],
)
def test_waiting_is_said_with_its_reason_and_work_goes_on_with_one_tap(
    phone: Client, working: WorkOrder, path: str, form: dict[str, str], state: str
) -> None:
    assert phone.post(at(working, path), {"evidence": ""}).status_code == 422
    assert phone.post(at(working, path), form).headers["Location"] == "/field/"
    working.refresh_from_db()
    assert working.state == state
    assert phone.post(at(working, "move/resume/")).status_code == 302


def test_a_job_is_declined_with_a_reason(phone: Client, sent: WorkOrder) -> None:
    assert phone.post(at(sent, "decline/"), {"reason": "车坏了"}).headers["Location"] == "/field/"
    assert phone.get(at(sent)).status_code == 404


@pytest.mark.parametrize("path", ["", "sign/", "finish/", "decline/", "wait-for-part/", "request/", "?step=verify"])
def test_the_job_of_another_engineer_is_nowhere(company: Company, working: WorkOrder, client: Client, path: str) -> None:
    client.force_login(make_company("CS").users["tom"])
    assert client.get(at(working, path)).status_code == 404


def test_the_last_faults_of_the_device_are_at_hand_whoever_repaired_them(phone: Client, company: Company, sent: WorkOrder) -> None:
    long_ago = timezone.now() - timedelta(days=90)
    open_order(actor=system_actor(), device=company.device, title="电池撑不住", at=timezone.now(), reported_at=long_ago)
    assert "电池撑不住" in phone.get(at(sent)).content.decode()


def test_opening_a_job_asks_as_much_for_many_answers_as_for_few(
    phone: Client, company: Company, working: WorkOrder, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        phone.get(at(working))
    answer_all(company, working)
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        phone.get(at(working))


def test_the_office_sees_what_was_done_on_site(company: Company, working: WorkOrder, client: Client) -> None:
    fit(company, working)
    answer_all(company, working)
    sign(company, working)
    client.force_login(company.users["dana"])
    page = client.get(f"/visits/on-order/{working.pk}/").content.decode()
    assert "425–575" in page and "FS-1" in page and "周敏" in page and "?thumb" in page
    photo = Photo.objects.filter(order=working)[0]
    assert client.get(f"/files/{photo.file_id}/?thumb").status_code == 200
