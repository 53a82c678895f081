from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anwei.core.errors import NoRight, NotFound
from anwei.core.ids import uuid7
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.notices.errors import NoteIsEmpty
from anwei.foundation.notices.models import Note
from anwei.foundation.notices.operations import write_note
from anwei.foundation.notices.queries import notes_on
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.operations import register

pytestmark = pytest.mark.django_db


def branch_of(body: Organisation) -> UUID:
    """Return the branch that serves a body."""
    assert body.branch_id
    return body.branch_id


def body_and_subject() -> tuple[Organisation, str]:
    """Return a hospital of a branch and how notes name it."""
    body = register(actor=system_actor("test"), name="第一医院", roles=["hospital"], branch=make_branch("SH"))
    return body, f"organisations.Organisation:{body.pk}"


def test_a_note_stands_on_its_record_and_in_the_trail() -> None:
    body, subject = body_and_subject()
    dana = make_actor("dana", "dispatcher", branch=branch_of(body))
    note = write_note(actor=dana, subject=subject, text=" Ask for 王敏 ", at=timezone.now())
    assert [n.text for n in notes_on(dana, subject)] == ["Ask for 王敏"] and note.by_id == dana.id
    deed = Deed.objects.get(verb="notices.write_note")
    assert (deed.subject, deed.outcome) == (subject, "done")


def test_a_record_that_one_may_not_see_takes_no_note_and_shows_none() -> None:
    _body, subject = body_and_subject()
    far = make_actor("far", "dispatcher", branch=make_branch("BJ").pk)
    with pytest.raises(NotFound):
        write_note(actor=far, subject=subject, text="x", at=timezone.now())
    with pytest.raises(NotFound):
        notes_on(far, subject)


@pytest.mark.parametrize(
    "subject", ["", "nothing", "no.Model:1", "organisations.Organisation:1", "notices.Note:0199a0b0-0000-7000-8000-000000000000"]
)
def test_a_subject_that_names_nothing_is_not_found(subject: str) -> None:
    with pytest.raises(NotFound):
        write_note(actor=make_actor("dana", "dispatcher"), subject=subject, text="x", at=timezone.now())


def test_an_empty_note_is_not_kept() -> None:
    body, subject = body_and_subject()
    with pytest.raises(NoteIsEmpty):
        write_note(actor=make_actor("dana", "dispatcher", branch=branch_of(body)), subject=subject, text=" \n", at=timezone.now())
    assert not Note.objects.exists()


def test_auditors_and_outsiders_write_no_notes() -> None:
    body, subject = body_and_subject()
    for actor in (make_actor("ingo", "auditor"), make_actor("hans", "hospital_engineer", side="hospital", hospital=body.pk)):
        with pytest.raises(NoRight):
            write_note(actor=actor, subject=subject, text="x", at=timezone.now())


def test_the_panel_takes_a_note_once_and_shows_it() -> None:
    body, _subject = body_and_subject()
    client = Client()
    client.force_login(make_user("dana", "dispatcher", branch=branch_of(body)))
    address, form = reverse("notices:on_organisation", args=[body.pk]), {"text": "Gate 3", "request_id": str(uuid7())}
    for _time in range(2):
        answer = client.post(address, form, headers={"HX-Request": "true"})
        assert answer.status_code == 200 and "Gate 3" in answer.content.decode()
    assert Note.objects.count() == 1
    assert client.post(address, {"text": " ", "request_id": str(uuid7())}, headers={"HX-Request": "true"}).status_code == 422
