from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from anwei.core.errors import NotFound
from anwei.core.ids import uuid7
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.organisations.models import Contact, Organisation
from anwei.foundation.organisations.operations import add_department, register
from anwei.foundation.organisations.queries import body_of, distance_between

pytestmark = pytest.mark.django_db


def branch_of(body: Organisation) -> UUID:
    """Return the branch that serves a body."""
    assert body.branch_id
    return body.branch_id


def body(name: str = "上海市第一医院", code: str = "SH", **changed: object) -> Organisation:
    """Register a hospital of a branch."""
    return register(actor=system_actor("test"), name=name, roles=["hospital"], city="上海市", branch=make_branch(code), **changed)  # type: ignore[arg-type]


def signed_in(name: str, role: str, **rows: object) -> Client:
    client = Client()
    client.force_login(make_user(name, role, **rows))  # type: ignore[arg-type]
    return client


def test_the_list_and_the_page_show_a_body_of_ones_branch_only() -> None:
    here, far = body(aliases=["公济医院"]), body("北京市第一医院", "BJ")
    client = signed_in("dana", "dispatcher", branch=branch_of(here))
    text = client.get(reverse("organisations:list")).content.decode()
    assert here.name in text and far.name not in text
    assert "公济医院" in client.get(reverse("organisations:organisation", args=[here.pk])).content.decode()
    assert client.get(reverse("organisations:organisation", args=[far.pk])).status_code == 404
    with pytest.raises(NotFound):
        body_of(make_actor("dora", "dispatcher", branch=branch_of(here)), far.pk)


def test_a_body_is_registered_on_its_page_once_with_its_county_found() -> None:
    branch, client = make_branch("SH", provinces=["上海市"]), signed_in("stella", "data_steward")
    form = {
        "name": "徐汇区中心医院", "roles": ["hospital"], "province": "上海", "city": "上海市", "address": "徐汇区淮海中路 966 号",
        "aliases": "中山徐汇\n",
        "phones": "021-1，021-2",
        "request_id": str(uuid7()),
    }  # fmt: skip
    for _time in range(2):
        assert client.post(reverse("organisations:register"), form).status_code == 302
    made = Organisation.objects.get(name="徐汇区中心医院")
    assert (made.branch, made.adcode, made.phones, made.province) == (branch, "310104", ["021-1", "021-2"], "上海市")
    refused = client.post(reverse("organisations:register"), form | {"request_id": str(uuid7())})
    assert refused.status_code == 422 and "徐汇区淮海中路 966 号" in refused.content.decode()


def test_departments_and_contacts_are_added_by_who_may() -> None:
    here = body()
    client = signed_in("stella", "data_steward", branch=branch_of(here))
    client.post(reverse("organisations:add_department", args=[here.pk]), {"name": "ICU", "request_id": str(uuid7())})
    client.post(reverse("organisations:add_contact", args=[here.pk]), {"name": "王敏", "phone": "138", "request_id": str(uuid7())})
    text = client.get(reverse("organisations:organisation", args=[here.pk])).content.decode()
    assert "ICU" in text and "王敏" in text and Contact.objects.count() == 1
    other = signed_in("dana", "dispatcher", branch=branch_of(here))
    assert other.get(reverse("organisations:add_department", args=[here.pk])).status_code == 403


def test_a_department_that_exists_is_not_made_again() -> None:
    here, system = body(), system_actor("test")
    assert add_department(actor=system, organisation=here, name="ICU") == add_department(actor=system, organisation=here, name="ICU")


def test_the_way_between_two_counties_is_known_by_their_codes() -> None:
    assert distance_between("310104", "310104") == 0
    assert 900 < (distance_between("310104", "110101") or 0) < 1200
    assert distance_between("310199", "110101") and distance_between("", "110101") is None and distance_between("999999", "110101") is None
