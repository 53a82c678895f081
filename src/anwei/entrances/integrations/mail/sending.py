"""Sending what is due: a try is written down, the mail leaves, and how it ended is written down."""

import logging
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from anwei.entrances.integrations.mail.transport import NotTaken, into_folder, transport
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.files.operations import content_of
from anwei.foundation.notices.errors import NotDue
from anwei.foundation.notices.models import Mail
from anwei.foundation.notices.operations import begin_sending, end_sending

log = logging.getLogger("anwei.mail")

AT_ONCE = 50
SELDOM = 60.0  # seconds to the next look when nobody calls


def send_due(at: datetime | None = None) -> float:
    """Send every mail that is due, now or at a given time, one after the other, and return in how many seconds to look again."""
    at = at or timezone.now()
    due = list(Mail.objects.due(at)[:AT_ONCE])
    for mail in due:
        send(mail, at)
    if len(due) == AT_ONCE:
        return 0
    next_at = Mail.objects.filter(state=Mail.State.WAITING).aggregate(next=Min("next_at"))["next"]
    return SELDOM if next_at is None else min(SELDOM, max(0.2, (next_at - timezone.now()).total_seconds()))


def send(mail: Mail, at: datetime) -> None:
    """Try to send one mail and keep how it ended; one that is not due any more is left alone."""
    actor = system_actor()
    try:
        attempt = begin_sending(actor=actor, mail=mail, at=at)
    except NotDue:
        log.info("not due any more: %s", mail.pk)
        return
    reason, is_final, way = "", False, transport()
    try:
        way(message_of(mail), str(mail.pk))
    except NotTaken as error:
        reason, is_final = str(error), error.is_final
    except Exception as error:  # whatever it is, the next mail is sent
        log.exception("the mail %s cannot be sent", mail.pk)
        reason = f"{type(error).__name__}: {error}"
    end_sending(actor=actor, mail=mail, attempt=attempt, reason=reason, is_final=is_final, at=timezone.now(), is_written=way is into_folder)


def message_of(mail: Mail) -> EmailMessage:
    """Return a mail as it leaves; made again it is the same, Message-ID and date included."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.SMTP_FROM, ", ".join(mail.to), mail.subject
    message["Message-ID"], message["Date"] = mail.message_id, format_datetime(mail.posted_at)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    for file in mail.attachments.order_by("id"):
        main, _slash, sub = file.media_type.partition("/")
        message.add_attachment(content_of(file), maintype=main, subtype=sub, filename=file.name)
    return message
