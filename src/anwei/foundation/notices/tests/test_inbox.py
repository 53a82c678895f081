import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from anwei.core.errors import NotFound
from anwei.core.ids import uuid7
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.notices.operations import read, read_all, tell
from anwei.foundation.notices.queries import inbox, unread_count, words
from anwei.foundation.notices.tests.factory import make_notice

pytestmark = pytest.mark.django_db


def test_a_notice_is_spoken_in_the_readers_language() -> None:
    line = make_notice(make_user("tom", "field_engineer"))
    with translation.override("zh-hans"):
        assert words(line) == "新工单 WH-1：漏气"
    with translation.override("en"):
        assert words(line) == "New job WH-1: 漏气"


def test_reading_a_line_is_kept_once() -> None:
    tom = make_user("tom", "field_engineer")
    actor, line, now = actor_for(tom, "page"), make_notice(tom), timezone.now()
    read(actor=actor, notice=line, at=now)
    read(actor=actor, notice=line, at=timezone.now())
    line.refresh_from_db()
    assert line.read_at == now
    assert list(Deed.objects.filter(verb="notices.read").order_by("id").values_list("outcome", flat=True)) == ["done", "unchanged"]


def test_nobody_reads_another_ones_inbox() -> None:
    tom, ann = make_user("tom", "field_engineer"), make_user("ann", "administrator")
    line = make_notice(tom)
    assert not inbox(actor_for(ann, "page")).exists()
    with pytest.raises(NotFound):
        read(actor=actor_for(ann, "page"), notice=line, at=timezone.now())


def test_everything_is_read_at_once_and_only_ones_own() -> None:
    tom, ann = make_user("tom", "field_engineer"), make_user("ann", "field_engineer")
    for user in (tom, tom, ann):
        make_notice(user)
    assert read_all(actor=actor_for(tom, "page"), at=timezone.now()) == 2
    assert read_all(actor=actor_for(tom, "page"), at=timezone.now()) == 0
    assert unread_count(actor_for(ann, "page")) == 1


def test_telling_belongs_to_a_deed() -> None:
    with pytest.raises(RuntimeError):
        tell(user=make_user("tom"), message="x", values={}, url="", at=timezone.now())


def test_the_page_shows_unread_first_and_leads_to_the_record() -> None:
    tom, client = make_user("tom", "dispatcher"), Client()
    client.force_login(tom)
    new, old = make_notice(tom, values={"number": "NEW", "title": "x"}), make_notice(tom, values={"number": "OLD", "title": "x"})
    read(actor=actor_for(tom, "page"), notice=old, at=timezone.now())
    text = client.get(reverse("notices:inbox")).content.decode()
    assert text.index("NEW") < text.index("OLD")
    answer = client.post(reverse("notices:open", args=[new.pk]), {"request_id": str(uuid7())})
    assert answer["Location"] == "/field/job/1/" and unread_count(actor_for(tom, "page")) == 0
