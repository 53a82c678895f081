"""One's own: the first page, language, password."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from anwei.core.pages import PageRequest, attempt, form_page, page, perform, public_page
from anwei.core.registers import registers
from anwei.core.shell import Fact
from anwei.core.toasts import toast
from anwei.core.wall import inside
from anwei.foundation.accounts.forms import ChangePasswordForm
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import set_language, set_password
from anwei.foundation.accounts.permissions import SIGN_IN
from anwei.foundation.accounts.queries import role_names

YEAR = 365 * 24 * 3600


@page(right=SIGN_IN)
def home(request: PageRequest) -> HttpResponse:
    """Lead to the first page of the role that comes first."""
    homes = sorted((h for h in registers.homes if h.role in request.actor.roles), key=lambda h: h.order)
    return redirect(homes[0].url_name if homes else "accounts:own")


@page(right=SIGN_IN)
def own(request: PageRequest) -> HttpResponse:
    """Show who one is here."""
    user: Any = request.user
    facts = [
        Fact(_("User name"), user.username, mono=True),
        Fact(pgettext("person", "Name"), user.name),
        Fact(_("Roles"), " · ".join(role_names(request.actor.roles))),
        Fact(_("Phone"), user.phone),
        Fact(_("E-mail"), user.email),
    ]
    return render(request, "accounts/own.html", {"title": _("My account"), "facts": facts})


@page(right=SIGN_IN)
def password(request: PageRequest) -> HttpResponse:
    """Change one's password; the other sessions end."""
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        if attempt(request, form, set_password, user=request.actor.id, password=typed["password"], current=typed["current"]):
            with inside():  # a session is the system's own
                update_session_auth_hash(request, User.objects.get(pk=request.actor.id))
            toast(request, _("Your password is changed. Everybody else who was signed in as you is signed out."))
            return redirect("accounts:own")
    return form_page(request, form, context={"title": _("Change my password"), "submit_label": _("Change it")})


@public_page("everybody reads in their own language")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages, for good when signed in."""
    chosen = "en" if request.POST.get("language") == "en" else "zh-hans"
    actor = getattr(request, "actor", None)
    if actor is not None and actor.id is not None:
        perform(request, set_language, user=actor.id, language=chosen)
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if ours else "home")
    response.set_cookie("language", chosen, max_age=YEAR, samesite="Lax")
    return response
