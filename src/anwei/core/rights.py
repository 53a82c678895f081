"""Rights: the names that operations and pages ask for, gathered from every `permissions.py`.

A right is declared beside its app with the shipped roles that carry it; a company's own roles are definitions and may differ.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

RIGHTS: dict[str, "Right"] = {}


@dataclass(frozen=True, slots=True)
class Right:
    name: str
    label: str | Promise
    roles: frozenset[str]


def right(name: str, label: str | Promise, *roles: str) -> str:
    """Register a right with the shipped roles that carry it, and return its name.

    :raises ValueError: the name is taken
    """
    if name in RIGHTS:
        raise ValueError(f"right {name} declared twice")
    RIGHTS[name] = Right(name, label, frozenset(roles))
    return name


def rights_of(role: str) -> list[str]:
    """Return the rights that a shipped role carries, in order."""
    return sorted(r.name for r in RIGHTS.values() if role in r.roles)
