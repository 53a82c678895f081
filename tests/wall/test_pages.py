"""Every page, panel, file and collection that people from outside reach is the same behind the wall as it would be without it."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from anwei.config.testing import walled_by
from anwei.core.actor import Actor
from anwei.core.registers import registers
from anwei.equipment.contracts.tests.factory import make_contract
from anwei.equipment.devices.operations import amend, transfer
from anwei.equipment.devices.tests.factory import make_device, make_hospital
from anwei.finance.billing.operations import invoice, receive_payment
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.workorders.intake.tests.factory import make_request, picture
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.quality.operations import deliver_report
from tests.journeys.company import make_company
from tests.journeys.stages import settled

LINK = re.compile(r'(?:href|src|hx-get)="(/[^"#]*)"')
CHANGING = re.compile(r'name="(?:csrfmiddlewaretoken|request_id)" value="[^"]*"|X-CSRFToken[^}]*|data-at="[^"]*"|\b40[34]-[0-9a-f]{8}\b')
LEFT_OUT = ("/static/", "/logout/", "/language/", "/demo/")
BEGIN = (
    "/",
    "/devices/?view=all",
    "/orders/?view=all",
    "/contracts/?view=all",
    "/organisations/",
    "/notices/",
    "/accounts/me/",
    "/devices/models/",
    "/intake/?view=all",
    "/billing/?view=all",
    "/portal/report/",
    "/search/?q=LB",
    "/search/?q=WH",
    "/orders/?q=WH",
    "/devices/?q=LB",
    "/devices/options/devices/?q=LB",
    "/devices/options/hospitals/?q=",
    "/devices/options/models/?q=LB",
    "/organisations/?q=WH",
    "/contracts/?q=WH",
    "/no/such/page/",
)


class NoWall:
    """As it was before there was one."""

    @contextmanager
    def outside(self, actor: Actor) -> Iterator[None]:
        """Change nothing."""
        yield

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Change nothing."""
        yield


@pytest.fixture(scope="module")
def people(committed_together: str) -> list[User]:
    """Two hospitals and a distributor around a repair from report to payment, whose device was then handed over."""
    system, now = system_actor("test"), timezone.now()
    company = make_company()
    device, first = company.device, company.device.hospital
    dealer = make_hospital("通达医疗器械", branch=company.branch, roles=["distributor"])
    second = make_hospital("武汉市第二医院", branch=company.branch)
    amend(actor=system, device=device, distributor=dealer, has_no_udi=True, at=now)
    spare = make_device(first)
    make_contract(spare)
    settlement = settled(company)
    deliver_report(actor=company.actor("quinn"), order=settlement.order, at=now, site="https://anwei.example")
    bill = invoice(actor=company.actor("fay"), settlement=settlement, at=now)
    receive_payment(actor=company.actor("fay"), invoice=bill, amount=bill.gross / 2, reference="BANK-1", at=now)
    make_request(spare, photo=picture())
    transfer(actor=system, device=device, hospital=second, reason="调拨", at=timezone.now())
    return [
        make_user("first", "hospital_engineer", side="hospital", hospital=first.pk),
        make_user("second", "hospital_engineer", side="hospital", hospital=second.pk),
        make_user("dealer", "distributor_user", side="distributor", distributor=dealer.pk),
        make_user("granted", "distributor_user", side="distributor", order=WorkOrder.objects.get(pk=settlement.order_id).pk),
    ]


def everything(user: User) -> dict[str, Any]:
    """Return every answer that somebody reaches by following links, with its status."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    todo, seen = [*BEGIN, *(f"/api/v1/{name}?limit=500" for name in registers.resources)], {}
    while todo:
        address = todo.pop()
        if address in seen or address.startswith(LEFT_OUT):
            continue
        response = client.get(address)
        text = b"".join(response).decode(errors="replace") if response.streaming else response.content.decode(errors="replace")
        seen[address] = (response.status_code, CHANGING.sub("", text))
        kind = response.headers.get("Content-Type", "")
        todo += [html.unescape(link) for link in LINK.findall(text)] if "html" in kind else []
        if "json" in kind and response.status_code == 200 and isinstance(response.json(), dict):
            rows = response.json().get("items", [])
            todo += [f"{address.partition('?')[0]}/{row['id']}" for row in rows[:3]]
            todo += [f"/files/{row['file']}/" for row in rows if row.get("file")]
    return seen


@pytest.mark.parametrize("place", range(4), ids=["former owner", "present owner", "distributor", "one order"])
def test_what_they_reach_is_the_same_with_the_wall_and_without(people: list[User], place: int) -> None:
    behind = everything(people[place])
    with walled_by(NoWall()):
        before = everything(people[place])
    assert len(behind) > 60 and not [address for address, (status, _text) in behind.items() if status >= 500]
    # a link that leads nowhere is not drawn any more: a request's order stayed with the hospital that has handed the device over
    dead = before.keys() - behind.keys()
    assert behind.keys() <= before.keys() and {before[address][0] for address in dead} <= {404}
    assert [
        address for address in behind if behind[address] != before[address] and not any(end in before[address][1] for end in dead)
    ] == []
    rows = {address for address, (status, _text) in behind.items() if status == 200}
    assert any(address.startswith("/devices/0") for address in rows) or place == 3
