"""Users: the list, one user with roles and grants, and what an administrator does there."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core.errors import NotFound
from anwei.core.lists import respond
from anwei.core.operation import Operation
from anwei.core.pages import PageRequest, attempt, form_page, page, perform, tell
from anwei.core.registers import registers
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.foundation.accounts.errors import NoSuchRecord, SeveralRecords
from anwei.foundation.accounts.forms import GrantForm, RoleForm, UserForm
from anwei.foundation.accounts.lists import ACTIVE, Users
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import create_user, disable, enable, end_grant, give_role, grant_rows, invite, take_role
from anwei.foundation.accounts.permissions import EXPORT, GRANT, KEEP_USERS, READ_USERS
from anwei.foundation.accounts.queries import role_choices

CHANGES: dict[str, Operation[..., Any]] = {
    "disable": disable,
    "enable": enable,
    "give_role": give_role,
    "take_role": take_role,
    "end_grant": end_grant,
}


@page(right=READ_USERS)
def users(request: PageRequest) -> HttpResponseBase:
    """List everybody who may sign in."""
    add = [Action(_("New user"), reverse("accounts:create"), "plus", primary=True)] if request.actor.may(KEEP_USERS) else []
    rows = User.objects.visible_to(request.actor)
    return respond(request, Users(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Users"), "actions": add})


@page(right=KEEP_USERS)
def create(request: PageRequest) -> HttpResponse:
    """Create a user."""
    form = UserForm(request.POST or None)
    if form.is_valid() and (done := attempt(request, form, create_user, **form.cleaned_data)):
        toast(request, _("Created. Give a role, then make an invitation."))
        return redirect("accounts:user", done.id)
    crumbs = [Crumb(_("Users"), reverse("accounts:users")), Crumb(_("New user"))]
    return form_page(request, form, context={"title": _("New user"), "crumbs": crumbs, "submit_label": _("Create")})


@page(right=READ_USERS)
def user(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one user: who they are, what they may do, what they see."""
    return _shown(request, _found(request, id))


def _found(request: PageRequest, id: UUID) -> User:
    found: User | None = User.objects.visible_to(request.actor).filter(pk=id).first()
    if found is None:
        raise NotFound(kind="user")
    return found


def _shown(request: PageRequest, person: User, grant_form: GrantForm | None = None) -> HttpResponse:
    choices = role_choices(person.side)
    held = set(person.memberships.values_list("role", flat=True))
    context = {
        "title": person.name,
        "pill": ACTIVE[person.is_active],
        "crumbs": [Crumb(_("Users"), reverse("accounts:users")), Crumb(person.username, mono=True)],
        "actions": _actions(request, person),
        "facts": _facts(person),
        "person": person,
        "roles": [(key, name) for key, name in choices if key in held],
        "role_form": RoleForm(roles=[c for c in choices if c[0] not in held]),
        "grants": _grants(person),
        "grant_form": grant_form or GrantForm(),
        "may_grant": request.actor.may(GRANT) and person.id != request.actor.id,
    }
    refused = bool(grant_form and grant_form.errors)
    return render(request, "accounts/user.html", context, status=422 if refused else 200)


def _actions(request: PageRequest, person: User) -> list[Action]:
    if not request.actor.may(KEEP_USERS) or person.id == request.actor.id:
        return []
    change = reverse("accounts:change", args=[person.id])
    if not person.is_active:
        return [Action(_("Enable"), change, "check", post=True, fields=(("do", "enable"),))]
    invitation = Action(_("Make an invitation"), reverse("accounts:invite", args=[person.id]), "send", primary=True, post=True)
    question = _("Disable this user? They are signed out, and their keys end.")
    return [invitation, Action(_("Disable"), change, "ban", post=True, danger=True, confirm=question, fields=(("do", "disable"),))]


def _facts(person: User) -> list[Fact]:
    return [
        Fact(_("User name"), person.username, mono=True),
        Fact(_("Belongs to"), person.get_side_display()),
        Fact(_("E-mail"), person.email),
        Fact(_("Phone"), person.phone),
        Fact(_("Last signed in"), timezone.localtime(person.last_login).strftime("%Y-%m-%d %H:%M") if person.last_login else _("never")),
    ]


def _grants(person: User) -> list[dict[str, Any]]:
    """Name what is granted through the scopes that other apps registered."""
    rows = list(person.grants.live(timezone.now()).order_by("kind", "created_at"))
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row.record)
    names = {
        id: name for kind, ids in by_kind.items() if kind in registers.scopes for id, name in registers.scopes[kind].names(ids).items()
    }
    return [
        {
            "grant": row,
            "label": registers.scopes[row.kind].label if row.kind in registers.scopes else row.kind,
            "name": names.get(row.record, row.record),
        }
        for row in rows
    ]


@page(right=GRANT)
@require_POST
def grant(request: PageRequest, id: UUID) -> HttpResponse:
    """Grant rows to a user: what was typed must name exactly one record."""
    person, form = _found(request, id), GrantForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        found = registers.scopes[typed["kind"]].find(request.actor, typed["record"])
        if len(found) != 1:
            names = ", ".join(name for _id, name in found[:5])
            tell(form, SeveralRecords(field="record", names=names) if found else NoSuchRecord(field="record"))
        elif attempt(request, form, grant_rows, user=person, kind=typed["kind"], record_id=found[0][0], until=typed["until"]):
            toast(request, _("Granted: %(name)s") % {"name": found[0][1]})
            return redirect("accounts:user", id)
    return _shown(request, person, form)


@page(right=READ_USERS)
@require_POST
def change(request: PageRequest, id: UUID) -> HttpResponse:
    """Do one of the small things on a user's page; each asks for its own right."""
    op = CHANGES.get(request.POST.get("do", ""))
    if op is None:
        raise NotFound(kind="deed")
    person = _found(request, id)
    if op is end_grant:
        own = person.grants.filter(pk__in=_uuids(request.POST.get("grant", ""))).first()
        perform(request, op, grant=own)
    elif op in (give_role, take_role):
        perform(request, op, user=person, role=request.POST.get("role", ""))
    else:
        perform(request, op, user=person)
    toast(request, _("Done."))
    return redirect("accounts:user", id)


@page(right=KEEP_USERS)
@require_POST
def invite_user(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the link by which a user sets their password; it is shown this once."""
    done = perform(request, invite, user=_found(request, id))
    if done.result is None:  # the same form sent twice: the link is not told again
        return redirect("accounts:user", id)
    link = invitation_link(request, done.result)
    crumbs = [Crumb(_("Users"), reverse("accounts:users")), Crumb(done.result.name, reverse("accounts:user", args=[id]))]
    return render(request, "accounts/invitation.html", {"title": _("Invitation"), "crumbs": crumbs, "person": done.result, "link": link})


def invitation_link(request: HttpRequest, invited: User) -> str:
    """Return the whole address of an invitation just made."""
    return request.build_absolute_uri(reverse("welcome", args=[invited.id, invited.secret]))


def _uuids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []
