"""The inbox, and the notes on a record."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, attempt, page, perform
from anwei.core.registers import registers
from anwei.foundation.accounts.permissions import SIGN_IN
from anwei.foundation.notices.forms import NoteForm
from anwei.foundation.notices.models import Notice
from anwei.foundation.notices.operations import read, read_all, write_note
from anwei.foundation.notices.permissions import READ_NOTES, WRITE_NOTES
from anwei.foundation.notices.queries import inbox, notes_on, unread_count, words

SHOWN = 50


@page(right=SIGN_IN)
def inbox_page(request: PageRequest) -> HttpResponse:
    """Show what one was told, unread first."""
    shown = Paginator(inbox(request.actor), SHOWN).get_page(request.GET.get("page"))
    lines = [(notice, words(notice)) for notice in shown]
    return render(
        request, "notices/inbox.html", {"title": _("Inbox"), "lines": lines, "shown": shown, "unread": unread_count(request.actor)}
    )


@page(right=SIGN_IN)
@require_POST
def open_notice(request: PageRequest, id: UUID) -> HttpResponse:
    """Mark a line as read and go where it leads."""
    notice = Notice.objects.visible_to(request.actor).filter(pk=id).first()
    if notice is None:
        raise NotFound(kind="notice")
    perform(request, read, notice=notice)
    return redirect(notice.url or "notices:inbox")


@page(right=SIGN_IN)
@require_POST
def read_everything(request: PageRequest) -> HttpResponse:
    """Mark everything as read."""
    perform(request, read_all)
    return redirect("notices:inbox")


@page(right=READ_NOTES)
def notes(request: PageRequest, id: UUID, kind: str) -> HttpResponse:
    """Show the notes on a record as a panel of its page, and write another."""
    subject, form = f"{kind}:{id}", NoteForm(request.POST or None)
    found = notes_on(request.actor, subject)
    if request.method == "POST" and form.is_valid() and attempt(request, form, write_note, subject=subject, text=form.cleaned_data["text"]):
        if not request.headers.get("HX-Request"):
            return redirect(registers.links[kind](id) if kind in registers.links else request.path)
        form, found = NoteForm(), notes_on(request.actor, subject)
    context = {"notes": found, "form": form, "address": request.path, "may_write": request.actor.may(WRITE_NOTES)}
    return render(request, "notices/_notes.html", context, status=422 if form.errors else 200)
