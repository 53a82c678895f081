"""What a ward is told of its repair."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation

from anwei.entrances.portal.ward import engineer_name, progress
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.notices.models import Notice
from anwei.workorders.dispatch.operations import assign
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import accept, decline
from anwei.workorders.intake.tests.factory import make_clerk, make_request, make_ward
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.operations import accept as take
from anwei.workorders.visits.operations import travel
from tests.journeys.company import make_engineer

pytestmark = pytest.mark.django_db


def on_the_way(request: FaultRequest, at: datetime) -> WorkOrder:
    """Bring a request on the way: taken in, given to 陈亮, who has set out."""
    order = accept(actor=make_clerk(request.device), request=request, at=at)
    user = make_user("陈亮", "field_engineer")
    engineer = make_engineer(user, order.branch)
    dispatcher = make_actor("dana", "dispatcher", branch=order.branch_id)
    assign(actor=dispatcher, order=order, engineer=engineer, from_at=at, to_at=at + timedelta(hours=2), at=at)
    for step in (take, travel):
        step(actor=actor_for(user, "page"), order=order, at=at)
    order.refresh_from_db()
    return order


def test_a_new_report_is_received_and_all_else_is_to_come() -> None:
    told = progress(make_request(make_ward()), timezone.now())
    assert [s.later for s in told.stages] == [False, True, True, True, True] and not told.engineer


def test_a_repair_is_told_in_ward_words_with_times_and_the_engineers_surname(client) -> None:
    request = make_request(make_ward(), name="周敏", text="王某某")
    on_the_way(request, timezone.now())
    page = client.get(f"/s/{request.token}/").content.decode()
    assert "陈工 在路上" in page and "陈工 已出发" in page and "已受理" in page and "预计" in page
    hidden = ("陈亮", "13800000417", "周敏", "王某某", "chen", "￥", "CNY")
    assert not [word for word in hidden if word in page]


def test_the_engineer_who_has_it_is_told_that_the_ward_asks(client) -> None:
    request = make_request(make_ward())
    engineer = on_the_way(request, timezone.now()).engineer
    client.post(f"/s/{request.token}/urge/", {"request_id": uuid.uuid4()})
    assert engineer and Notice.objects.filter(user=engineer.user, message__startswith="The ward asks").count() == 1


def test_an_answer_without_an_order_is_read_by_the_ward(client) -> None:
    device = make_ward()
    request = make_request(device)
    decline(actor=make_clerk(device), request=request, answer="请联系厂家 400-800", at=timezone.now())
    page = client.get(f"/s/{request.token}/").content.decode()
    assert "请联系厂家 400-800" in page and "催一下" not in page


def test_a_ward_reminds_us_once_an_hour_from_its_page(client) -> None:
    request = make_request(make_ward())
    url = f"/s/{request.token}/urge/"
    assert client.post(url, {"request_id": uuid.uuid4()})["Location"] == f"/s/{request.token}/"
    page = client.get(f"/s/{request.token}/").content.decode()
    assert "催过我们" in page and url not in page
    again = client.post(url, {"request_id": uuid.uuid4()})
    assert again.status_code == 429 and "一小时" in again.content.decode()
    assert client.get(url).status_code == 405


def test_an_unknown_link_answers_kindly(client) -> None:
    make_ward()
    answer = client.get("/s/nothing/")
    assert answer.status_code == 404 and "400-WH" in answer.content.decode()
    assert client.post("/s/nothing/urge/").status_code == 404


@pytest.mark.parametrize(
    ("name", "zh", "en"), [("陈亮", "陈工", "Engineer Chen"), ("欧阳明", "欧阳工", "Engineer Ouyang"), ("Tom Mills", "Tom", "Tom")]
)
def test_an_engineer_is_called_by_surname(name, zh, en) -> None:
    with translation.override("zh-hans"):
        assert engineer_name(name) == zh
    with translation.override("en"):
        assert engineer_name(name) == en
