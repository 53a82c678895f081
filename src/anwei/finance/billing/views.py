"""Pages of billing: what is to be invoiced, invoices, money received."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.pages import PageRequest, attempt, page, refusal_of
from anwei.core.shell import Action, Crumb, StripCell
from anwei.core.toasts import toast
from anwei.core.wording import money
from anwei.finance.billing.forms import PaymentForm
from anwei.finance.billing.models import Invoice
from anwei.finance.billing.operations import invoice, receive_payment
from anwei.finance.billing.permissions import INVOICE, READ_INVOICES, TAKE_PAYMENT
from anwei.finance.billing.queries import invoice_of, is_due, open_amount, to_invoice, with_open
from anwei.finance.billing.shown import METHODS, paid_pill
from anwei.finance.billing.tables import InvoiceList, ToInvoiceList
from anwei.finance.settlement.models import SettlementLine
from anwei.finance.settlement.permissions import READ_MONEY
from anwei.finance.settlement.queries import settlement_of
from anwei.finance.settlement.shown import UNITS, plain, rate_of, text_of
from anwei.foundation.accounts.permissions import EXPORT
from anwei.workorders.orders.queries import order_of

INTERNAL = tuple(f"settled__{column}" for column in SettlementLine.internal)


@page(right=READ_INVOICES)
def invoice_list(request: PageRequest) -> HttpResponseBase:
    """Show invoices with what is open."""
    rows = with_open(Invoice.objects.visible_to(request.actor))
    return lists.respond(request, InvoiceList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Invoices")})


@page(right=READ_MONEY)
def due_list(request: PageRequest) -> HttpResponseBase:
    """Show the settled orders that are still to be invoiced."""
    rows = to_invoice(request.actor)
    return lists.respond(request, ToInvoiceList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("To be invoiced")})


@page(right=READ_INVOICES)
def invoice_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Show an invoice: its lines, what was paid, what is open."""
    return _page(request, invoice_of(request.actor, id))


def _page(request: PageRequest, found: Invoice, form: PaymentForm | None = None) -> HttpResponse:
    still = open_amount(found)
    may_take = request.actor.may(TAKE_PAYMENT) and still > 0
    lines = [row.settled for row in found.lines.select_related("settled").defer(*INTERNAL).order_by("settled_id")]
    context = {
        "invoice": found,
        "title": found.number,
        "crumbs": [Crumb(_("Invoices"), reverse("billing:list")), Crumb(found.number, mono=True)],
        "pill": paid_pill(found.gross, still),
        "strip": _strip(found, still),
        "lines": [(line, text_of(line), f"{plain(line.quantity)} {UNITS.get(line.unit, line.unit)}", rate_of(line)) for line in lines],
        "payments": [(payment, METHODS.get(payment.method, payment.method)) for payment in found.payments.order_by("at", "id")],
        "form": (form or PaymentForm(still)) if may_take else None,
        "may_open": request.actor.may(READ_MONEY),
        "actions": [Action(_("Open the PDF"), reverse("files:file", args=[found.file_id]), "paper")] if found.file_id else [],
    }
    return render(request, "billing/invoice.html", context, status=422 if form else 200)


def _strip(found: Invoice, still: object) -> list[StripCell]:
    order = found.settlement.order
    return [
        StripCell(_("Buyer"), found.buyer.name, found.buyer.tax_number),
        StripCell(_("Work order"), order.shown_title, order.number),
        StripCell(_("With tax"), money(found.gross, found.currency), found.issued_on.isoformat()),
        StripCell(_("Open"), money(still, found.currency), mood="turn" if still else ""),
    ]


@page(right=TAKE_PAYMENT)
@require_POST
def payment_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Record money that came in for an invoice; a refusal is told beside what was typed."""
    found = invoice_of(request.actor, id)
    form = PaymentForm(open_amount(found), request.POST)
    if not form.is_valid() or not attempt(request, form, receive_payment, invoice=found, **form.cleaned_data):
        return _page(request, found, form)
    toast(request, _("%(amount)s recorded for %(number)s") % {"amount": money(form.cleaned_data["amount"]), "number": found.number})
    return redirect("billing:invoice", id=id)


@page(right=INVOICE)
@require_POST
def issue_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Issue the next invoice of a settlement, and show it."""
    settlement = settlement_of(request.actor, id)
    if refused := refusal_of(request, invoice, settlement=settlement):
        toast(request, str(refused), level=messages.ERROR)
        return redirect("settlement:settlement", id=id)
    made = Invoice.objects.visible_to(request.actor).filter(settlement=settlement).order_by("-created_at")[0]
    toast(request, _("%(number)s is issued") % {"number": made.number})
    return redirect("billing:invoice", id=made.pk)


@page(right=READ_INVOICES)
def on_settlement(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the invoices of a settlement and, where one is due, the way to issue it: a panel of its page."""
    settlement = settlement_of(request.actor, id)
    context = {
        "settlement": settlement,
        "invoices": _pilled(request, settlement=settlement),
        "may_issue": request.actor.may(INVOICE) and is_due(settlement),
        "is_settled": settlement.confirmed_at is not None,
    }
    return render(request, "billing/_on_settlement.html", context)


@page(right=READ_INVOICES)
def on_order(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the invoices of an order, as a panel of its page."""
    order = order_of(request.actor, id)
    return render(request, "billing/_on_order.html", {"invoices": _pilled(request, settlement__order=order)})


def _pilled(request: PageRequest, **where: object) -> list[tuple[Invoice, object]]:
    rows = with_open(Invoice.objects.visible_to(request.actor).filter(**where)).select_related("buyer").order_by("serial")
    return [(row, paid_pill(row.gross, row.still)) for row in rows]  # type: ignore[attr-defined]
