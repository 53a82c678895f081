"""The same request delivered again: one effect, one answer, whether one after the other or all at once (T17, T18)."""

import threading
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from anwei.core.actor import Actor
from anwei.core.errors import Refusal, RequestReused
from anwei.core.operation import Answer, deliver, record
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.operations import open_branch
from anwei.foundation.definitions.models import Definition
from tests.trail.factory import connect, deed

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed_together")]


@dataclass(frozen=True)
class Request:
    """A request to open a branch, as a door delivers it."""

    code: str
    id: str
    body: bytes = b"body"
    actor: str = "phone"

    def deliver(self) -> Answer:
        def load() -> dict[str, Any]:
            return {"code": self.code, "name_zh": self.code, "name_en": self.code, "provinces": []}

        actor = system_actor(self.actor)
        return deliver(open_branch, actor, load, lambda branch: {"code": branch.code}, request_id=self.id, body=self.body)[0]


@deed
def take_note(*, actor: Actor, text: str) -> Definition:
    """Write a row that nothing but the request id keeps from being written twice."""
    note = Definition.objects.create(kind="note", key=uuid4().hex, name_zh=text, name_en=text)
    record(note, "tests.noted")
    return note


def at_once(text: str, times: int) -> list[Answer]:
    """Deliver one request several times at the same moment, each in a thread and a connection of its own."""
    gate, answers = threading.Barrier(times), []

    def work() -> None:
        try:
            gate.wait()
            shown = deliver(take_note, system_actor("phone"), lambda: {"text": text}, lambda note: {"id": str(note.pk)}, request_id=text)
            answers.append(shown[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_second_delivery_gets_the_first_answer_and_does_nothing() -> None:
    request = Request("R1", "one")
    first, second = request.deliver(), request.deliver()
    assert (first.status, first.body, first.replayed) == (200, {"code": "R1"}, False)
    assert second == replace(first, replayed=True)
    assert Branch.objects.filter(code="R1").count() == Deed.objects.filter(request="one").count() == 1


def test_eight_deliveries_at_once_have_one_effect_and_one_answer() -> None:
    for number in range(3):
        answers = at_once(f"storm {number}", 8)
        assert len(answers) == 8
        assert {(answer.status, answer.deed, answer.body["id"]) for answer in answers} == {(200, answers[0].deed, answers[0].body["id"])}
        assert sorted(answer.replayed for answer in answers) == [False] + [True] * 7
        assert Definition.objects.filter(name_en=f"storm {number}").count() == 1
        assert Deed.objects.filter(request=f"storm {number}").count() == 1


def test_the_same_id_with_another_body_is_refused_and_changes_nothing() -> None:
    Request("T1", "reused").deliver()
    with pytest.raises(RequestReused):
        Request("T2", "reused", b"another").deliver()
    assert not Branch.objects.filter(code="T2").exists()
    assert Request("T1", "reused").deliver().replayed


def test_another_actor_may_use_the_same_id() -> None:
    Request("U1", "mine").deliver()
    answer = Request("U2", "mine", actor="other phone").deliver()
    assert (answer.status, answer.replayed) == (200, False)


def test_a_refusal_is_answered_again_as_it_was() -> None:
    Request("V1", "first").deliver()
    refused = Request("V1", "second").deliver()
    assert refused.status == 409 and isinstance(refused.refusal, Refusal)
    again = Request("V1", "second").deliver()
    assert (again.status, again.body, again.replayed) == (409, refused.body, True)
    assert [d.outcome for d in Deed.objects.filter(request="second")] == ["refused"]


def test_an_answer_is_kept_for_thirty_days_and_then_forgotten() -> None:
    for code in ("W1", "W2"):
        Request(code, code).deliver()
    with connect("owner") as owner:
        owner.execute("update trail.answer set received = received - interval '30 days' where request in ('W1', 'W2')")
    again = Request("W1", "W1").deliver()
    assert (again.status, again.replayed) == (409, False), "it is a new request, and the code is taken"
    with connect("sealer") as sealer:
        assert sealer.execute("select trail.forget_answers()").fetchone() == (1,)
    with connect("app") as app:
        assert app.execute("select request from trail.answer where request in ('W1', 'W2')").fetchall() == [("W1",)]


def test_the_answer_stands_beside_the_sealed_deed_and_not_in_it() -> None:
    Request("X1", "beside").deliver()
    with connect("app") as app:
        (text,) = app.execute("select trail.deed_text(d) from trail.deed d where request = 'beside'").fetchone() or ("",)
    assert '"verb": "branches.open"' in text and "body" not in text and "answer" not in text
