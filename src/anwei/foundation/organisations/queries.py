"""Bodies by name, for who grants their rows."""

from collections.abc import Callable, Sequence
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.search import matching, terms
from anwei.foundation.organisations.geography import distance_km, place_of
from anwei.foundation.organisations.models import Organisation


def finder(role: str) -> Callable[[Actor, str], list[tuple[UUID, str]]]:
    """Return what finds the living bodies of a role by a typed name; a whole name that fits one means it alone."""

    def find(actor: Actor, text: str) -> list[tuple[UUID, str]]:
        rows = Organisation.objects.visible_to(actor).living().filter(roles__contains=[role])
        exact = rows.filter(name=text)[:6]
        return [(o.id, f"{o.name} {o.city}".strip()) for o in exact or matching(rows, terms(text))[:6]]

    return find


def body_of(actor: Actor, id: UUID) -> Organisation:
    """Return one body.

    :raises NotFound: there is none that this actor may see
    """
    body = Organisation.objects.visible_to(actor).select_related("branch", "merged_into").filter(pk=id).first()
    if body is None:
        raise NotFound(kind="organisation")
    return body


def body_names(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of bodies by their keys."""
    return {o.id: o.name for o in Organisation.objects.filter(pk__in=ids)}


def distance_between(here: str, there: str) -> float | None:
    """Return the kilometres between the centres of two counties by their codes (GB/T 2260); None where one is not known."""
    start, end = place_of(here), place_of(there)
    return distance_km(start, end) if start and end else None
