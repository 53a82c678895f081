"""Rules and their versions, read and compared."""

import difflib
from uuid import UUID

import yaml
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.labels import Label
from anwei.core.pages import PageRequest, page, refusal_of
from anwei.core.shell import Action, Crumb
from anwei.core.toasts import toast
from anwei.foundation.definitions.models import Status, Version
from anwei.foundation.definitions.operations import publish
from anwei.foundation.definitions.permissions import PUBLISH_RULES, READ_RULES
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
        "actions": _actions(request, found),
        "others": others,
        "other": other,
        "differs": [(line, {"+": "green", "-": "red"}.get(line[:1], "faint")) for line in differs if not line.startswith(("+++", "---"))],
        "text": _text(found),
    }
    return render(request, "definitions/version.html", context)


def _actions(request: PageRequest, found: Version) -> list[Action]:
    if found.status != Status.DRAFT or not request.actor.may(PUBLISH_RULES):
        return []
    question = _("Publish this version? It holds for what begins from now on; what has begun keeps the version it began with.")
    return [Action(_("Publish"), reverse("definitions:publish", args=[found.pk]), "done", primary=True, post=True, confirm=question)]


@require_POST
@page(right=PUBLISH_RULES)
def publish_draft(request: PageRequest, id: UUID) -> HttpResponse:
    """Publish the draft of a rule, such as one that newer code offers."""
    found = Version.objects.visible_to(request.actor).select_related("definition").filter(pk=id, status=Status.DRAFT).first()
    if found is None:
        raise NotFound(kind="rule")
    if refused := refusal_of(request, publish, definition=found.definition):
        toast(request, str(refused), level=messages.ERROR)
    else:
        toast(request, STATES[Status.PUBLISHED].label)
    return redirect("definitions:version", id=id)
