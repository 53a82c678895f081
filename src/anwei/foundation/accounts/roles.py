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
        """Name every word that is missing and every right that no app declares."""
        missing = [
            str(_("the word “%(word)s” is not there")) % {"word": word} for word in ("side", "everywhere", "rights") if word not in body
        ]
        return missing + [str(_("unknown right %(right)s")) % {"right": r} for r in body.get("rights", []) if r not in RIGHTS]


def merge_roles(before: Mapping[str, Any], own: Mapping[str, Any], shipped: Mapping[str, Any]) -> dict[str, Any]:
    """Return a company's role with what was shipped since: new rights are added, rights that the code took away are taken away.

    A right that the company took from the role stays away, a right that it gave stays; so do the other words, where it changed them.
    """
    was, new = set(before["rights"]), set(shipped["rights"])
    words = {word: shipped[word] if own.get(word) == before.get(word) else own[word] for word in ("side", "everywhere")}
    return {**own, **words, "rights": sorted((set(own["rights"]) | (new - was)) - (was - new))}


def shipped_roles() -> list[dict[str, Any]]:
    """Return the shipped roles with the rights their apps give them."""
    rows: list[dict[str, Any]] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return [row | {"rights": rights_of(row["key"])} for row in rows]
