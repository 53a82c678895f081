"""Loading and undoing by the worker: a chunk a job, the page says how far it is."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import take_role
from anwei.foundation.accounts.queries import actor_for, system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.organisations.models import Organisation
from anwei.initialisation.migration import operations
from anwei.initialisation.migration.errors import NothingToLoad, NotLoaded
from anwei.initialisation.migration.models import ImportSession
from anwei.initialisation.migration.operations import begin, load, load_chunk, undo_chunk
from anwei.initialisation.migration.tasks import work
from anwei.initialisation.migration.tests.test_import_session import checked

pytestmark = pytest.mark.commit


@pytest.fixture(autouse=True)
def database(committed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs deliver deeds, which commit; small chunks."""
    monkeypatch.setattr(operations, "CHUNK", 10)


@pytest.fixture
def stella() -> User:
    return make_user("stella", "data_steward")


def session_of(user: User) -> ImportSession:
    return checked(actor_for(user, "page"))


def do_all() -> int:
    """Do the jobs that wait, as a worker would, until none is left; return how many that were."""
    done = 0
    while job := ProcrastinateJob.objects.order_by("id").first():
        work(**job.args)
        with connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_jobs where id = %s", [job.id])
        done += 1
    return done


def test_a_job_does_a_chunk_and_puts_in_the_next_until_all_is_loaded(stella: User) -> None:
    session = session_of(stella)
    ready = session.counts["ready"]
    begin(actor_for(stella, "page"), session, load_chunk)
    assert do_all() == -(-ready // 10)
    session.refresh_from_db()
    assert (session.state, session.counts["loaded"]) == ("loaded", ready)
    assert {d.actor_name for d in Deed.objects.filter(verb="migration.load")} == {stella.name}


def test_an_import_is_taken_back_the_same_way(stella: User) -> None:
    session = session_of(stella)
    load(actor_for(stella, "page"), session)
    session.refresh_from_db()
    begin(actor_for(stella, "page"), session, undo_chunk)
    do_all()
    session.refresh_from_db()
    assert session.state == "undone" and session.counts["loaded"] == 0


def test_asked_twice_it_is_done_once(stella: User) -> None:
    session = session_of(stella)
    for _ in range(3):
        begin(actor_for(stella, "page"), session, load_chunk)
    assert ProcrastinateJob.objects.count() == 1


def test_a_job_that_is_done_again_loads_nothing_twice(stella: User) -> None:
    session = session_of(stella)
    words = {"verb": "migration.load", "session": str(session.pk), "user": str(stella.pk)}
    for _ in range(10):
        work(**words)
    session.refresh_from_db()
    assert session.counts["loaded"] == Organisation.objects.count() == session.rows.filter(state="loaded").count()
    assert session.state == "loaded"


def test_what_cannot_be_done_is_refused_before_a_job_is_put_in(stella: User) -> None:
    actor, session = actor_for(stella, "page"), session_of(stella)
    with pytest.raises(NotLoaded):
        begin(actor, session, undo_chunk)
    load(actor, session)
    with pytest.raises(NothingToLoad):
        begin(actor, session, load_chunk)
    assert not ProcrastinateJob.objects.exists()


def test_who_lost_the_right_meanwhile_loads_nothing_more(stella: User) -> None:
    session = session_of(stella)
    begin(actor_for(stella, "page"), session, load_chunk)
    take_role(actor=system_actor("test"), user=stella, role="data_steward")
    do_all()
    session.refresh_from_db()
    assert session.state == "checked" and Deed.objects.get(verb="migration.load").outcome == "refused"


def test_without_a_worker_the_page_says_so_and_offers_nothing_twice(client: Client, stella: User) -> None:
    session = session_of(stella)
    client.force_login(stella)
    page = reverse("migration:session", args=[session.pk])
    assert client.post(reverse("migration:load", args=[session.pk])).headers["Location"] == page
    shown = client.get(page).content.decode()
    assert "后台进程未运行" in shown and reverse("migration:load", args=[session.pk]) not in shown
    fragment = client.get(reverse("migration:progress", args=[session.pk]), headers={"HX-Request": "true"})
    assert fragment.status_code == 200 and "hx-get" in fragment.content.decode()
    do_all()
    after = client.get(reverse("migration:progress", args=[session.pk]), headers={"HX-Request": "true"})
    assert (after.status_code, after.headers["HX-Redirect"]) == (204, page)
    assert reverse("migration:undo", args=[session.pk]) in client.get(page).content.decode()
