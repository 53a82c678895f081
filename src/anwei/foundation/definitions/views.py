"""Rules and their versions, read and compared."""

import difflib
from uuid import UUID

import yaml
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.labels import Label
from anwei.core.pages import PageRequest, page
from anwei.core.shell import Crumb
from anwei.foundation.definitions.models import Version
from anwei.foundation.definitions.permissions import READ_RULES
from anwei.foundation.definitions.tables import STATES, RuleList


@page(right=READ_RULES)
def rule_list(request: PageRequest) -> HttpResponseBase:
    """Show rules."""
    return lists.respond(request, RuleList(), Version.objects.visible_to(request.actor), context={"title": _("Rules")})


def _text(version: Version) -> str:
    return yaml.safe_dump(version.body, allow_unicode=True, sort_keys=False, width=140)


@page(right=READ_RULES)
def version(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one version as text, and what differs from another version of the same rule (`?with=`)."""
    rows = Version.objects.visible_to(request.actor).select_related("definition")
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotFound(kind="rule")
    others = list(found.definition.versions.exclude(pk=found.pk).order_by("-number"))
    other = next((v for v in others if str(v.number) == request.GET.get("with", "")), None)
    differs = difflib.unified_diff(_text(other).splitlines(), _text(found).splitlines(), lineterm="", n=2) if other else ()
    name = Label(found.definition.name_zh, found.definition.name_en)
    context = {
        "title": f"{name} v{found.number}",
        "pill": STATES[found.status],
        "crumbs": [Crumb(_("Rules"), reverse("definitions:list")), Crumb(f"{found.definition.kind}/{found.definition.key}", mono=True)],
        "version": found,
        "others": others,
        "other": other,
        "differs": [(line, {"+": "green", "-": "red"}.get(line[:1], "faint")) for line in differs if not line.startswith(("+++", "---"))],
        "text": _text(found),
    }
    return render(request, "definitions/version.html", context)
