"""Who is competent for what."""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.labels import Label
from anwei.foundation.definitions.queries import domain
from anwei.foundation.staff.models import Engineer
from anwei.foundation.staff.rules import Lack, Need, lacks


@cache
def _needs() -> dict[str, dict[str, tuple[str, ...]]]:
    rows: list[dict[str, Any]] = domain("categories")["categories"]
    return {r["key"]: {part: tuple(r.get(part) or ()) for part in ("skills", "certificates")} for r in rows}


@cache
def _blocks() -> dict[str, frozenset[str]]:
    people = domain("people")
    return {r["key"]: frozenset(r.get("expired_blocks") or ()) for r in people["certificates"]}


@cache
def names() -> dict[str, dict[str, str]]:
    """Return the names of skills and certificates: key → {zh, en}."""
    people = domain("people")
    return {r["key"]: {"zh": r["zh"], "en": r["en"]} for r in (*people["skills"], *people["certificates"])}


@cache
def skills() -> dict[str, Label]:
    """Return the skills that there are, by key."""
    return {r["key"]: Label(r["zh"], r["en"]) for r in domain("people")["skills"]}


@cache
def certificates() -> dict[str, Label]:
    """Return the kinds of certificates that there are, by key."""
    return {r["key"]: Label(r["zh"], r["en"]) for r in domain("people")["certificates"]}


def need_of(category: str, deed: str) -> Need:
    """Return what a category of devices asks of who does a deed (dispatch, enter, close, release); an unknown category asks nothing."""
    needs = _needs().get(category)
    if needs is None:
        return Need((), ())
    return Need(needs["skills"], tuple(c for c in needs["certificates"] if deed in _blocks().get(c, ())))


def lacks_of(engineer: Engineer, category: str, on: date, deed: str = "dispatch") -> list[Lack]:
    """Return what an engineer lacks for a category of devices on a day, to be sent or for another deed; nothing means competent."""
    grades = {c.skill: c.grade for c in engineer.competences.all()}
    ends: dict[str, date | None] = {}
    for certificate in engineer.certificates.all():
        known = ends.get(certificate.kind, date.min) if certificate.kind in ends else date.min
        # the one that holds longest counts; without an end it holds for good
        if certificate.expires_on is None or (known is not None and certificate.expires_on > known):
            ends[certificate.kind] = certificate.expires_on
    return lacks(need_of(category, deed), grades, ends, on)


def engineer_of(actor: Actor, id: UUID) -> Engineer:
    """Return one engineer.

    :raises NotFound: there is none that this actor may see
    """
    found = Engineer.objects.visible_to(actor).select_related("branch", "employer").filter(pk=id).first()
    if found is None:
        raise NotFound(kind="engineer")
    return found
