"""A ticket lives as long as its request: whatever happens in it, the next one on the same connection begins with nothing."""

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, connections, transaction
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from anwei.config.middleware import OutsideWall
from anwei.core.errors import NotFound
from anwei.core.pages import page
from anwei.core.wall import inside, outside
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.permissions import READ_DEVICES
from anwei.foundation.accounts.models import Grant, User
from anwei.foundation.accounts.queries import actor_for, system_actor
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import report_own
from anwei.workorders.intake.queries import symptoms_for
from tests.wall.conftest import Two

THREADS, ROUNDS = 6, 12


@pytest.fixture(autouse=True)
def one_connection(two: Two) -> Iterator[None]:
    """Let the pool of `outside` hold one connection, which everybody gets in turn."""
    walled: Any = connections["outside"]
    walled.close()
    walled.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 30}
    yield
    walled.close()
    walled.close_pool()
    del walled.settings_dict["OPTIONS"]["pool"]


def who() -> tuple[str, int]:
    """Return by which login, and on which process of the server, a statement runs now."""
    with connection.cursor() as cursor:
        cursor.execute("select session_user, pg_backend_pid()")
        return cursor.fetchone()  # type: ignore[no-any-return]


def seen() -> set[str]:
    return set(Device.objects.values_list("serial", flat=True))


def left_behind() -> str:
    """Return what a connection that comes from the pool can read, and the ticket that it still shows."""
    walled: Any = connections["outside"]
    walled.ensure_connection()
    try:
        (ticket,) = walled.connection.execute("select current_setting('anwei.ticket', true)").fetchone()
        with pytest.raises(Exception, match="no ticket"):
            walled.connection.execute("select serial from devices_device")
        return ticket or ""
    finally:
        walled.close()


def test_reads_use_the_login_of_outsiders_and_deeds_do_not(two: Two) -> None:
    assert who()[0] == "anwei_app"
    with outside(actor_for(two.me, "page")):
        assert who()[0] == "anwei_outside"
        assert seen() == {two.mine.serial}
        with inside():
            assert who()[0] == "anwei_app"
            assert seen() >= {two.mine.serial, two.others.serial}
        assert who()[0] == "anwei_outside"
    assert who()[0] == "anwei_app"


def test_nobody_of_ours_goes_there(two: Two) -> None:
    with outside(system_actor("test")):
        assert who()[0] == "anwei_app"


def test_the_next_request_on_the_same_connection_begins_with_nothing(two: Two) -> None:
    processes = set()
    for user, device in ((two.me, two.mine), (two.other, two.others)) * 2:
        with outside(actor_for(user, "page")):
            assert seen() == {device.serial}
            processes.add(who()[1])
        assert left_behind() == ""
    assert len(processes) == 1


def test_a_ticket_is_gone_when_its_request_is(two: Two) -> None:
    with outside(actor_for(two.me, "page")):
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('anwei.ticket')")
            (ticket,) = cursor.fetchone()
    walled = connections["outside"]
    walled.ensure_connection()
    walled.connection.execute("select set_config('anwei.ticket', %s, false)", [ticket])
    with pytest.raises(psycopg.Error, match="no ticket"):
        walled.connection.execute("select serial from devices_device")
    walled.connection.execute("reset all")
    walled.close()


@pytest.mark.parametrize("breaking", ["refusal", "database", "transaction", "lost"])
def test_an_error_in_the_middle_leaves_nothing_behind(two: Two, breaking: str) -> None:
    with pytest.raises((NotFound, DatabaseError)), outside(actor_for(two.me, "page")):
        assert seen() == {two.mine.serial}
        if breaking == "refusal":
            raise NotFound(kind="device")
        if breaking == "transaction":
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select 1 / 0")
        if breaking == "lost":
            with inside(), connection.cursor() as cursor:
                cursor.execute("select 1")
            connection.connection.close()
        with connection.cursor() as cursor:
            cursor.execute("select no_such_column from devices_device")
    assert who()[0] == "anwei_app"
    assert left_behind() == ""
    with outside(actor_for(two.other, "page")):
        assert seen() == {two.others.serial}


def test_an_answer_that_is_made_while_it_is_sent_is_made_behind_the_wall(two: Two) -> None:
    @page(right=READ_DEVICES)
    def view(request: Any) -> StreamingHttpResponse:
        return StreamingHttpResponse(f"{who()[0]} {' '.join(sorted(seen()))}\n" for _ in range(3))

    def answer(request: Any) -> Any:
        assert wall.process_view(request, view, (), {}) is None
        return view(request)

    wall = OutsideWall(answer)
    responses = []
    for user in (two.me, two.other):
        request: Any = RequestFactory().get("/")
        request.user, request.actor = user, actor_for(user, "page")
        responses.append(wall(request))
        assert who()[0] == "anwei_app"
    for pieces in zip(*(response.streaming_content for response in responses), strict=True):  # type: ignore[attr-defined]
        assert pieces == (f"anwei_outside {two.mine.serial}\n".encode(), f"anwei_outside {two.others.serial}\n".encode())
        assert left_behind() == ""


def test_many_at_once_on_one_connection_each_see_their_own(two: Two) -> None:
    wrong: list[object] = []

    def asks(user: User, device: Device) -> None:
        try:
            for _ in range(ROUNDS):
                with outside(actor_for(user, "page")):
                    if seen() != {device.serial} or who()[0] != "anwei_outside":
                        wrong.append((user, seen()))
        except (DatabaseError, RuntimeError) as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=asks, args=((two.me, two.mine), (two.other, two.others))[n % 2]) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_grant_that_is_taken_back_closes_the_rows_at_once(two: Two) -> None:
    from anwei.foundation.accounts.operations import end_grant, grant_rows

    actor, grant = actor_for(two.me, "page"), Grant.objects.get(user=two.me)
    with outside(actor):
        assert seen() == {two.mine.serial}
        with inside():
            end_grant(actor=system_actor("test"), grant=grant, at=grant.created_at)
        assert seen() == set()
        assert Device.objects.visible_to(actor).count() == 0
    grant_rows(actor=system_actor("test"), user=two.me, kind="hospital", record_id=two.mine.hospital_id)


def test_a_deed_finds_its_record_behind_the_wall_and_is_done_before_it(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = actor_for(two.me, "api")
    given: dict[str, Any] = {
        "symptom": symptoms_for(two.mine.model.category)[0].key,
        "harm": "none",
        "device_down": None,
        "text": "",
        "name": "",
        "phone": "",
        "photo": b"",
    }
    made = report_own(actor=actor, device=two.mine, at=timezone.now(), **given)
    assert FaultRequest.objects.filter(pk=made.pk).exists()
    # the first wall has a hole: the second one still holds
    monkeypatch.setattr(type(Device.objects.all()), "visible_to", lambda rows, _actor: rows)
    with pytest.raises(NotFound):
        report_own(actor=actor, device=two.others, at=timezone.now(), **given)


def test_a_hole_in_the_first_wall_opens_nothing(two: Two, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(two.me)
    monkeypatch.setattr(type(Device.objects.all()), "visible_to", lambda rows, _actor: rows)
    listed = client.get("/devices/?view=all").content.decode()
    assert two.mine.serial in listed and two.others.serial not in listed
    assert client.get(f"/devices/{two.others.pk}/").status_code == 404
    rows = client.get("/api/v1/devices").json()["items"]
    assert [row["serial"] for row in rows] == [two.mine.serial]
    assert client.get(f"/api/v1/devices/{two.others.pk}").status_code == 404


def test_a_page_for_everybody_stays_before_the_wall(two: Two) -> None:
    wall, reached = OutsideWall(lambda request: None), []  # type: ignore[arg-type, return-value]

    class Behind:
        def enter_context(self, _context: object) -> None:
            reached.append(1)

    request: Any = RequestFactory().get("/")
    request.actor, request.behind, request.user = actor_for(two.me, "page"), Behind(), AnonymousUser()

    def public() -> None: ...

    public.public = "everybody's"  # type: ignore[attr-defined]
    wall.process_view(request, public, (), {})
    assert not reached
    wall.process_view(request, lambda: None, (), {})
    assert reached
