"""A deed that was set aside: who may have it followed again, and the page that shows it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.core.ids import uuid7
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.invariants import set_aside
from anwei.foundation.audit.models import Deed, Owed
from anwei.foundation.audit.operations import follow_again
from tests.trail.factory import open_branches

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed() -> Owed:
    """Return a deed that was set aside."""
    open_branches()
    deed = Deed.objects.filter(verb="branches.open").latest("received")
    return Owed.objects.create(
        follower="orders.wake", deed=deed.id, received=deed.received, touches=deed.touches, tries=5, next_at=deed.received,
        error="ValueError: no such shelf", is_set_aside=True,
    )  # fmt: skip


def test_it_is_followed_again_with_all_its_tries(owed: Owed) -> None:
    ann, now = make_actor("ann", "administrator"), timezone.now()
    assert set_aside() == [{"follower": "orders.wake", "deed": str(owed.deed), "tries": 5, "error": owed.error}]
    follow_again(actor=ann, owed=owed, at=now)
    follow_again(actor=ann, owed=owed, at=now)
    owed.refresh_from_db()
    assert (owed.is_set_aside, owed.tries, owed.next_at) == (False, 0, now) and set_aside() == []
    done = Deed.objects.filter(verb="audit.follow_again").order_by("id").values_list("outcome", "actor", "subject")
    assert list(done) == [("done", ann.id, f"audit.Owed:{owed.pk}"), ("unchanged", ann.id, "")]


def test_only_who_runs_the_system_may_have_it_followed_again(owed: Owed) -> None:
    with pytest.raises(NoRight):
        follow_again(actor=make_actor("tom", "auditor"), owed=owed, at=timezone.now())


def test_the_page_tells_the_reason_and_has_it_tried_again(owed: Owed, client: Client) -> None:
    ann = make_user("ann", "administrator")
    client.force_login(ann)
    text = client.get(reverse("audit:set_aside")).content.decode()
    assert "no such shelf" in text and "orders.wake" in text
    answer = client.post(reverse("audit:follow_again", args=[owed.pk]), {"request_id": str(uuid7())})
    assert answer["Location"] == reverse("audit:set_aside")
    assert not Owed.objects.set_aside().exists()


def test_the_page_is_for_who_runs_the_system(owed: Owed, client: Client) -> None:
    client.force_login(make_user("tom", "dispatcher"))
    assert client.get(reverse("audit:set_aside")).status_code == 403
