"""Mail that leaves the house: written by the deed that wants it, sent after its commit, each try kept.

SMTP gives no more than at least once. A try is written down before it begins: a worker killed between the server's yes and our note
of it leaves a try without an end, the mail is sent again after `LEASE`, and both copies carry the same Message-ID.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import models

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.core.operation import operation, record, running_deed, unchanged
from anwei.foundation.files.models import StoredFile
from anwei.foundation.notices.errors import NobodyToSendTo, NotDue, OtherMail, SentAlready
from anwei.foundation.notices.models import Attempt, Mail
from anwei.foundation.notices.permissions import SEND_AGAIN, SEND_MAIL
from anwei.foundation.notices.rules import LEASE, TRIES, pause_after

BEGUN, SENT, FAILED = Attempt.Outcome.BEGUN, Attempt.Outcome.SENT, Attempt.Outcome.FAILED


def post(
    *,
    to: Sequence[str],
    subject_zh: str,
    subject_en: str,
    body: str,
    cause: models.Model,
    at: datetime,
    attachments: Sequence[StoredFile] = (),
) -> Mail:
    """Put a mail into the outbox within the running deed; it leaves after the commit, or not at all.

    :raises NobodyToSendTo: no address was given
    """
    running_deed()
    addresses = list(dict.fromkeys(address.strip() for address in to if address.strip()))
    if not addresses:
        raise NobodyToSendTo(field="to")
    subject = " / ".join(dict.fromkeys(" ".join(text.split()) for text in (subject_zh, subject_en) if text.strip()))
    id = uuid7()
    mail = Mail.objects.create(
        id=id, to=addresses, subject=subject[:300], body=body, cause=f"{cause._meta.label}:{cause.pk}", posted_at=at, next_at=at,
        message_id=f"<{id}@{settings.SMTP_FROM.rpartition('@')[2]}>",
    )  # fmt: skip
    mail.attachments.set(attachments)
    record(mail, "notices.posted", at=at)
    return mail


@operation("notices.begin_sending", right=SEND_MAIL, on="mail")
def begin_sending(*, actor: Actor, mail: Mail, at: datetime) -> Attempt:
    """Write down that a mail is about to be sent; until `LEASE` is over nobody else sends it.

    :raises NotDue: it was sent, has failed, or is being sent by another
    """
    if mail.state != Mail.State.WAITING or mail.next_at > at:
        raise NotDue
    mail.next_at = at + LEASE
    mail.save()
    attempt = Attempt.objects.create(mail=mail, at=at)
    record(mail, "notices.sending", at=at)
    return attempt


@operation("notices.end_sending", right=SEND_MAIL, on="mail")
def end_sending(*, actor: Actor, mail: Mail, attempt: Attempt, reason: str, is_final: bool, at: datetime, is_written: bool = False) -> Mail:
    """Write down how a try ended: sent, or written as a file, if there is no reason against it; else tried again later, or failed for good.

    A try whose mail was settled meanwhile changes the mail no more.

    :raises OtherMail: the try was one to send another mail
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.mail_id != mail.pk:
        raise OtherMail(field="attempt")
    if attempt.outcome != BEGUN:
        unchanged(mail)
        return mail
    taken = Attempt.Outcome.WRITTEN if is_written else SENT
    attempt.outcome, attempt.reason, attempt.ended_at = FAILED if reason else taken, reason[:2000], at
    attempt.save()
    if not reason:
        mail.state, mail.sent_at = Mail.State(taken), None if is_written else at
    elif mail.state == Mail.State.WAITING:
        tries = mail.attempts.count()
        mail.next_at = at + pause_after(tries)
        mail.state = Mail.State.FAILED if is_final or tries % TRIES == 0 else Mail.State.WAITING
    mail.save()
    word = {Mail.State.SENT: "notices.sent", Mail.State.WRITTEN: "notices.written", Mail.State.FAILED: "notices.failed"}.get(
        Mail.State(mail.state), "notices.put_off"
    )
    record(mail, word, at=at)
    return mail


@operation("notices.send_again", right=SEND_AGAIN, on="mail")
def send_again(*, actor: Actor, mail: Mail, at: datetime) -> Mail:
    """Send a mail once more that has failed or was only written as a file; one that waits is sent at once.

    :raises SentAlready: it was sent
    """
    if mail.state == Mail.State.SENT:
        raise SentAlready
    if mail.attempts.filter(outcome=BEGUN, at__gt=at - LEASE).exists():
        unchanged(mail)  # it is being sent at this moment
        return mail
    mail.state, mail.next_at = Mail.State.WAITING, at
    mail.save()
    record(mail, "notices.send_again", at=at)
    return mail
