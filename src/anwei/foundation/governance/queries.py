"""What a proposal would change, and whether what must always hold does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.registers import Text, registers
from anwei.foundation.governance.models import Inspection, Proposal


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a proposal changes, as people read it."""

    name: Text
    old: str
    new: str


def subject_row(subject: str, actor: Actor) -> models.Model:
    """Return the record that a subject such as "devices.Device:…" names.

    :raises NotFound: there is none, or it is not the actor's to see
    """
    label, _colon, key = subject.partition(":")
    try:
        model: Any = apps.get_model(label)
        found: models.Model | None = model.objects.visible_to(actor).filter(pk=UUID(key)).first()
    except (LookupError, ValueError, AttributeError, ValidationError) as error:
        raise NotFound(kind=label) from error
    if found is None:
        raise NotFound(kind=label)
    return found


def differences(actor: Actor, proposal: Proposal) -> Sequence[Difference]:
    """Return what a proposal would change on its subject, old beside new; what is no field of the subject shows its new value alone."""
    row = subject_row(proposal.subject, actor)
    own_name = row._meta.model_name
    return [_difference(row, name, value) for name, value in proposal.payload.items() if name != own_name and value not in ("", None)]


def _difference(row: models.Model, name: str, value: Any) -> Difference:
    try:
        field: Any = row._meta.get_field(name)
    except FieldDoesNotExist:
        return Difference(name, "", str(value))
    old = getattr(row, name)
    if field.is_relation:
        value = field.related_model.objects.filter(pk=value).first() or value
    return Difference(field.verbose_name, "" if old is None else str(old), str(value))


def checked() -> list[dict[str, Any]]:
    """Return `[{"name", "ok", "rows"}]` of every registered invariant, by name, looked at now; `rows` are those that break it."""
    found = {invariant.name: [dict(row) for row in invariant.broken()] for invariant in registers.invariants}
    return [{"name": name, "ok": not rows, "rows": rows} for name, rows in sorted(found.items())]


def inspections(actor: Actor, count: int = 14) -> list[Inspection]:
    """Return the newest inspections, the last one first."""
    return list(Inspection.objects.visible_to(actor).order_by("-at", "-id")[:count])
