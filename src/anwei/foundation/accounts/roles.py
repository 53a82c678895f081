"""Roles as definitions: the kind, and the shipped ones."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from anwei.core.rights import RIGHTS, rights_of

SHIPPED = Path(__file__).parent / "shipped" / "roles.yaml"


class RoleKind:
    """A role: `{side, everywhere, rights: […]}`."""

    key = "role"
    label = _("Role")

    def check(self, body: Mapping[str, Any]) -> Sequence[str]:
        """Name every right that no app declares."""
        return [str(_("unknown right %(right)s")) % {"right": r} for r in body.get("rights", []) if r not in RIGHTS]


def shipped_roles() -> list[dict[str, Any]]:
    """Return the shipped roles with the rights their apps give them."""
    rows: list[dict[str, Any]] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return [row | {"rights": rights_of(row["key"])} for row in rows]
