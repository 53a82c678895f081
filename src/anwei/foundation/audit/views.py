"""Pages of the trail: all deeds, the whole story of a record, the proof of a deed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, page, perform
from anwei.core.registers import registers
from anwei.core.shell import Crumb
from anwei.core.toasts import toast
from anwei.foundation.audit.forms import DeedsForm
from anwei.foundation.audit.models import Owed
from anwei.foundation.audit.operations import follow_again
from anwei.foundation.audit.permissions import FOLLOW_AGAIN, READ_TRAIL
from anwei.foundation.audit.queries import DeedFilter, Place, deeds_page, newest_seal, owed_deeds, proof_of, story
from anwei.foundation.audit.runs import runs_of
from anwei.foundation.audit.shown import DeedRow, changes_in, rows_of, url_of

SHOWN = 60


@page(right=READ_TRAIL)
def deeds(request: PageRequest) -> HttpResponse:
    """Show all deeds, newest first, narrowed by what is looked for."""
    form = DeedsForm(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    asked = DeedFilter(
        verb=wanted.get("verb", ""), outcome=wanted.get("outcome", ""), door=wanted.get("door", ""),
        since=_start(wanted.get("since")), until=_start(wanted.get("until"), days=1),
    )  # fmt: skip
    found = deeds_page(request.actor, asked, limit=SHOWN, before=_place(request.GET.get("before", "")))
    more = {key: value for key, value in request.GET.items() if key not in ("before", "deed", "run")}
    kept = {**more, "before": request.GET["before"]} if "before" in request.GET else more
    rows = rows_of(found.items)
    context = {
        "title": _("Trail"),
        "form": form,
        "rows": rows,
        "seal": newest_seal(),
        "older": urlencode({**more, "before": f"{found.next.received.isoformat()} {found.next.deed}"}) if found.next else "",
        **_opened(request, rows, urlencode(kept)),
    }
    return render(request, "audit/deeds.html", context)


def _start(day: date | None, days: int = 0) -> datetime | None:
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time())) if day else None


def _place(text: str) -> Place | None:
    moment, _sep, deed = text.partition(" ")
    try:
        received = parse_datetime(moment)
        return Place(received, UUID(deed)) if received and timezone.is_aware(received) else None
    except ValueError:
        return None


def _opened(request: PageRequest, rows: Sequence[DeedRow], query: str = "") -> dict[str, Any]:
    """Return the lines of the page, which deed is opened, with its proof, and the address by which another is."""
    opened, unfolded = _id(request.GET.get("deed", "")), _id(request.GET.get("run", ""))
    return {
        "runs": runs_of(rows, opened, unfolded),
        "opened": opened,
        "proof": proof_of(request.actor, opened) if opened else None,
        "query": query,
    }


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@page(right=READ_TRAIL)
def story_page(request: PageRequest, label: str, id: UUID) -> HttpResponse:
    """Show everything that happened to a record and to what belongs to it, in order, each entry with its proof."""
    rows = rows_of(story(request.actor, registers.story_of(label, id)))
    if not rows:
        raise NotFound(kind=label)
    count = len(rows)
    deeds_said = ngettext("%(count)d deed", "%(count)d deeds", count) % {"count": count}
    context = {
        "title": _("%(deeds)s, %(changes)d changes") % {"deeds": deeds_said, "changes": changes_in(rows)},
        "crumbs": [Crumb(_("Trail"), reverse("audit:deeds")), Crumb(_name(label, id), url_of(f"{label}:{id}"), mono=True)],
        "rows": rows,
        "seal": newest_seal(),
        "waiting": sum(row.position == "" for row in rows),
        **_opened(request, rows),
    }
    return render(request, "audit/story.html", context)


def _name(label: str, id: UUID) -> str:
    found = apps.get_model(label)._default_manager.filter(pk=id).first()
    return str(found) if found else str(id)


@page(right=READ_TRAIL)
def proof(request: PageRequest, id: UUID) -> HttpResponse:
    """Send the proof of a deed as a file that anybody can verify without us."""
    found = proof_of(request.actor, id)
    if found is None:
        raise Http404
    response = HttpResponse(str(found), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{id}.tlog-proof"'
    return response


@page(right=FOLLOW_AGAIN)
def set_aside(request: PageRequest) -> HttpResponse:
    """Show the deeds that a follower has set aside, and those that it tries again by itself."""
    context = {"title": _("Set aside"), "rows": owed_deeds(request.actor)}
    return render(request, "audit/set_aside.html", context)


@page(right=FOLLOW_AGAIN)
@require_POST
def try_again(request: PageRequest, id: UUID) -> HttpResponse:
    """Have a deed that was set aside followed again."""
    owed = Owed.objects.visible_to(request.actor).filter(pk=id).first()
    if owed is None:
        raise NotFound(kind="deed")
    perform(request, follow_again, owed=owed)
    toast(request, _("It is tried again now; if it fails once more it comes back here."))
    return redirect("audit:set_aside")
