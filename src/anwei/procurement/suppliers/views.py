"""Pages of suppliers: the list, one of them with its papers and prices, and a part's offers side by side."""

from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.picking import suggestions
from anwei.core.registers import registers
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.foundation.accounts.permissions import EXPORT
from anwei.inventory.parts.models import Part
from anwei.procurement.suppliers.forms import AdmitForm, LicenceForm, PriceForm, TermsForm, WithdrawForm, sellers
from anwei.procurement.suppliers.models import Licence, PriceAgreement, Supplier
from anwei.procurement.suppliers.operations import admit, agree_price, file_licence, withdraw_licence
from anwei.procurement.suppliers.permissions import AGREE_PRICES, KEEP_SUPPLIERS, READ_PRICES, READ_SUPPLIERS
from anwei.procurement.suppliers.queries import LICENCES, offers, supplier_of, with_licence
from anwei.procurement.suppliers.shown import KINDS, obstacle_words, scope_of, state_of
from anwei.procurement.suppliers.tables import PriceList, SupplierList

SHOWN_PRICES = 30


@page(right=READ_SUPPLIERS)
def supplier_list(request: PageRequest) -> HttpResponseBase:
    """Show the admitted suppliers with the state of their licence."""
    actor, actions = request.actor, []
    if actor.may(KEEP_SUPPLIERS):
        actions = [Action(_("Admit a supplier"), reverse("suppliers:admit"), "plus", primary=True, key="N")]
    context = {"title": _("Suppliers"), "actions": actions}
    rows = with_licence(Supplier.objects.visible_to(actor))
    return lists.respond(request, SupplierList(), rows, may_export=actor.may(EXPORT), context=context)


@page(right=READ_PRICES)
def price_list(request: PageRequest) -> HttpResponseBase:
    """Show the prices agreed with suppliers, by part."""
    rows = PriceAgreement.objects.visible_to(request.actor)
    return lists.respond(request, PriceList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Agreed prices")})


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Suppliers"), reverse("suppliers:list")), *more]


@page(right=READ_SUPPLIERS)
def supplier(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one supplier: where orders go, its papers, its prices."""
    found, actor, today = supplier_of(request.actor, id), request.actor, timezone.localdate()
    actions = []
    if actor.may(KEEP_SUPPLIERS):
        actions.append(Action(_("File a paper"), reverse("suppliers:file_licence", args=[id]), "plus", primary=True))
        actions.append(Action(_("Change the terms"), reverse("suppliers:change", args=[id]), "edit"))
    if actor.may(AGREE_PRICES):
        actions.append(Action(_("Agree a price"), reverse("suppliers:agree_price", args=[id]), "money"))
    papers = found.licences.select_related("file").order_by("kind", "valid_until", "number")
    context = {
        "supplier": found,
        "title": found.organisation.name,
        "crumbs": _crumbs(Crumb(found.organisation.name)),
        "actions": actions,
        "facts": _facts(found),
        "papers": [(row, KINDS[row.kind], scope_of(row), state_of(row.valid_until, row.withdrawn_on, today)) for row in papers],
        "may_keep": actor.may(KEEP_SUPPLIERS),
        "prices": _prices(found) if actor.may(READ_PRICES) else None,
        "panels": registers.panels_for("suppliers.supplier", actor),
    }
    return render(request, "suppliers/supplier.html", context)


def _prices(found: Supplier) -> "QuerySet[PriceAgreement]":
    valid = Q(valid_until=None) | Q(valid_until__gte=timezone.localdate())
    return found.agreements.filter(valid).select_related("part").order_by("part__number", "valid_from")[:SHOWN_PRICES]


def _facts(found: Supplier) -> list[Fact]:
    body = found.organisation
    return [
        Fact(_("Body"), body.name, url=reverse("organisations:organisation", args=[body.pk])),
        Fact(_("Orders go to"), found.email or _("no address yet: orders are printed")),
        Fact(_("Contact person"), found.contact),
        Fact(_("Telephone"), found.phone),
        Fact(_("Address"), body.address),
        Fact(_("Paid after"), _("%(days)d days") % {"days": found.payment_days}),
    ]


def _form(request: PageRequest, form: Any, title: str, button: str, back: str, *crumbs: Crumb) -> HttpResponse:
    context = {"title": title, "crumbs": _crumbs(*crumbs, Crumb(title)), "submit_label": button, "cancel_url": back}
    return form_page(request, form, context=context)


@page(right=KEEP_SUPPLIERS)
def admit_supplier(request: PageRequest) -> HttpResponse:
    """Ask which body shall supply us."""
    form = AdmitForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := attempt(request, form, admit, **form.cleaned_data)):
        toast(request, _("The supplier is admitted; file its licence next"))
        return redirect("suppliers:supplier", id=done.id)
    return _form(request, form, _("Admit a supplier"), _("Admit"), reverse("suppliers:list"))


@page(right=KEEP_SUPPLIERS)
def change_supplier(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask where orders go and when they are paid."""
    found, back = supplier_of(request.actor, id), reverse("suppliers:supplier", args=[id])
    form = TermsForm(found, request.POST or None)
    body = found.organisation
    if request.method == "POST" and form.is_valid() and attempt(request, form, admit, organisation=body, **form.cleaned_data):
        toast(request, _("The terms are changed"))
        return redirect(back)
    return _form(request, form, _("Change the terms"), _("Save"), back, Crumb(found.organisation.name, back))


@page(right=KEEP_SUPPLIERS)
def file_paper(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask for a paper of a supplier."""
    found, back = supplier_of(request.actor, id), reverse("suppliers:supplier", args=[id])
    form = LicenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, file_licence, supplier=found, **form.deed()):
        toast(request, _("The paper is on file"))
        return redirect(back)
    return _form(request, form, _("File a paper"), _("File it"), back, Crumb(found.organisation.name, back))


@page(right=KEEP_SUPPLIERS)
def withdraw_paper(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask why a paper holds no longer."""
    licence = Licence.objects.visible_to(request.actor).select_related("supplier__organisation").filter(pk=id).first()
    if licence is None:
        raise NotFound(kind="licence")
    back, form = reverse("suppliers:supplier", args=[licence.supplier_id]), WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, withdraw_licence, licence=licence, **form.cleaned_data):
        toast(request, _("The paper is withdrawn"))
        return redirect(back)
    title = _("Withdraw %(number)s") % {"number": licence.number}
    return _form(request, form, title, _("Withdraw it"), back, Crumb(licence.supplier.organisation.name, back))


@page(right=AGREE_PRICES)
def agree(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask for a price agreed with a supplier."""
    found, back = supplier_of(request.actor, id), reverse("suppliers:supplier", args=[id])
    form = PriceForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, agree_price, supplier=found, **form.cleaned_data):
        toast(request, _("The price is agreed"))
        return redirect(back)
    return _form(request, form, _("Agree a price"), _("Enter it"), back, Crumb(found.organisation.name, back))


@page(right=READ_PRICES)
def compare(request: PageRequest, id: UUID) -> HttpResponse:
    """Show what suppliers offer a part for, side by side, with what stands against each."""
    part = Part.objects.visible_to(request.actor).filter(pk=id).first()
    if part is None:
        raise NotFound(kind="part")
    found = offers([part.pk], timezone.localdate())[part.pk]
    context = {
        "title": part.label,
        "head_note": part.number,
        "crumbs": [Crumb(_("Agreed prices"), reverse("suppliers:prices")), Crumb(part.number, mono=True)],
        "offers": [(offer, f"{offer.agreement.tax_rate * 100:.0f} %", [obstacle_words(o) for o in offer.obstacles]) for offer in found],
        "part": part,
        "panels": registers.panels_for("suppliers.part", request.actor),
    }
    return render(request, "suppliers/compare.html", context)


@page(right=KEEP_SUPPLIERS)
def body_options(request: PageRequest) -> HttpResponse:
    """Suggest bodies that could supply us while one types."""
    return suggestions(request, sellers(request.actor), lambda row: row.name, lambda row: row.city)


@page(right=READ_PRICES)
def part_options(request: PageRequest) -> HttpResponse:
    """Suggest parts while one types."""
    rows = Part.objects.visible_to(request.actor).order_by("number")
    return suggestions(request, rows, lambda row: row.number, lambda row: str(row.label))


@page(right=READ_SUPPLIERS)
def on_organisation(request: PageRequest, id: UUID) -> HttpResponse:
    """Show that a body supplies us, as a panel of its page."""
    found = Supplier.objects.visible_to(request.actor).filter(organisation=id).first()
    until = found.licences.filter(withdrawn_on=None, kind__in=LICENCES).aggregate(until=Max("valid_until"))["until"] if found else None
    return render(request, "suppliers/_on_organisation.html", {"supplier": found, "until": until})
