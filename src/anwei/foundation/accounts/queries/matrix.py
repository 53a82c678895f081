"""Who may do what: every operation, every collection and every route, by role."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from anwei.core.operation import REGISTER
from anwei.core.registers import registers
from anwei.foundation.definitions.queries import all_published

ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that somebody may do. `right` names what it asks for; where that is none, `why` says who decides instead."""

    kind: str  # "operation", "collection", "route"
    name: str
    right: str
    why: str
    roles: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table. `unlisted` names routes that say nothing about who may open them: there must be none."""

    roles: list[str]
    rows: list[Row]
    unlisted: list[str]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def matrix() -> Matrix:
    """Return who may do what by the published roles; the last column is who is not signed in."""
    rights = {key: frozenset(version.body["rights"]) for key, version in all_published("role").items()}
    rows = [Row("operation", op.verb, op.right, "", _by(rights, op.right)) for op in sorted(REGISTER.values(), key=lambda op: op.verb)]
    rows += [Row("collection", r.collection, r.right, "", _by(rights, r.right)) for _name, r in sorted(registers.resources.items())]
    routes = sorted(set(_routes(get_resolver().url_patterns)), key=lambda found: found[0])
    rows += [_route(name, view, rights) for name, view in routes if _is_listed(view)]
    return Matrix([*rights, ANONYMOUS], rows, [name for name, view in routes if not _is_listed(view)])


def _by(rights: dict[str, frozenset[str]], right: str) -> dict[str, bool]:
    return {role: right in held for role, held in rights.items()} | {ANONYMOUS: False}


def _routes(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def _is_listed(view: Any) -> bool:
    return any(hasattr(view, mark) for mark in ("right", "public", "rights"))


def _route(name: str, view: Any, rights: dict[str, frozenset[str]]) -> Row:
    if right := getattr(view, "right", ""):
        return Row("route", name, right, "", _by(rights, right))
    if reason := getattr(view, "public", ""):
        return Row("route", name, "", reason, dict.fromkeys([*rights, ANONYMOUS], True))
    return Row("route", name, "", f"each of its {view.rights} by its own right", dict.fromkeys(rights, True) | {ANONYMOUS: False})
