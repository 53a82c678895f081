from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from anwei.core.ids import uuid7
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.tests.factory import make_user
from anwei.workorders.dispatch.operations import assign
from anwei.workorders.dispatch.tests.factory import Shop, make_engineer, make_order, make_shop
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import Visit

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def signed_in(shop: Shop) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=shop.dana.id))
    return client


def appointment(engineer, start, **more: str) -> dict[str, str]:
    at = timezone.localtime(start).replace(second=0, microsecond=0)
    text = "%Y-%m-%dT%H:%M"
    return {
        "engineer": str(engineer.pk), "from_at": at.strftime(text), "to_at": (at + HOUR).strftime(text), "request_id": str(uuid7()), **more,
    }  # fmt: skip


def test_the_board_shows_what_waits_and_the_days_jobs() -> None:
    shop = make_shop()
    tom, waiting, planned = make_engineer(shop, "Tom"), make_order(shop), make_order(shop)
    now = timezone.now()
    visit = assign(actor=shop.dana, order=planned, engineer=tom, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now)
    day = timezone.localdate(visit.from_at).isoformat()
    text = signed_in(shop).get(reverse("dispatch:board"), {"day": day}).content.decode()
    assert f"?order={waiting.pk}" in text and planned.number in text and "Tom" in text


def test_a_selected_order_names_who_could_go_and_who_may_not() -> None:
    shop = make_shop()
    make_engineer(shop, "Tom")
    make_engineer(shop, "Old", expires_in=-1)
    text = signed_in(shop).get(reverse("dispatch:board"), {"order": str(make_order(shop).pk)}).content.decode()
    assert "派给Tom" in text and "派给Old" not in text and "证书已过期" in text
    assert 'data-key="a"' in text


def test_sending_from_the_board_assigns_once_and_offers_a_way_back() -> None:
    shop = make_shop()
    tom, order, client = make_engineer(shop, "Tom"), make_order(shop), signed_in(shop)
    body = appointment(tom, timezone.now() + HOUR)
    for _time in range(2):
        answer = client.post(reverse("dispatch:assign", args=[order.pk]), body, follow=True)
        assert answer.status_code == 200
    assert Visit.objects.get().engineer == tom and Visit.objects.get().reasons
    undo = reverse("dispatch:undo", args=[order.pk])
    assert undo in answer.content.decode()
    client.post(undo, {"request_id": str(uuid7())})
    assert WorkOrder.objects.get(pk=order.pk).state == "accepted"


def test_a_refused_appointment_keeps_what_was_typed() -> None:
    shop = make_shop()
    tom, first, second, client = make_engineer(shop, "Tom"), make_order(shop), make_order(shop), signed_in(shop)
    body = appointment(tom, timezone.now() + HOUR)
    client.post(reverse("dispatch:assign", args=[first.pk]), body)
    again = body | {"request_id": str(uuid7())}
    answer = client.post(reverse("dispatch:assign", args=[second.pk]), again)
    assert answer.status_code == 422
    assert "已有预约" in answer.content.decode() and body["from_at"] in answer.content.decode()


def test_a_job_is_moved_with_a_reason_from_the_board() -> None:
    shop = make_shop()
    tom, ann, order, client = make_engineer(shop, "Tom"), make_engineer(shop, "Ann"), make_order(shop), signed_in(shop)
    now = timezone.now()
    client.post(reverse("dispatch:assign", args=[order.pk]), appointment(tom, now + HOUR))
    without = client.post(reverse("dispatch:reassign", args=[order.pk]), appointment(ann, now + HOUR))
    assert without.status_code == 422
    client.post(reverse("dispatch:reassign", args=[order.pk]), appointment(ann, now + HOUR, reason="Tom is late"))
    assert WorkOrder.objects.get(pk=order.pk).engineer == ann


def test_a_job_is_taken_back_on_its_page() -> None:
    shop = make_shop()
    tom, order, client = make_engineer(shop, "Tom"), make_order(shop), signed_in(shop)
    client.post(reverse("dispatch:assign", args=[order.pk]), appointment(tom, timezone.now() + HOUR))
    address = reverse("dispatch:take_back", args=[order.pk])
    assert client.post(address, {"reason": "", "request_id": str(uuid7())}).status_code == 422
    assert client.post(address, {"reason": "ill", "request_id": str(uuid7())}).status_code == 302
    assert WorkOrder.objects.get(pk=order.pk).engineer is None


def test_others_may_not_open_the_board() -> None:
    shop = make_shop()
    client = Client()
    assert client.get(reverse("dispatch:board")).status_code == 302
    client.force_login(make_user("sue", "storekeeper", branch=shop.branch.pk))
    assert client.get(reverse("dispatch:board")).status_code == 403


def test_more_rows_ask_no_more_questions() -> None:
    shop = make_shop()
    client, counts = signed_in(shop), []
    for size in (2, 4):
        for number in range(size):
            engineer, now = make_engineer(shop, f"E{size}{number}"), timezone.now()
            make_order(shop)
            assign(actor=shop.dana, order=make_order(shop), engineer=engineer, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now)
        client.get(reverse("dispatch:board"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("dispatch:board"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
