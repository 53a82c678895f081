"""Hospitals and other bodies: the list, one of them, what is added to it."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.operation import Operation
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.registers import registers
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.foundation.accounts.permissions import EXPORT
from anwei.foundation.organisations.forms import ContactForm, DepartmentForm, RegisterForm
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.operations import add_contact, add_department, register
from anwei.foundation.organisations.permissions import KEEP_ORGANISATIONS, READ_ORGANISATIONS
from anwei.foundation.organisations.queries import body_of
from anwei.foundation.organisations.tables import OrganisationList, level_words, role_words


@page(right=READ_ORGANISATIONS)
def organisation_list(request: PageRequest) -> HttpResponseBase:
    """Show hospitals and other bodies."""
    actor, actions = request.actor, []
    if actor.may(KEEP_ORGANISATIONS):
        actions = [Action(_("Register a body"), reverse("organisations:register"), "plus", primary=True, key="N")]
    rows = Organisation.objects.visible_to(actor)
    context = {"title": _("Hospitals and bodies"), "actions": actions}
    return lists.respond(request, OrganisationList(), rows, may_export=actor.may(EXPORT), context=context)


@page(right=READ_ORGANISATIONS)
def organisation(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one body: what it is, whom we call there, and what other apps know of it."""
    body = body_of(request.actor, id)
    actions = []
    if request.actor.may(KEEP_ORGANISATIONS):
        actions = [
            Action(_("Add a department"), reverse("organisations:add_department", args=[body.pk]), "plus"),
            Action(_("Add a contact"), reverse("organisations:add_contact", args=[body.pk]), "user"),
        ]
    context = {
        "title": body.name,
        "head_note": role_words(body.roles),
        "crumbs": [*_crumbs(), Crumb(body.name)],
        "actions": actions,
        "facts": _facts(body),
        "body": body,
        "departments": body.departments.order_by("name"),
        "contacts": body.contacts.select_related("department").order_by("name"),
        "aliases": body.aliases.order_by("name"),
        "panels": registers.panels_for("organisations.organisation", request.actor),
    }
    return render(request, "organisations/organisation.html", context)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Hospitals and bodies"), reverse("organisations:list"))]


def _facts(body: Organisation) -> list[Fact]:
    merged = body.merged_into
    place = " ".join(dict.fromkeys(part for part in (body.province, body.city, body.county) if part))
    return [
        Fact(
            _("Merged into"), merged.name if merged else "", url=reverse("organisations:organisation", args=[merged.pk]) if merged else ""
        ),
        Fact(_("What it is"), role_words(body.roles)),
        Fact(_("Grade"), level_words(body.level)),
        Fact(_("English name"), body.name_en),
        Fact(_("Region"), place),
        Fact(_("Address"), body.address),
        Fact(_("Telephones"), " ".join(map(str, body.phones))),
        Fact(_("Tax number"), body.tax_number, mono=True),
        Fact(_("Branch"), body.branch.name if body.branch else ""),
    ]


@page(right=KEEP_ORGANISATIONS)
def register_page(request: PageRequest) -> HttpResponse:
    """Register a body."""
    form = RegisterForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := attempt(request, form, register, **form.deed())):
        toast(request, _("“%(name)s” is registered") % {"name": form.cleaned_data["name"]})
        return redirect("organisations:organisation", id=made.id)
    context = {
        "title": _("Register a body"), "crumbs": _crumbs(), "submit_label": _("Register"), "cancel_url": reverse("organisations:list"),
    }  # fmt: skip
    return form_page(request, form, context=context)


@page(right=KEEP_ORGANISATIONS)
def add_department_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Add a ward or department."""
    return _add(request, id, DepartmentForm(request.POST or None), add_department, _("Add a department"))


@page(right=KEEP_ORGANISATIONS)
def add_contact_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Add somebody whom we may call."""
    return _add(request, id, ContactForm(request.POST or None), add_contact, _("Add a contact"))


def _add(request: PageRequest, id: UUID, form: Form, op: Operation[..., Any], title: str) -> HttpResponse:
    body = body_of(request.actor, id)
    here = reverse("organisations:organisation", args=[id])
    if request.method == "POST" and form.is_valid() and attempt(request, form, op, organisation=body, **form.cleaned_data):
        return redirect(here)
    context = {"title": title, "crumbs": [*_crumbs(), Crumb(body.name, here)], "submit_label": title, "cancel_url": here}
    return form_page(request, form, context=context)
