"""Suppliers' invoices beside what was ordered and what came."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.shell import Action, Crumb, StripCell
from anwei.core.toasts import toast
from anwei.core.wording import money, when
from anwei.foundation.accounts.permissions import EXPORT
from anwei.foundation.governance.models import Proposal
from anwei.foundation.governance.operations import propose
from anwei.procurement.purchasing.forms import BillForm, ReasonForm, SupplierForm
from anwei.procurement.purchasing.models import OrderLine, SupplierInvoice
from anwei.procurement.purchasing.operations import BillLine, accept_difference, enter_invoice, send_invoice_back
from anwei.procurement.purchasing.permissions import MATCH, READ_BILLS
from anwei.procurement.purchasing.queries import bill_of, billable, payable
from anwei.procurement.purchasing.shown import BILLS, difference_words
from anwei.procurement.purchasing.tables import BillList
from anwei.procurement.suppliers.queries import supplier_of

State = SupplierInvoice.State


@page(right=READ_BILLS)
def bill_list(request: PageRequest) -> HttpResponseBase:
    """Show suppliers' invoices."""
    actor, actions = request.actor, []
    if actor.may(MATCH):
        actions = [Action(_("Enter an invoice"), reverse("purchasing:choose_supplier"), "plus", primary=True, key="N")]
    rows = SupplierInvoice.objects.visible_to(actor)
    context = {"title": _("Suppliers' invoices"), "actions": actions}
    return lists.respond(request, BillList(), rows, may_export=actor.may(EXPORT), context=context)


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Suppliers' invoices"), reverse("purchasing:bills")), *more]


@page(right=MATCH)
def choose(request: PageRequest) -> HttpResponse:
    """Ask whose invoice it is."""
    form = SupplierForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("purchasing:enter_bill", id=form.cleaned_data["supplier"].pk)
    title = _("Enter an invoice")
    context = {"title": title, "crumbs": _crumbs(Crumb(title)), "submit_label": _("Next"), "cancel_url": reverse("purchasing:bills")}
    return form_page(request, form, context=context)


@page(right=MATCH)
def enter(request: PageRequest, id: UUID) -> HttpResponse:
    """Show what was accepted and not yet invoiced, take what is billed, and match the three."""
    supplier = supplier_of(request.actor, id)
    lines = list(billable(request.actor, supplier.pk))
    form = BillForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        paper = data.pop("paper")
        done = attempt(
            request, form, enter_invoice, supplier=supplier, lines=_billed(request, lines), content=paper.read() if paper else None, **data
        )
        if done:
            return redirect("purchasing:bill", id=done.id)
    context = {
        "title": supplier.organisation.name,
        "crumbs": _crumbs(Crumb(_("Enter an invoice"))),
        "supplier": supplier,
        "form": form,
        "lines": [(line, line.accepted - line.invoiced, *_typed(request, line)) for line in lines],
    }
    return render(request, "purchasing/enter_bill.html", context, status=422 if form.errors else 200)


def _typed(request: PageRequest, line: OrderLine) -> tuple[bool, str, str]:
    """Return whether a line is billed, how many and at what price: as typed, else what is due."""
    if request.method != "POST":
        return True, f"{(line.accepted - line.invoiced).normalize():f}", str(line.unit_price)
    post: Any = request.POST
    return bool(post.get(f"take-{line.pk}")), post.get(f"quantity-{line.pk}", "")[:20], post.get(f"price-{line.pk}", "")[:20]


def _billed(request: PageRequest, lines: list[OrderLine]) -> list[BillLine]:
    found = []
    for line in lines:
        taken, quantity, price = _typed(request, line)
        if taken:
            found.append(BillLine(line, _number(quantity), _number(price)))
    return found


def _number(text: str) -> Decimal:
    """Read a number; what is none becomes zero, which the rule refuses with its sentence."""
    try:
        number = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() and abs(number) < Decimal(10) ** 12 else Decimal(0)


@page(right=READ_BILLS)
def bill(request: PageRequest, id: UUID) -> HttpResponse:
    """Show an invoice beside order and receipt, what differs, and what is done about it."""
    found = bill_of(request.actor, id)
    open_here = found.state == State.DIFFERS
    actions = [Action(_("Open the PDF"), reverse("files:file", args=[found.file_id]), "paper")] if found.file_id else []
    if request.actor.may(MATCH) and open_here:
        actions.insert(0, Action(_("Send it back"), reverse("purchasing:bill_back", args=[id]), "undo"))
        actions.insert(0, Action(_("Propose to accept"), reverse("purchasing:propose_difference", args=[id]), "check", primary=True))
    subject = f"{SupplierInvoice._meta.label}:{found.pk}"
    context = {
        "bill": found,
        "title": found.number,
        "pill": BILLS[found.state],
        "crumbs": _crumbs(Crumb(found.number, mono=True)),
        "strip": [
            StripCell(_("Supplier"), found.supplier.organisation.name),
            StripCell(_("With tax"), money(found.gross, found.currency), found.issued_on.isoformat()),
            StripCell(_("To be paid until"), when(found.due_on)),
            StripCell(_("Owed to this supplier"), money(payable(found.supplier.organisation_id), found.currency)),
        ],
        "actions": actions,
        "differences": [difference_words(d) for d in found.differences],
        "lines": found.lines.select_related("line__part", "line__order").order_by("line__order__number", "pk"),
        "proposed": Proposal.objects.open().filter(subject=subject).first(),
    }
    return render(request, "purchasing/bill.html", context)


def _reason(request: PageRequest, found: SupplierInvoice, form: ReasonForm, title: str, button: str) -> HttpResponse:
    back_to = reverse("purchasing:bill", args=[found.pk])
    context = {"title": title, "crumbs": _crumbs(Crumb(found.number, back_to), Crumb(title)), "submit_label": button, "cancel_url": back_to}
    return form_page(request, form, context=context)


@page(right=MATCH)
def propose_difference(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask why a difference is right, and propose it to a second person."""
    found, form = bill_of(request.actor, id), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        subject = f"{SupplierInvoice._meta.label}:{found.pk}"
        proposed: dict[str, Any] = {"verb": accept_difference.verb, "payload": {"invoice": str(found.pk)}, "subject": subject}
        if attempt(request, form, propose, **proposed, **form.cleaned_data):
            toast(request, _("Somebody else decides; it is posted when they agree"))
            return redirect("purchasing:bill", id=id)
    return _reason(request, found, form, _("Propose to accept"), _("Propose it"))


@page(right=MATCH)
def back(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask why an invoice goes back."""
    found, form = bill_of(request.actor, id), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, send_invoice_back, invoice=found, **form.cleaned_data):
        toast(request, _("Nothing was posted"))
        return redirect("purchasing:bill", id=id)
    return _reason(request, found, form, _("Send it back"), _("Send it back"))
