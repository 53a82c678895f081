"""Pages of contracts, and the answer who pays as a panel of other pages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.labels import Listing
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.picking import suggestions
from anwei.core.registers import registers
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.core.wall import inside
from anwei.core.wording import when
from anwei.equipment.contracts.forms import CoverForm, EndForm, SignForm
from anwei.equipment.contracts.models import Contract
from anwei.equipment.contracts.operations import cover, end, sign
from anwei.equipment.contracts.permissions import KEEP_CONTRACTS, READ_CONTRACTS, READ_COVERAGE
from anwei.equipment.contracts.queries import Coverage, coverage, groups_named, schemes, tier_names
from anwei.equipment.contracts.tables import ContractList, state_of
from anwei.equipment.devices.models import Device
from anwei.foundation.accounts.permissions import EXPORT
from anwei.foundation.organisations.models import Organisation

SHOWN_DEVICES = 100


@page(right=READ_CONTRACTS)
def contract_list(request: PageRequest) -> HttpResponseBase:
    """Show contracts."""
    actor, actions = request.actor, []
    if actor.may(KEEP_CONTRACTS):
        actions = [Action(_("Enter a contract"), reverse("contracts:sign"), "plus", primary=True, key="N")]
    context = {"title": _("Contracts"), "actions": actions}
    rows = Contract.objects.visible_to(actor)
    return lists.respond(request, ContractList(actor), rows, may_export=actor.may(EXPORT), context=context)


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Contracts"), reverse("contracts:list")), *more]


def _contract(request: PageRequest, id: UUID) -> Contract:
    rows = Contract.objects.visible_to(request.actor).select_related("customer", "branch", "sla__definition")
    if (found := rows.filter(pk=id).first()) is None:
        raise NotFound(kind="contract")
    return found


@page(right=READ_CONTRACTS)
def contract(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one contract: what it pays for, how fast, which devices."""
    found, actor = _contract(request, id), request.actor
    devices = Device.objects.visible_to(actor).filter(pk__in=found.covered.values("device")).select_related("model", "department")
    actions = []
    if actor.may(KEEP_CONTRACTS) and found.ended_on is None:
        actions = [
            Action(_("Cover more devices"), reverse("contracts:cover", args=[found.pk]), "plus"),
            Action(_("End early"), reverse("contracts:end", args=[found.pk]), "ban", danger=True),
        ]
    context = {
        "contract": found,
        "title": found.title,
        "pill": state_of(found.starts_on, found.last_day, timezone.localdate()),
        "head_note": "" if found.title == found.customer.name else found.customer.name,
        "crumbs": _crumbs(Crumb(found.number, mono=True)),
        "actions": actions,
        "facts": _facts(found),
        "devices": devices.order_by("number")[:SHOWN_DEVICES],
        "number": devices.count(),
        "panels": registers.panels_for("contracts.contract", actor),
    }
    return render(request, "contracts/contract.html", context)


def _facts(found: Contract) -> list[Fact]:
    scheme = schemes().get(found.scheme)
    pays = [(found.covers_labour, _("labour")), (found.covers_travel, _("travel")), (found.covers_parts, _("parts"))]
    tier = tier_names().get(found.tier)
    version = _("version %(number)d of the day it was signed") % {"number": found.sla.number}
    return [
        Fact(_("Number"), found.number, mono=True),
        Fact(_("Cover"), str(scheme.label) if scheme else found.scheme),
        Fact(_("Pays for"), str(Listing(word for covered, word in pays if covered)) or _("nothing by itself")),
        Fact(_("Parts left out"), str(Listing(groups_named(found.excluded_groups)))),
        Fact(_("Service tier"), str(tier or found.tier), note=version),
        Fact(_("From"), when(found.starts_on)),
        Fact(_("Until"), when(found.ends_on)),
        Fact(_("Ended early on"), when(found.ended_on), note=found.ended_because),
        Fact(_("Our branch"), found.branch.name),
    ]


def _form(request: PageRequest, form: Any, title: str, button: str, back: str, *crumbs: Crumb) -> HttpResponse:
    context = {"title": title, "crumbs": _crumbs(*crumbs, Crumb(title)), "submit_label": button, "cancel_url": back}
    return form_page(request, form, context=context)


@page(right=KEEP_CONTRACTS)
def sign_contract(request: PageRequest) -> HttpResponse:
    """Ask for a signed contract and enter it."""
    form = SignForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := attempt(request, form, sign, **form.cleaned_data)):
        toast(request, _("The contract is entered"))
        return redirect("contracts:contract", id=done.id)
    return _form(request, form, _("Enter a contract"), _("Enter it"), reverse("contracts:list"))


@page(right=KEEP_CONTRACTS)
def cover_devices(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask which devices are covered besides."""
    found = _contract(request, id)
    form, back = CoverForm(request.actor, request.POST or None), reverse("contracts:contract", args=[id])
    if request.method == "POST" and form.is_valid() and attempt(request, form, cover, contract=found, **form.cleaned_data):
        toast(request, _("The devices are covered"))
        return redirect(back)
    return _form(request, form, _("Cover more devices"), _("Cover these devices"), back, Crumb(found.number, back, mono=True))


@page(right=KEEP_CONTRACTS)
def end_contract(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask when and why a contract ends early."""
    found = _contract(request, id)
    form, back = EndForm(request.POST or None), reverse("contracts:contract", args=[id])
    if request.method == "POST" and form.is_valid() and attempt(request, form, end, contract=found, **form.cleaned_data):
        toast(request, _("The contract ends early"))
        return redirect(back)
    return _form(request, form, _("End early"), _("End the contract"), back, Crumb(found.number, back, mono=True))


@page(right=KEEP_CONTRACTS)
def customer_options(request: PageRequest) -> HttpResponse:
    """Suggest customers while one types."""
    rows = Organisation.objects.visible_to(request.actor).living().order_by("name")
    return suggestions(request, rows, lambda row: row.name, lambda row: row.city)


def _coverage(request: PageRequest, id: UUID) -> dict[str, Any]:
    """Return who pays for a device today, and the contract if this person may open it."""
    device = Device.objects.visible_to(request.actor).filter(pk=id).first()
    if device is None:
        raise NotFound(kind="device")
    with inside():  # who comes from outside is told the answer for a device of theirs; the contracts that it rests on stay closed
        answer: Coverage = coverage(device, timezone.localdate())
    may_open = (
        answer.contract is not None
        and request.actor.may(READ_CONTRACTS)
        and Contract.objects.visible_to(request.actor).filter(pk=answer.contract.pk).exists()
    )
    left = (answer.until - timezone.localdate()).days if answer.until else None
    return {"coverage": answer, "contract": answer.contract if may_open else None, "left": left}


@page(right=READ_COVERAGE)
def coverage_panel(request: PageRequest, id: UUID) -> HttpResponse:
    """Show who pays for a device and why, as a panel of its page."""
    return render(request, "contracts/_coverage.html", _coverage(request, id))


@page(right=READ_COVERAGE)
def coverage_cell(request: PageRequest, id: UUID) -> HttpResponse:
    """Show who pays for a device in the strip of its page."""
    return render(request, "contracts/_coverage_cell.html", _coverage(request, id))


@page(right=READ_CONTRACTS)
def of_customer(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the contracts of a customer, as a panel of its page."""
    rows = Contract.objects.visible_to(request.actor).filter(customer=id).order_by("-last_day")[:8]
    return render(request, "contracts/_of_customer.html", {"contracts": rows})
