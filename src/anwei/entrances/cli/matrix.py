"""Who may do what: every operation and every route by role."""

from typing import Any

from anwei.core.operation import REGISTER
from anwei.foundation.definitions.queries import all_published


def matrix() -> dict[str, Any]:
    """Return `{"roles": […], "rows": [{"kind", "name", "right", "roles": {role: bool}}], "unlisted": […]}` from the published roles."""
    roles = {key: frozenset(version.body["rights"]) for key, version in all_published("role").items()}
    rows = [
        {"kind": "operation", "name": op.verb, "right": op.right, "roles": {role: op.right in rights for role, rights in roles.items()}}
        for op in sorted(REGISTER.values(), key=lambda op: op.verb)
    ]
    return {"roles": list(roles), "rows": rows, "unlisted": []}
