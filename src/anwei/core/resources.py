"""Reading collections for the API and the command line: declared fields, typed filters, keyset pages."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter, ValidationError

from anwei.core.actor import Actor
from anwei.core.doors.values import bounded, filter_of
from anwei.core.errors import NoRight, Refusal
from anwei.core.registers import Field, Resource

LARGEST_PAGE = 500
# A deed takes at most two seconds from its first write to its commit: what is older than this, no later commit can precede.
SETTLED = timedelta(seconds=5)


class BadFilter(Refusal):
    code = "bad_filter"
    status = 422
    sentence = _("The filter “%(name)s” is not offered or its value does not fit.")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a collection: exact filters, the fields wanted (none: all), and where to go on."""

    filters: Mapping[str, str]
    fields: Sequence[str] = ()
    limit: int = 100
    cursor: str = ""
    updated_since: datetime | None = None


def fields_for(resource: Resource, actor: Actor, wanted: Sequence[str] = ()) -> Sequence[Field]:
    """Return the fields of a collection that this actor's roles show, all or those wanted.

    :raises BadFilter: a field is wanted that the collection does not have
    """
    if unknown := set(wanted) - {f.name for f in resource.fields} - {"id"}:
        raise BadFilter(name=f"fields={min(unknown)}")
    return [f for f in resource.fields if (not f.right or actor.may(f.right)) and (not wanted or f.name in wanted)]


def shown(resource: Resource, row: models.Model, actor: Actor, wanted: Sequence[str] = ()) -> dict[str, Any]:
    """Return one row as its collection shows it."""
    answer: dict[str, Any] = {"id": str(row.pk)}
    for field in fields_for(resource, actor, wanted):
        value: Any = row
        for part in (field.source or field.name).split("__"):
            value = getattr(value, part, None)
        answer[field.name] = _plain(value)
    return answer


def _plain(value: Any) -> Any:
    if isinstance(value, (str, int, bool, float, type(None), list, dict)):
        return value
    if isinstance(value, models.Model):
        return str(value.pk)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def rows_of(resource: Resource, actor: Actor) -> models.QuerySet[Any]:
    """Return the rows of a collection that the actor may see.

    :raises NoRight: no role carries the collection's right
    """
    if not actor.may(resource.right):
        raise NoRight(verb=resource.collection)
    model: Any = resource.model
    return resource.where(actor) if resource.where else model.objects.visible_to(actor)


def column_of(model: type[models.Model], path: str) -> "models.Field[Any, Any]":
    """Return the column at the end of an ORM path."""
    head, _sep, tail = path.partition("__")
    field: Any = model._meta.get_field(head)
    return column_of(field.related_model, tail) if tail else field


def page_of(resource: Resource, actor: Actor, asked: Question) -> dict[str, Any]:
    """Return one page: `{"items": […], "next": cursor or None}`.

    Newest first; with `updated_since` in the order of change, oldest first and up to five seconds ago, so that who goes on from
    cursor to cursor misses no change, and sees a row again only when it changed again.

    :raises BadFilter: a filter or a field that is not offered, a value of the wrong kind, or a cursor of another list
    """
    rows = _filtered(rows_of(resource, actor), resource, asked.filters)
    fields = fields_for(resource, actor, asked.fields)
    since = resource.changed if asked.updated_since else ""
    if asked.updated_since:
        until = timezone.now() - SETTLED
        rows = rows.filter(**{f"{since}__gte": asked.updated_since, f"{since}__lte": until}).order_by(since, "pk")
    else:
        rows = rows.order_by("-pk")
    if asked.cursor:
        rows = rows.filter(_after(asked.cursor, since))
    limit = max(1, min(asked.limit, LARGEST_PAGE))
    names = ["id", *[f.name for f in fields]]
    paths = ["pk", *[f.source or f.name for f in fields], *([since] if since else [])]
    found = list(rows.values_list(*paths)[: limit + 1])
    items = [dict(zip(names, map(_plain, row), strict=False)) for row in found[:limit]]
    return {"items": items, "next": _cursor(found[limit - 1], since) if len(found) > limit else None}


def _filtered(rows: models.QuerySet[Any], resource: Resource, filters: Mapping[str, str]) -> models.QuerySet[Any]:
    for name, text in filters.items():
        if name not in resource.filters:
            raise BadFilter(name=name)
        kind, read = filter_of(column_of(resource.model, name))
        try:
            rows = rows.filter(**{name: TypeAdapter(bounded(kind)).validate_python(read(text))})
        except ValidationError as error:
            raise BadFilter(name=name) from error
    return rows


def _cursor(row: Sequence[Any], since: str) -> str:
    """Name the place after a row: its key, with the time of change before it in a list by change."""
    place = f"{row[-1].astimezone(UTC).isoformat()} {row[0]}" if since else str(row[0])
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _after(cursor: str, since: str) -> Q:
    try:
        place = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
        time, _sep, key = place.rpartition(" ")
        pk, changed = UUID(key), datetime.fromisoformat(time) if since else None
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise BadFilter(name="cursor") from error
    if bool(time) != bool(since):
        raise BadFilter(name="cursor")
    if changed is None:
        return Q(pk__lt=pk)
    return Q(**{f"{since}__gt": changed}) | Q(**{since: changed}, pk__gt=pk)
