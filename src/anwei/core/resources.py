"""Reading collections for the API and the command line: declared fields, filters, keyset pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.errors import NoRight, Refusal
from anwei.core.registers import Field, Resource

LARGEST_PAGE = 500


class BadFilter(Refusal):
    code = "bad_filter"
    status = 422
    sentence = _("The filter “%(name)s” is not offered or its value does not fit.")


def fields_for(resource: Resource, actor: Actor) -> Sequence[Field]:
    """Return the fields of a collection that this actor's roles show."""
    return [f for f in resource.fields if not f.right or actor.may(f.right)]


def shown(resource: Resource, row: models.Model, actor: Actor) -> dict[str, Any]:
    """Return one row as its collection shows it."""
    answer: dict[str, Any] = {"id": str(row.pk)}
    for field in fields_for(resource, actor):
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


def page_of(
    resource: Resource,
    actor: Actor,
    filters: Mapping[str, str],
    *,
    limit: int = 100,
    cursor: UUID | None = None,
    updated_since: datetime | None = None,
) -> dict[str, Any]:
    """Return one page, newest first: `{"items": […], "next": id or None}`; the cursor is the last id of the page before.

    :raises BadFilter: a filter that is not offered, or a value of the wrong kind
    """
    rows = rows_of(resource, actor)
    for name, value in filters.items():
        if name not in resource.filters:
            raise BadFilter(name=name)
        try:
            rows = rows.filter(**{name: value})
        except (ValueError, ValidationError) as error:
            raise BadFilter(name=name) from error
    if updated_since:
        rows = rows.filter(**{f"{resource.changed}__gte": updated_since})
    if cursor:
        rows = rows.filter(pk__lt=cursor)
    limit = max(1, min(limit, LARGEST_PAGE))
    fields = fields_for(resource, actor)
    found = list(rows.order_by("-pk").values_list("id", *[f.source or f.name for f in fields])[: limit + 1])
    names = ["id", *[f.name for f in fields]]
    items = [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in found[:limit]]
    return {"items": items, "next": items[-1]["id"] if len(found) > limit else None}
