"""Pages of imports: a file is checked, looked at, loaded, taken back."""

import time
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import Refusal
from anwei.core.operation import Operation, deliver
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.shell import Action, Crumb, Step
from anwei.core.toasts import toast
from anwei.foundation.accounts.permissions import EXPORT
from anwei.initialisation.migration.forms import UploadForm
from anwei.initialisation.migration.loaders import LOADERS
from anwei.initialisation.migration.models import ImportRow, ImportSession
from anwei.initialisation.migration.operations import check, load_chunk, undo_chunk
from anwei.initialisation.migration.permissions import IMPORT, READ_IMPORTS, UNDO_IMPORT
from anwei.initialisation.migration.queries import held_rows, rows_with_findings, session_of
from anwei.initialisation.migration.tables import STATES, ImportList

PATIENCE = 1.5  # seconds that one request loads; the page then asks for more


@page(right=READ_IMPORTS)
def import_list(request: PageRequest) -> HttpResponseBase:
    """Show imports."""
    actions = (
        [Action(_("Import a file"), reverse("migration:upload"), "import", primary=True, key="N")] if request.actor.may(IMPORT) else []
    )
    rows = ImportSession.objects.visible_to(request.actor)
    return lists.respond(request, ImportList(), rows, context={"title": _("Imports"), "actions": actions})


@page(right=IMPORT)
def upload(request: PageRequest) -> HttpResponse:
    """Take a file and check it; nothing is loaded yet."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        done = attempt(request, form, check, kind=form.cleaned_data["kind"], name=file.name, content=file.read())
        if done:
            return redirect("migration:session", id=done.id)
    context = {"title": _("Import a file"), "crumbs": [Crumb(_("Imports"), reverse("migration:list"))], "submit_label": _("Check the file")}
    return form_page(request, form, context=context)


@page(right=READ_IMPORTS)
def session(request: PageRequest, id: UUID) -> HttpResponse:
    """Show what was found in a file, and what became of it."""
    return render(request, "migration/session.html", _context(request, session_of(request.actor, id)))


def _context(request: PageRequest, found: ImportSession) -> dict[str, object]:
    counts, state = found.counts, found.state
    return {
        "session": found,
        "title": found.file.name,
        "pill": STATES[state],
        "crumbs": [Crumb(_("Imports"), reverse("migration:list")), Crumb(str(LOADERS[found.kind].label))],
        "steps": [
            Step(_("Checked"), done=True),
            Step(_("Loaded"), done=state in ("loaded", "undone"), current=state in ("checked", "loading")),
            Step(_("Taken back"), done=state == "undone", current=state == "loaded"),
        ],
        "groups": counts.get("groups", []),
        "held": rows_with_findings(found, ImportRow.State.REJECTED),
        "waiting": counts.get("ready", 0),
        "may_load": request.actor.may(IMPORT) and state in ("checked", "loading") and counts.get("ready", 0) > 0,
        "may_undo": request.actor.may(UNDO_IMPORT) and state in ("loading", "loaded"),
        "may_export": request.actor.may(EXPORT) and counts.get("rejected", 0) > 0,
    }


def _work(request: PageRequest, id: UUID, op: "Operation[..., int]", again: str) -> HttpResponse:
    """Work on an import for a moment; a page with a script goes on by itself, one without shows a button."""
    found, begun, left = session_of(request.actor, id), time.monotonic(), 1
    try:
        while left and time.monotonic() - begun < PATIENCE:
            left = deliver(op, request.actor, lambda: {"session": found, "at": timezone.now()}, lambda left: left, batch=found.pk)[1]
    except Refusal as refusal:
        toast(request, str(refusal))
        left = 0
    if left and request.headers.get("HX-Request"):
        total = max(1, int(found.counts.get("rows", 1)))
        context = {"session": found, "left": left, "done": total - left, "total": total, "again": reverse(again, args=[id])}
        return render(request, "migration/_progress.html", context)
    answer = redirect("migration:session", id=id)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204, headers={"HX-Redirect": reverse("migration:session", args=[id])})  # type: ignore[assignment]
    return answer


@require_POST
@page(right=IMPORT)
def load(request: PageRequest, id: UUID) -> HttpResponse:
    """Load the rows that wait."""
    return _work(request, id, load_chunk, "migration:load")


@require_POST
@page(right=UNDO_IMPORT)
def undo(request: PageRequest, id: UUID) -> HttpResponse:
    """Take the import back."""
    return _work(request, id, undo_chunk, "migration:undo")


@page(right=EXPORT)
def held(request: PageRequest, id: UUID) -> HttpResponse:
    """Send the rows that were held, with a reason beside each."""
    found = session_of(request.actor, id)
    answer = HttpResponse(held_rows(found), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="held-{found.pk.hex[-8:]}.xlsx"'
    return answer
