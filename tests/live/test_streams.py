"""What the live process says, to whom, and what it costs."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from anwei.foundation.accounts.tests.factory import make_user
from anwei.workorders.visits.operations import accept
from tests.journeys.company import Company
from tests.journeys.visit import send_out
from tests.live.conftest import Stream

pytestmark = pytest.mark.commit
Listen = Callable[..., Stream]


def test_who_may_see_an_order_hears_that_it_changed_and_nothing_else(company: Company, listen: Listen) -> None:
    order = send_out(company)
    topic = f"orders.WorkOrder:{order.pk}"
    stream = listen(company.users["dana"], topic, "orders.WorkOrder")
    assert stream.status == 200 and stream.answer.headers["Cache-Control"] == "no-store"
    assert stream.next() == ("hello", {topic, "orders.WorkOrder"})
    accept(actor=company.actor("tom"), order=order, at=timezone.now())
    heard: set[str] = set()
    while heard != {topic, "orders.WorkOrder"}:
        name, topics = stream.next()
        heard |= topics
        assert name == "changed"


def test_nobody_hears_of_what_they_may_not_see(company: Company, listen: Listen) -> None:
    order = send_out(company)
    topic = f"orders.WorkOrder:{order.pk}"
    stranger = make_user("stranger", "hospital_engineer", side="hospital")
    own = make_user("own", "hospital_engineer", side="hospital", hospital=order.hospital_id)
    assert listen(None, topic).status == 204
    assert listen(stranger, topic, "orders.WorkOrder").status == 204
    assert listen(own, topic, "orders.WorkOrder").next() == ("hello", {topic})  # of all orders nobody from outside hears
    assert listen(company.users["dana"], "no.Such:thing", "accounts.User:x", "sessions.Session").status == 204


def test_a_page_of_another_host_is_told_nothing(company: Company, listen: Listen) -> None:
    dana = company.users["dana"]
    assert listen(dana, "orders.WorkOrder", origin="https://elsewhere.example").status == 404
    assert listen(dana, "orders.WorkOrder", origin="http://127.0.0.1:9").status == 404
    answer = listen(dana, "orders.WorkOrder", origin="http://127.0.0.1:8000").answer
    assert answer.headers["Access-Control-Allow-Origin"] == "http://127.0.0.1:8000"


def test_who_comes_again_is_told_what_was_missed(company: Company, listen: Listen) -> None:
    order, dana = send_out(company), company.users["dana"]
    topic = f"orders.WorkOrder:{order.pk}"
    witness = listen(dana, topic)
    gone = listen(dana, topic)
    assert (gone.next()[0], witness.next()[0]) == ("hello", "hello")
    gone.close()
    accept(actor=company.actor("tom"), order=order, at=timezone.now())
    assert witness.next() == ("changed", {topic})
    again = listen(dana, topic, last=gone.id)
    assert [again.next(), again.next()] == [("hello", {topic}), ("changed", {topic})]
    unknown = listen(dana, topic, last="another-7")  # of a process that is gone: anything may have changed
    assert [unknown.next()[0], unknown.next()] == ["hello", ("changed", {topic})]


def test_many_streams_cost_no_connection_more_than_one(company: Company, listen: Listen) -> None:
    dana = company.users["dana"]

    def connections() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
            return int(cursor.fetchone()[0])

    assert listen(dana, "orders.WorkOrder").next()[0] == "hello"
    one = connections()
    streams = [listen(dana, "orders.WorkOrder") for _ in range(60)]
    assert {stream.next()[0] for stream in streams} == {"hello"}
    assert connections() == one <= 2
    send_out(company)
    assert [stream.next() for stream in streams] == [("changed", {"orders.WorkOrder"})] * 60
