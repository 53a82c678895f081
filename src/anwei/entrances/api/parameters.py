"""What may stand behind the question mark of a collection's address."""

import re
from datetime import datetime
from typing import Any

from django.http import QueryDict
from pydantic import TypeAdapter, ValidationError

from anwei.core.doors.values import Moment, bounded, filter_of, storable
from anwei.core.registers import Resource
from anwei.core.resources import LARGEST_PAGE, BadFilter, Question, column_of

LIMIT, CURSOR, SINCE, FIELDS = "limit", "cursor", "updated_since", "fields"
NAMES = r"[a-z][a-z0-9_]*(,[a-z][a-z0-9_]*)*"


def question(given: QueryDict, resource: Resource) -> Question:
    """Return what an address asks of a collection.

    :raises BadFilter: a name is given twice, is not offered, or its value does not fit
    """
    asked = _once_each(given)
    limit = asked.pop(LIMIT, "100")
    if not re.fullmatch("[1-9][0-9]{0,2}", limit, re.ASCII) or int(limit) > LARGEST_PAGE:
        raise BadFilter(name=LIMIT)
    return Question(
        limit=int(limit),
        cursor=asked.pop(CURSOR, ""),
        updated_since=_moment(asked.pop(SINCE)) if SINCE in asked else None,
        fields=fields_of(asked.pop(FIELDS, None)),
        filters=asked,
    )


def fields_of(text: str | None) -> list[str]:
    """Return the names in `fields=a,b`; none: all.

    :raises BadFilter: it is no list of names
    """
    if text is None:
        return []
    if not re.fullmatch(NAMES, text, re.ASCII):
        raise BadFilter(name=FIELDS)
    return text.split(",")


def only_fields(given: QueryDict) -> list[str]:
    """Return the fields wanted of one record, whose address takes nothing else.

    :raises BadFilter: something else is given
    """
    asked = _once_each(given)
    fields = fields_of(asked.pop(FIELDS, None))
    if asked:
        raise BadFilter(name=min(asked))
    return fields


def _once_each(given: QueryDict) -> dict[str, str]:
    for name, values in given.lists():
        try:
            storable(name + str(values[0]))
        except ValueError as error:
            raise BadFilter(name=repr(name)) from error
        if len(values) > 1:
            raise BadFilter(name=name)
    return {name: str(value) for name, value in given.items()}


def _moment(text: str) -> datetime:
    try:
        found: datetime = TypeAdapter(Moment).validate_python(text)
    except ValidationError as error:
        raise BadFilter(name=SINCE) from error
    return found


def described(resource: Resource) -> list[dict[str, Any]]:
    """Return the parameters of a collection as OpenAPI describes them."""
    offered = {
        LIMIT: ({"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": 100}, "Rows of a page."),
        CURSOR: ({"type": "string"}, "`next` of the page before."),
        SINCE: (
            {"type": "string", "format": "date-time"},
            "Rows that changed since, oldest change first, up to five seconds ago. Go on with `cursor`; begin the next round with the "
            "`changed_at` of the last row seen.",
        ),
        FIELDS: _fields_parameter(resource),
    }
    for name in resource.filters:
        kind, _read = filter_of(column_of(resource.model, name))
        offered[name] = (TypeAdapter(bounded(kind)).json_schema(), "Only rows with exactly this value.")
    return [
        {"name": name, "in": "query", "required": False, "schema": schema, "description": text} for name, (schema, text) in offered.items()
    ]


def _fields_parameter(resource: Resource) -> tuple[dict[str, Any], str]:
    names = "|".join(["id", *[f.name for f in resource.fields]])
    return {"type": "string", "pattern": f"^({names})(,({names}))*$"}, "Only these fields, comma between; `id` always comes."


def described_fields(resource: Resource) -> dict[str, Any]:
    """Return the one parameter of a record's address as OpenAPI describes it."""
    schema, text = _fields_parameter(resource)
    return {"name": FIELDS, "in": "query", "required": False, "schema": schema, "description": text}
