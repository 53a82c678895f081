"""Deeds and changes as people read them: words, names of fields, values old and new."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.text import capfirst
from django.utils.translation import gettext

from anwei.core.actor import Actor
from anwei.core.operation import REGISTER
from anwei.core.registers import Story, registers
from anwei.core.rights import RIGHTS
from anwei.foundation.audit.models import Change, Deed, Exact
from anwei.foundation.audit.permissions import READ_PERSONAL

MOST_CHANGES = 100  # of one deed; a batch touches thousands of rows
LONGEST_DEED = timedelta(days=1)  # bounds how long before its deed a change can stand, so that few partitions are read


class Place(NamedTuple):
    """Where to go on reading, newest first."""

    received: datetime
    deed: UUID


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column's value before and after. `state` says why a personal value is not shown."""

    column: str
    label: str
    old: Any
    new: Any
    state: Literal["", "hidden", "erased"] = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One row changed: `op` is I inserted, U updated, D deleted, E personal values erased (then old is their number)."""

    sequence: int
    table: str
    label: str
    row: str
    op: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class DeedView:
    """Who did what, when they say and when it came in, why, through which door, and what changed."""

    id: UUID
    verb: str
    actor: UUID | None
    actor_name: str
    approved_by: UUID | None
    door: str
    reason: str
    at: datetime
    received: datetime
    outcome: str
    refusal: str
    batch: UUID | None
    subject: str
    stories: tuple[Story, ...]
    changes: tuple[ChangeView, ...]
    more_changes: bool
    sealed: bool

    @property
    def place(self) -> Place:
        return Place(self.received, self.id)

    @property
    def sentence(self) -> str:
        """What was done, in words; for what was refused, and left no word, what it would have needed the right to."""
        if self.stories:
            return " · ".join(dict.fromkeys(str(story.label) for story in self.stories))
        operation = REGISTER.get(self.verb)
        needed = RIGHTS.get(operation.right) if operation else None
        return str(needed.label) if needed else self.verb


@cache
def model_of(table: str) -> type[models.Model] | None:
    """Return the model of a table, None for one that is gone."""
    return {m._meta.db_table: m for m in apps.get_models(include_auto_created=True)}.get(table)


def told(
    actor: Actor, deeds: Sequence[Deed], rows: Iterable[tuple[str, str]] | None = None, words_of: Iterable[str] = ()
) -> list[DeedView]:
    """Return deeds in words with their changes: all of them, or those of the given (table, row key) pairs.

    `words_of` names subjects whose words alone are told, where a deed speaks of others too.
    """
    changes = _changes(actor, deeds, rows)
    sealed = _sealed([deed.id for deed in deeds])
    return [
        DeedView(
            id=deed.id, verb=deed.verb, actor=deed.actor, actor_name=deed.actor_name, approved_by=deed.approved_by, door=deed.door,
            reason=deed.reason, at=deed.at, received=deed.received, outcome=deed.outcome, refusal=deed.refusal, batch=deed.batch,
            subject=deed.subject, stories=_stories(deed, set(words_of)), changes=tuple(changes[deed.id][:MOST_CHANGES]),
            more_changes=len(changes[deed.id]) > MOST_CHANGES, sealed=deed.id in sealed,
        )
        for deed in deeds
    ]  # fmt: skip


def _stories(deed: Deed, subjects: set[str]) -> tuple[Story, ...]:
    pairs = list(zip(deed.touches, deed.words, strict=True))
    mine = [word for subject, word in pairs if subject in subjects] or [word for _subject, word in pairs]
    return tuple(registers.stories[word] for word in dict.fromkeys(mine) if word in registers.stories)


def _sealed(deeds: Sequence[UUID]) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select deed from trail.position where deed = any(%s)", [list(deeds)])
        return {deed for (deed,) in cursor.fetchall()}


CHANGES = """
    select c.* from unnest(%s::uuid[]) wanted (deed) cross join lateral (
        select seq, received, deed, tbl, row_key, op, delta, leaf from trail.change c
        where c.deed = wanted.deed and c.received between %s and %s
            and (%s or (c.tbl, c.row_key) in (select * from unnest(%s::text[], %s::text[])))
        order by seq limit %s) c
    order by c.seq
"""


def _changes(actor: Actor, deeds: Sequence[Deed], rows: Iterable[tuple[str, str]] | None) -> dict[UUID, list[ChangeView]]:
    """Return the first changes of each deed, one more than is shown where there are more."""
    told: dict[UUID, list[ChangeView]] = {deed.id: [] for deed in deeds}
    if deeds:
        times = [deed.received for deed in deeds]
        tables, keys = zip(*rows, strict=True) if rows else ((), ())
        bounds = [min(times) - LONGEST_DEED, max(times), rows is None, list(tables), list(keys), MOST_CHANGES + 1]
        found = list(Change.objects.raw(CHANGES, [list(told), *bounds]))
        values = _Values(actor, found)
        for change in found:
            told[change.deed].append(values.view(change))
    return told


class _Values:
    """Turns what the trail holds of a batch of changes into what a reader sees: personal values, names of rows pointed at."""

    def __init__(self, actor: Actor, changes: Sequence[Change]) -> None:
        self.actor = actor
        self.personal = self._personal([c.seq for c in changes]) if actor.may(READ_PERSONAL) else {}
        self.names = self._names(changes)

    def _personal(self, sequences: list[int]) -> dict[tuple[int, str], list[Any]]:
        with connection.cursor() as cursor:
            cursor.execute("select change, col, jsonb_build_array(old, new)::text from trail.personal where change = any(%s)", [sequences])
            return {(change, col): Exact().decode(pair) for change, col, pair in cursor.fetchall()}

    def _names(self, changes: Sequence[Change]) -> dict[tuple[type[models.Model], str], str]:
        """Name the rows that foreign keys point at, as far as the reader may see them: a query per table."""
        wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        for change in changes:
            for column, pair in change.delta.items():
                if (field := _field(change.tbl, column)) and field.related_model:
                    wanted[field.related_model].update(str(key) for key in pair if key is not None)
        names: dict[tuple[type[models.Model], str], str] = {}
        for model, keys in wanted.items():
            rows: Any = model._default_manager
            if hasattr(rows, "visible_to"):
                names |= {(model, str(row.pk)): str(row) for row in rows.visible_to(self.actor).filter(pk__in=keys)}
        return names

    def view(self, change: Change) -> ChangeView:
        model = model_of(change.tbl)
        label = gettext(capfirst(str(model._meta.verbose_name))) if model else change.tbl
        fields = tuple(self._field_change(change, column, *pair) for column, pair in change.delta.items())
        return ChangeView(change.seq, change.tbl, label, change.row_key, change.op, fields)

    def _field_change(self, change: Change, column: str, old: Any, new: Any) -> FieldChange:
        field = _field(change.tbl, column)
        label = gettext(capfirst(str(field.verbose_name))) if field else column
        if change.op == "E":
            return FieldChange(column, label, old, new, "erased")
        if column in getattr(model_of(change.tbl), "personal", ()):
            if not self.actor.may(READ_PERSONAL):
                return FieldChange(column, label, None, None, "hidden")
            if (change.seq, column) not in self.personal:
                return FieldChange(column, label, None, None, "erased")
            old, new = self.personal[change.seq, column]
        return FieldChange(column, label, self._shown(field, old), self._shown(field, new))

    def _shown(self, field: Any, value: Any) -> Any:
        if field is None or value is None:
            return value
        if field.related_model:
            return self.names.get((field.related_model, str(value)), value)
        if field.choices:
            return dict(field.flatchoices).get(value, value)
        try:
            return field.to_python(value)
        except ValidationError:  # the column held another kind of value in those days
            return value


@cache
def _field(table: str, column: str) -> Any:
    model = model_of(table)
    return next((f for f in model._meta.local_concrete_fields if f.column == column), None) if model else None
