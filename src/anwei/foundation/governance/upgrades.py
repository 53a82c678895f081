"""Telling administrators what newer code brought to the company's rules."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from anwei.core.labels import Label, Listing
from anwei.core.rights import RIGHTS
from anwei.foundation.accounts.queries import holders_of
from anwei.foundation.definitions.models import Status, Version
from anwei.foundation.notices.operations import tell

ADMINISTRATOR = "administrator"
CHANGED = gettext_noop("An upgrade changed the role “%(rule)s”. Added: %(added)s. Taken away: %(gone)s.")
OFFERED = gettext_noop("An upgrade offers a newer version of “%(rule)s”. It waits as a draft: compare it, and publish it if it suits you.")


def tell_administrators(version: Version, before: dict[str, Any], at: datetime) -> None:
    """Put into every administrator's inbox, in their language, which rights a role gained or lost, or that a draft waits."""
    definition = version.definition
    url = reverse("definitions:version", args=[version.pk])
    added, gone = (sorted(set(a.get("rights", [])) - set(b.get("rights", []))) for a, b in ((version.body, before), (before, version.body)))
    for user in holders_of(ADMINISTRATOR):
        with translation.override(user.language):
            values = {"rule": str(Label(definition.name_zh, definition.name_en)), "added": _named(added), "gone": _named(gone)}
        tell(user=user, message=CHANGED if version.status == Status.PUBLISHED else OFFERED, values=values, url=url, at=at)


def _named(rights: list[str]) -> str:
    return str(Listing(RIGHTS[name].label if name in RIGHTS else name for name in rights)) or gettext("none")
