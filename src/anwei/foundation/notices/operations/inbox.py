"""Telling people, and what they write on records."""

from collections.abc import Mapping
from datetime import datetime

from anwei.core.actor import Actor
from anwei.core.errors import NoRight
from anwei.core.operation import operation, record, running_deed, unchanged
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.permissions import SIGN_IN
from anwei.foundation.notices.errors import NoteIsEmpty
from anwei.foundation.notices.models import Note, Notice
from anwei.foundation.notices.permissions import WRITE_NOTES
from anwei.foundation.notices.queries import subject_of


def tell(*, user: User, message: str, values: Mapping[str, str], url: str, at: datetime) -> Notice:
    """Put a line into somebody's inbox within the running deed; the message is rendered in the reader's language."""
    running_deed()
    return Notice.objects.create(user=user, message=message, values=dict(values), url=url, at=at)


@operation("notices.read", right=SIGN_IN, on="notice")
def read(*, actor: Actor, notice: Notice, at: datetime) -> Notice:
    """Mark a line of one's own inbox as read; one that was read stays as it is."""
    if notice.read_at:
        unchanged(notice)
        return notice
    notice.read_at = at
    notice.save()
    record(notice, "notices.read", at=at)
    return notice


@operation("notices.read_all", right=SIGN_IN)
def read_all(*, actor: Actor, at: datetime) -> int:
    """Mark everything in one's own inbox as read; return how many lines that were."""
    unread = list(Notice.objects.visible_to(actor).unread().select_for_update().order_by("id"))
    for notice in unread:
        notice.read_at = at
        notice.save()
        record(notice, "notices.read", at=at)
    if not unread:
        unchanged()
    return len(unread)


@operation("notices.write_note", right=WRITE_NOTES)
def write_note(*, actor: Actor, subject: str, text: str, at: datetime) -> Note:
    """Write a note on a record that one may see, named by its kind and key: "orders.WorkOrder:0199…".

    :raises NotFound: there is no such record for this actor
    :raises NoRight: the actor may not read records of that kind
    :raises NoteIsEmpty: nothing was written
    """
    found = subject_of(actor, subject)
    if not text.strip():
        raise NoteIsEmpty(field="text")
    if actor.id is None:  # a note is somebody's word, not a machine's
        raise NoRight(verb="notices.write_note")
    by = User.objects.get(pk=actor.id)
    note = Note.objects.create(subject=f"{found._meta.label}:{found.pk}", text=text.strip(), by=by, at=at)
    record(found, "notices.note_written", at=at)
    return note
