"""Keys for programs: the list, a new one with its secret shown once, and its end."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core.errors import NotFound
from anwei.core.lists import respond
from anwei.core.pages import PageRequest, attempt, form_page, page, perform
from anwei.core.rights import RIGHTS
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.core.wording import when
from anwei.foundation.accounts.forms import KeyForm
from anwei.foundation.accounts.lists import Keys
from anwei.foundation.accounts.models import Token, User
from anwei.foundation.accounts.operations import make_token, revoke_token
from anwei.foundation.accounts.permissions import KEEP_TOKENS


@page(right=KEEP_TOKENS)
def keys(request: PageRequest) -> HttpResponseBase:
    """List the keys for programs."""
    add = [
        Action(_("New key"), reverse("accounts:make_key"), "plus", primary=True),
        Action(_("The interface"), reverse("api:docs"), "paper"),
    ]
    return respond(request, Keys(), Token.objects.visible_to(request.actor), context={"title": _("Keys for programs"), "actions": add})


@page(right=KEEP_TOKENS)
def make_key(request: PageRequest) -> HttpResponse:
    """Make a key; its secret is shown in the answer and never again."""
    people = User.objects.visible_to(request.actor).filter(is_active=True).order_by("username")
    form = KeyForm(request.POST or None, users=people, rights=frozenset(RIGHTS))
    crumbs = [Crumb(_("Keys for programs"), reverse("accounts:keys")), Crumb(_("New key"))]
    if form.is_valid():
        typed = form.cleaned_data
        ends = timezone.now() + timedelta(days=typed["days"])
        done = attempt(request, form, make_token, user=typed["user"], name=typed["name"], rights=typed["rights"], expires_at=ends)
        if done and done.result is None:  # the same form sent twice: the secret is not told again
            return redirect("accounts:keys")
        if done:
            return render(request, "accounts/new_key.html", {"title": _("New key"), "crumbs": crumbs, "key": done.result})
    return form_page(request, form, context={"title": _("New key"), "crumbs": crumbs, "submit_label": _("Make the key")})


@page(right=KEEP_TOKENS)
def revoke_key(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one key, and end it."""
    key = Token.objects.visible_to(request.actor).select_related("user", "use").filter(pk=id).first()
    if key is None:
        raise NotFound(kind="key")
    if request.method == "POST":
        perform(request, revoke_token, token=key)
        toast(request, _("The key has ended."))
        return redirect("accounts:keys")
    question = _("End this key? Programs that use it are refused at once.")
    end = [Action(_("End the key"), request.path, "ban", post=True, danger=True, confirm=question)] if not key.revoked_at else []
    used = getattr(key, "use", None)
    facts = [
        Fact(_("Acts as"), key.user.name),
        Fact(_("Lives until"), when(key.expires_at)),
        Fact(_("Revoked"), when(key.revoked_at)),
        Fact(_("Last used"), when(used.last_used) if used else _("never")),
        Fact(_("Rights"), " · ".join(str(RIGHTS[r].label) for r in key.rights if r in RIGHTS)),
    ]
    crumbs = [Crumb(_("Keys for programs"), reverse("accounts:keys")), Crumb(key.name)]
    return render(request, "accounts/key.html", {"title": key.name, "crumbs": crumbs, "actions": end, "facts": facts})
