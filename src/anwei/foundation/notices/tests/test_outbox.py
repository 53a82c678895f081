"""The outbox: a mail belongs to its deed, each try is kept, and what has failed may be sent again."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.core.ids import uuid7
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.notices.errors import NobodyToSendTo, NotDue, OtherMail, SentAlready
from anwei.foundation.notices.models import Attempt, Mail
from anwei.foundation.notices.operations import begin_sending, end_sending, post, send_again
from anwei.foundation.notices.rules import LEASE, TRIES, pause_after
from anwei.foundation.notices.tests.factory import make_mail

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


def failed(mail: Mail, *, is_final: bool = False) -> Mail:
    """Let a try fail, at the moment at which the mail is due."""
    mail.refresh_from_db()
    at = mail.next_at
    attempt = begin_sending(actor=SYSTEM, mail=mail, at=at)
    return end_sending(actor=SYSTEM, mail=mail, attempt=attempt, reason="450 busy", is_final=is_final, at=at)


def test_posting_belongs_to_a_deed_and_leaves_its_record() -> None:
    with pytest.raises(RuntimeError):
        post(to=["a@b.example"], subject_zh="", subject_en="", body="", cause=make_user("tom"), at=timezone.now())
    mail = make_mail(to=["a@b.example", " a@b.example", ""], subject_zh="订单\r\nBcc: x@y.example")
    assert (mail.to, mail.subject) == (["a@b.example"], "订单 Bcc: x@y.example / Purchase order PO-1")
    assert Deed.objects.get(touches__contains=[f"notices.Mail:{mail.pk}"]).words == ["notices.posted"]


def test_without_an_address_nothing_is_posted() -> None:
    with pytest.raises(NobodyToSendTo):
        make_mail(to=[" "])
    assert not Mail.objects.exists()


def test_a_mail_that_is_being_sent_is_not_sent_by_another() -> None:
    mail, now = make_mail(), timezone.now()
    begin_sending(actor=SYSTEM, mail=mail, at=now)
    with pytest.raises(NotDue):
        begin_sending(actor=SYSTEM, mail=mail, at=now + LEASE / 2)
    begin_sending(actor=SYSTEM, mail=mail, at=now + LEASE)  # the other was cut off
    assert list(mail.attempts.values_list("outcome", flat=True)) == ["begun", "begun"]


def test_a_try_to_send_another_mail_settles_nothing() -> None:
    mail, other, now = make_mail(), make_mail(), timezone.now()
    attempt = begin_sending(actor=SYSTEM, mail=other, at=now)
    with pytest.raises(OtherMail):
        end_sending(actor=SYSTEM, mail=mail, attempt=attempt, reason="", is_final=False, at=now)
    mail.refresh_from_db()
    assert (mail.state, other.attempts.get().outcome) == ("waiting", "begun")


def test_a_try_ends_once() -> None:
    mail, now = make_mail(), timezone.now()
    attempt = begin_sending(actor=SYSTEM, mail=mail, at=now)
    for reason in ("", "450 busy"):
        end_sending(actor=SYSTEM, mail=mail, attempt=attempt, reason=reason, is_final=False, at=now)
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.attempts.get().outcome) == ("sent", now, "sent")
    assert list(Deed.objects.filter(verb="notices.end_sending").order_by("id").values_list("outcome", flat=True)) == ["done", "unchanged"]


def test_a_mail_that_is_put_off_waits_longer_each_time_and_then_has_failed() -> None:
    mail = make_mail()
    for tries in range(1, TRIES):
        before = failed(mail)
        assert before.next_at - before.attempts.latest("at").at == pause_after(tries)
    assert failed(mail).state == "failed"


def test_what_can_never_be_taken_fails_at_once_and_is_sent_again_by_who_may() -> None:
    mail, ann = make_mail(), make_actor("ann", "administrator")
    failed(mail, is_final=True)
    assert not Mail.objects.due(timezone.now() + timedelta(days=9)).exists()
    with pytest.raises(NoRight):
        send_again(actor=make_actor("tom", "field_engineer"), mail=mail, at=timezone.now())
    send_again(actor=ann, mail=mail, at=timezone.now())
    assert Mail.objects.due(timezone.now()).get() == mail
    attempt = begin_sending(actor=SYSTEM, mail=mail, at=timezone.now())
    assert send_again(actor=ann, mail=mail, at=timezone.now()).next_at > timezone.now()  # it is under way
    end_sending(actor=SYSTEM, mail=mail, attempt=attempt, reason="", is_final=False, at=timezone.now())
    with pytest.raises(SentAlready):
        send_again(actor=ann, mail=mail, at=timezone.now())
    assert Attempt.objects.filter(mail=mail).count() == 2


def test_only_who_may_writes_down_what_became_of_a_mail() -> None:
    mail, buyer = make_mail(), make_actor("ann", "buyer")
    with pytest.raises(NoRight):
        begin_sending(actor=buyer, mail=mail, at=timezone.now())


def test_the_pages_show_what_failed_why_and_where_mails_go(client: Client) -> None:
    client.force_login(make_user("ann", "administrator"))
    mail = make_mail()
    failed(mail, is_final=True)
    text = client.get(reverse("notices:outbox")).content.decode()
    assert "Purchase order PO-1" in text and str(settings.MAIL_FOLDER) in text
    page = client.get(reverse("notices:mail", args=[mail.pk])).content.decode()
    assert "450 busy" in page and mail.message_id.strip("<>") in page
    client.post(reverse("notices:send_again", args=[mail.pk]), {"request_id": str(uuid7())})
    mail.refresh_from_db()
    assert mail.state == "waiting"


def test_the_outbox_is_not_for_everybody(client: Client) -> None:
    client.force_login(make_user("tom", "field_engineer"))
    assert client.get(reverse("notices:outbox")).status_code == 403
    assert client.get(reverse("notices:mail", args=[make_mail().pk])).status_code == 403
