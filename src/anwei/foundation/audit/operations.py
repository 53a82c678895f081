"""What is done to the trail itself: personal values beside it are erased, the proofs stay; a deed set aside is followed again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.operation import operation, record, running_deed, unchanged
from anwei.foundation.audit.errors import HoldsNothingPersonal
from anwei.foundation.audit.models import Owed
from anwei.foundation.audit.permissions import ERASE_PERSONAL, FOLLOW_AGAIN


@operation("audit.erase_personal", right=ERASE_PERSONAL)
def erase_personal(*, actor: Actor, kind: str, id: UUID) -> int:
    """Erase the personal values of a record from its history and return how many there were.

    The record itself keeps its present values: change or delete it first. What was done, when and by whom stays, and stays proved
    (PIPL 47). A record that is deleted already may still be erased.

    :raises HoldsNothingPersonal: no column of such records is personal
    :raises NotFound: the record is not in the actor's scope
    """
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        raise HoldsNothingPersonal(kind=kind) from None
    if not getattr(model, "personal", ()):
        raise HoldsNothingPersonal(kind=kind)
    rows: Any = model._default_manager
    if rows.filter(pk=id).exists() and not rows.visible_to(actor).filter(pk=id).exists():
        raise NotFound(kind=kind)
    subject = model(pk=id)
    erased = erase_history(subject)
    record(subject, "audit.personal_erased") if erased else unchanged(subject)
    return erased


def erase_history(subject: models.Model) -> int:
    """Erase the personal values of a record from its history within the running deed; return how many there were."""
    running_deed()
    with connection.cursor() as cursor:
        cursor.execute("select trail.erase_personal(%s, %s)", [subject._meta.db_table, str(subject.pk)])
        return int(cursor.fetchone()[0])


@operation("audit.follow_again", right=FOLLOW_AGAIN, on="owed")
def follow_again(*, actor: Actor, owed: Owed, at: datetime) -> Owed:
    """Have a deed that was set aside followed again, with all its tries before it; one that is tried anyway stays as it is.

    What came after it on the same records was followed meanwhile.
    """
    if not owed.is_set_aside:
        unchanged(owed)
        return owed
    owed.is_set_aside, owed.tries, owed.next_at = False, 0, at
    owed.save()
    record(owed, "audit.follow_again", at=at)
    return owed
