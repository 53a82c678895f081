"""What is in an inbox, and the notes on a record."""

from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.translation import gettext

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.registers import registers
from anwei.core.resources import rows_of
from anwei.foundation.notices.models import Mail, MailRows, Note, Notice, NoticeRows
from anwei.foundation.notices.permissions import READ_OUTBOX

COUNTED = 100  # beyond, a number tells nobody more


def inbox(actor: Actor) -> NoticeRows:
    """Return what an actor was told, unread first, newest first."""
    return Notice.objects.visible_to(actor).order_by(models.F("read_at").desc(nulls_first=True), "-at", "-id")


def unread_count(actor: Actor) -> int:
    """Return how many lines of an inbox are unread, at most 100."""
    return Notice.objects.visible_to(actor).unread()[:COUNTED].count()


def words(notice: Notice) -> str:
    """Return a notice in the reader's language."""
    return str(gettext(notice.message) % notice.values)


def subject_of(actor: Actor, subject: str) -> models.Model:
    """Return the record that a subject names, as the collection of its kind shows it.

    :raises NotFound: there is no such record for this actor, or nobody reads records of that kind
    :raises NoRight: the actor may not read records of that kind
    """
    label, _colon, key = subject.partition(":")
    try:
        resource, pk = registers.resource_of(apps.get_model(label)), UUID(key)
    except (LookupError, ValueError) as error:
        raise NotFound(kind=label) from error
    found: models.Model | None = rows_of(resource, actor).filter(pk=pk).first() if resource else None
    if found is None:
        raise NotFound(kind=label)
    return found


def notes_on(actor: Actor, subject: str) -> list[Note]:
    """Return the notes on a record, newest first.

    :raises NotFound: there is no such record for this actor
    :raises NoRight: the actor may not read records of that kind
    """
    found = subject_of(actor, subject)
    return list(Note.objects.filter(subject=f"{found._meta.label}:{found.pk}").select_related("by").order_by("-at", "-id"))


def outbox(actor: Actor) -> MailRows:
    """Return the mails that an actor may see."""
    return Mail.objects.visible_to(actor)


def failed_count(actor: Actor) -> int:
    """Return how many mails have failed, at most 100."""
    return outbox(actor).filter(state=Mail.State.FAILED)[:COUNTED].count()


def keeps_file(actor: Actor, id: UUID) -> bool:
    """Say whether a file goes with a mail that the actor may see."""
    return actor.may(READ_OUTBOX) and outbox(actor).filter(attachments=id).exists()
