"""The door itself: signing in and out, the first password, and changing person in the demo."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core.faults import fault_page
from anwei.core.pages import attempt, form_page, public_page
from anwei.foundation.accounts.forms import NewPasswordForm, SignInForm
from anwei.foundation.accounts.limits import Limit
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import accept_invitation
from anwei.foundation.accounts.queries import public_actor

BACKEND = "django.contrib.auth.backends.ModelBackend"
# behind the lock of axes, which knows names: hashing a password is dear, so nobody may ask for it without end
TRIES = Limit("sign_in", rate=5, burst=60)


@public_page("who signs in is not signed in yet")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with name and password."""
    next_page = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and TRIES.take(request.META["REMOTE_ADDR"])[1]:
        return locked_out(request, None, {})
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            login(request, user)
            return redirect(next_page or "home")
        form.add_error(None, _("Name or password is wrong, or the user is disabled."))
    return render(request, "anwei/login.html", {"form": form, "next": next_page}, status=422 if form.errors else 200)


def _safe(request: HttpRequest, address: str) -> str:
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else ""


def locked_out(request: HttpRequest, response: Any, credentials: Any) -> HttpResponse:
    """Answer after too many wrong passwords."""
    page = fault_page(
        request,
        429,
        happened=_("Too many attempts to sign in"),
        kept=_("The user is locked for this place only."),
        todo=_("Please wait a quarter of an hour, or ask your administrator for a link to set a new password."),
    )
    page["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return page


@public_page("who signs out may be signed out already")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("login")


@public_page("the link in an invitation is the proof")
def welcome(request: HttpRequest, user_id: UUID, secret: str) -> HttpResponse:
    """Set one's first password by an invitation, and go on signed in."""
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data["password"]
        if attempt(request, form, accept_invitation, actor=public_actor(), user_id=user_id, secret=secret, password=typed):
            login(request, User.objects.get(pk=user_id), backend=BACKEND)
            return redirect("home")
    return form_page(request, form, "accounts/welcome.html", {"title": _("Choose your password")})


@public_page("the demo's people are open to all; elsewhere there is no such page")
@require_POST
def become(request: HttpRequest, username: str) -> HttpResponse:
    """Go on as another person of the demo company."""
    if not settings.DEMO:
        raise Http404
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    return redirect("home")
