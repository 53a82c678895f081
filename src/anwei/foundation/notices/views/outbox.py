"""The outbox: mails that leave the house, their tries, and sending one again."""

from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, page, refusal_of
from anwei.core.registers import registers
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.core.wording import when
from anwei.foundation.notices.models import Mail
from anwei.foundation.notices.operations import send_again
from anwei.foundation.notices.permissions import READ_OUTBOX, SEND_AGAIN
from anwei.foundation.notices.queries import outbox
from anwei.foundation.notices.tables import ATTEMPTS, STATES, MailList


@page(right=READ_OUTBOX)
def outbox_page(request: PageRequest) -> HttpResponseBase:
    """Show the mails that leave the house."""
    return lists.respond(
        request, MailList(), outbox(request.actor), template="notices/outbox.html", context={"title": _("Outbox"), "folder": _folder()}
    )


def _folder() -> str:
    """Return where mails are written while there is no mail server, else nothing."""
    return "" if settings.SMTP_HOST else str(settings.MAIL_FOLDER)


@page(right=READ_OUTBOX)
def mail(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one mail with its tries."""
    found = _found(request, id)
    may_send = request.actor.may(SEND_AGAIN) and found.state != Mail.State.SENT
    again = Action(_("Send again"), reverse("notices:send_again", args=[found.pk]), "again", primary=True, post=True)
    context = {
        "title": found.subject,
        "pill": STATES[found.state],
        "crumbs": [Crumb(_("Outbox"), reverse("notices:outbox"))],
        "actions": [again] if may_send else [],
        "facts": _facts(found),
        "mail": found,
        "files": list(found.attachments.order_by("name")),
        "attempts": [(attempt, ATTEMPTS[attempt.outcome]) for attempt in found.attempts.order_by("at", "id")],
        "folder": _folder(),
    }
    return render(request, "notices/mail.html", context)


def _found(request: PageRequest, id: UUID) -> Mail:
    found = outbox(request.actor).filter(pk=id).first()
    if found is None:
        raise NotFound(kind="mail")
    return found


def _facts(mail: Mail) -> list[Fact]:
    label, _colon, key = mail.cause.partition(":")
    row = apps.get_model(label)._default_manager.filter(pk=key).first()
    link = registers.links.get(label)
    return [
        Fact(_("Receivers"), ", ".join(mail.to)),
        Fact(_("About"), str(row or ""), link(UUID(key)) if link else ""),
        Fact(_("Posted"), when(mail.posted_at)),
        Fact(_("Next try"), when(mail.next_at) if mail.state == Mail.State.WAITING else ""),
        Fact(_("Sent at"), when(mail.sent_at)),
        Fact("Message-ID", mail.message_id, mono=True),
    ]


@page(right=SEND_AGAIN)
@require_POST
def again(request: PageRequest, id: UUID) -> HttpResponse:
    """Send a mail once more."""
    refusal = refusal_of(request, send_again, mail=_found(request, id))
    toast(request, str(refusal) if refusal else _("It goes out now; what becomes of it appears below."))
    return redirect("notices:mail", id=id)
