"""Deeds by record, by story, and as the auditor's list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.errors import NoRight, NotFound
from anwei.foundation.audit.models import Change, Deed
from anwei.foundation.audit.permissions import READ_TRAIL
from anwei.foundation.audit.queries.telling import DeedView, Place, told

LARGEST_STORY = 2_000
CHANGES_OF_A_ROW = 4  # a deed changes one row a few times at most


@dataclass(frozen=True, slots=True)
class DeedFilter:
    """What the auditor looks for; what is left empty does not narrow."""

    verb: str = ""
    actor: UUID | None = None
    subject: str = ""  # "orders.WorkOrder:0192…"
    outcome: str = ""
    door: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeedPage:
    items: list[DeedView]
    next: Place | None


def timeline(actor: Actor, label: str, id: UUID, *, limit: int = 50, before: Place | None = None) -> list[DeedView]:
    """Return the deeds that touched or changed a record, newest first, each with the changes of that record.

    Open to readers of the trail and to everybody of ours who may see the record.

    :raises NotFound: there is no such record for this actor
    """
    model = _seen(actor, label, id)
    subject, row = f"{model._meta.label}:{id}", (model._meta.db_table, str(id))
    deeds = _touching([subject], [row], limit, before)
    return told(actor, deeds, [row], [subject])


def story(actor: Actor, subjects: Iterable[tuple[str, UUID]], *, limit: int = LARGEST_STORY) -> list[DeedView]:
    """Return everything that happened to several records that belong together, in the order in which it happened.

    :raises NotFound: one of them is no record for this actor
    """
    known = [(_seen(actor, label, id), id) for label, id in subjects]
    rows = [(model._meta.db_table, str(id)) for model, id in known]
    deeds = _touching([f"{model._meta.label}:{id}" for model, id in known], rows, limit, None)
    return told(actor, sorted(deeds, key=lambda deed: (deed.at, deed.received)))


def deeds_page(actor: Actor, wanted: DeedFilter, *, limit: int = 50, before: Place | None = None) -> DeedPage:
    """Return a page of all deeds, newest first.

    :raises NoRight: the actor does not read the trail
    """
    if not actor.may(READ_TRAIL):
        raise NoRight(verb="audit.read")
    exact = {"verb": wanted.verb, "actor": wanted.actor, "outcome": wanted.outcome, "door": wanted.door}
    deeds = Deed.objects.filter(**{name: value for name, value in exact.items() if value})
    if wanted.subject:
        deeds = deeds.filter(touches__contains=[wanted.subject])
    if wanted.since:
        deeds = deeds.filter(received__gte=wanted.since)
    if wanted.until:
        deeds = deeds.filter(received__lt=wanted.until)
    found = _newest(deeds, limit + 1, before)
    shown = told(actor, found[:limit])
    return DeedPage(shown, shown[-1].place if len(found) > limit else None)


def _seen(actor: Actor, label: str, id: UUID) -> type[models.Model]:
    """Return the model of a record that the actor may read the history of.

    :raises NotFound: it is not there, or not for this actor
    """
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise NotFound(kind=label) from error
    if actor.may(READ_TRAIL):
        return model
    rows = getattr(model._default_manager, "visible_to", None)
    if actor.side not in ("ours", "system") or rows is None or not rows(actor).filter(pk=id).exists():
        raise NotFound(kind=label)
    return model


def _newest(deeds: models.QuerySet[Deed], limit: int, before: Place | None) -> list[Deed]:
    if before:
        # the first bound is what the index and the partitions understand
        deeds = deeds.filter(Q(received__lt=before.received) | Q(id__lt=before.deed), received__lte=before.received)
    return list(deeds.order_by("-received", "-id")[:limit])


def _touching(subjects: Sequence[str], rows: Sequence[tuple[str, str]], limit: int, before: Place | None) -> list[Deed]:
    """Return the newest deeds that name one of the subjects or changed one of the rows; each way has its index."""
    named = _newest(Deed.objects.filter(touches__overlap=list(subjects)), limit, before)
    changes = Change.objects.filter(Q(*[Q(tbl=table, row_key=key) for table, key in rows], _connector=Q.OR))
    if before:
        changes = changes.filter(received__lt=before.received)
    changing = set(changes.order_by("-received").values_list("deed", flat=True)[: limit * CHANGES_OF_A_ROW])
    missing = changing - {deed.id for deed in named}
    others = _newest(Deed.objects.filter(id__in=missing), limit, before) if missing else []
    return sorted([*named, *others], key=lambda deed: (deed.received, deed.id), reverse=True)[:limit]
