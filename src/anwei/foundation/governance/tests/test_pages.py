from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.governance.models import Proposal
from anwei.foundation.governance.operations import propose

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)


def make_proposal(name: str = "uma") -> Proposal:
    adam, user = actor_for(make_user(f"adam-{name}", "administrator"), "page"), make_user(name, "dispatcher")
    subject = f"accounts.User:{user.pk}"
    return propose(actor=adam, verb="accounts.disable", payload={"user": str(user.pk)}, subject=subject, reason="已离职", at=AT)


def test_a_steward_approves_on_the_page(client: Client) -> None:
    proposal = make_proposal()
    client.force_login(make_user("stella", "data_steward"))
    url = reverse("governance:proposal", args=[proposal.pk])
    assert "已离职" in client.get(url).content.decode()
    assert client.post(url, {"approve": "", "answer": ""}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "performed"
    assert "已批准并执行" in client.get(url).content.decode()


def test_declining_without_a_word_is_told_on_the_form(client: Client) -> None:
    proposal = make_proposal()
    client.force_login(make_user("stella", "data_steward"))
    answer = client.post(reverse("governance:proposal", args=[proposal.pk]), {"decline": "", "answer": ""})
    assert answer.status_code == 422
    assert "请写明原因" in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_the_proposer_is_offered_no_decision(client: Client) -> None:
    proposal = make_proposal()
    client.force_login(proposal.proposer)
    content = client.get(reverse("governance:proposal", args=[proposal.pk])).content.decode()
    assert "批准并执行" not in content
    assert "不能批准自己的提议" in content


def test_who_may_open_proposals(client: Client) -> None:
    url = reverse("governance:proposals")
    assert client.get(url).status_code == 302
    client.force_login(make_user("hanna", "hospital_engineer", side="hospital"))
    assert client.get(url).status_code == 403
    proposal = make_proposal()
    client.force_login(make_user("dana", "dispatcher"))
    assert client.get(url).status_code == 200
    assert client.get(reverse("governance:proposal", args=[proposal.pk])).status_code == 404
