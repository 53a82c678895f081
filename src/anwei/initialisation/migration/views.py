"""Pages of imports: a file is checked, looked at, loaded, taken back."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.jobs import served, under_way
from anwei.core.operation import Operation
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.shell import Action, Crumb, Step
from anwei.core.toasts import toast
from anwei.foundation.accounts.permissions import EXPORT
from anwei.initialisation.migration.errors import NothingToLoad, NotLoaded
from anwei.initialisation.migration.forms import UploadForm
from anwei.initialisation.migration.loaders import LOADERS
from anwei.initialisation.migration.models import ImportRow, ImportSession
from anwei.initialisation.migration.operations import begin, check, key_of, load_chunk, undo_chunk
from anwei.initialisation.migration.permissions import IMPORT, READ_IMPORTS, UNDO_IMPORT
from anwei.initialisation.migration.queries import held_rows, rows_with_findings, sentence_of, session_of
from anwei.initialisation.migration.tables import STATES, ImportList


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
    counts, state, work = found.counts, found.state, _progress(found)
    return {
        "session": found,
        "work": work,
        "title": found.file.name,
        "pill": STATES[state],
        "crumbs": [Crumb(_("Imports"), reverse("migration:list")), Crumb(str(LOADERS[found.kind].label))],
        "steps": [
            Step(_("Checked"), done=True),
            Step(_("Loaded"), done=state in ("loaded", "undone"), current=state in ("checked", "loading")),
            Step(_("Taken back"), done=state == "undone", current=state == "loaded"),
        ],
        "groups": [g | {"message": sentence_of(g)} for g in counts.get("groups", [])],
        "held": rows_with_findings(found, ImportRow.State.REJECTED),
        "waiting": counts.get("ready", 0),
        "may_load": not work and request.actor.may(IMPORT) and state in ("checked", "loading") and counts.get("ready", 0) > 0,
        "may_undo": not work and request.actor.may(UNDO_IMPORT) and state in ("loading", "loaded"),
        "may_export": request.actor.may(EXPORT) and counts.get("rejected", 0) > 0,
    }


def _progress(found: ImportSession) -> dict[str, object]:
    """Return what the page says of the work that goes on; empty when none does."""
    job = under_way(key_of(found.pk))
    if job is None:
        return {}
    waiting, ready = ("loaded", "undone") if job["verb"] == undo_chunk.verb else ("ready", "loaded")
    left, done = (int(found.counts.get(state, 0)) for state in (waiting, ready))
    return {"left": left, "done": done, "total": max(1, left + done), "served": served(), "undoing": waiting == "loaded"}


@page(right=READ_IMPORTS)
def progress(request: PageRequest, id: UUID) -> HttpResponse:
    """Show how far an import is; when nothing goes on any more, lead back to its page."""
    found = session_of(request.actor, id)
    address = reverse("migration:session", args=[id])
    if not request.headers.get("HX-Request"):
        return redirect(address)
    work = _progress(found)
    if not work:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return render(request, "migration/_progress.html", {"session": found, "work": work})


def _begin(request: PageRequest, id: UUID, op: "Operation[..., int]") -> HttpResponse:
    try:
        begin(request.actor, session_of(request.actor, id), op)
    except (NothingToLoad, NotLoaded) as refusal:
        toast(request, str(refusal))
    return redirect("migration:session", id=id)


@require_POST
@page(right=IMPORT)
def load(request: PageRequest, id: UUID) -> HttpResponse:
    """Have the rows that wait loaded."""
    return _begin(request, id, load_chunk)


@require_POST
@page(right=UNDO_IMPORT)
def undo(request: PageRequest, id: UUID) -> HttpResponse:
    """Have the import taken back."""
    return _begin(request, id, undo_chunk)


@page(right=EXPORT)
def held(request: PageRequest, id: UUID) -> HttpResponse:
    """Send the rows that were held, with a reason beside each."""
    found = session_of(request.actor, id)
    answer = HttpResponse(held_rows(found), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="held-{found.pk.hex[-8:]}.xlsx"'
    return answer
