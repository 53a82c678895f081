"""Purchase orders: the list, one of them, and what is done with it until it comes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, attempt, form_page, page, refusal_of
from anwei.core.shell import Action, Crumb, StripCell
from anwei.core.toasts import toast
from anwei.core.wording import money, when
from anwei.foundation.accounts.permissions import EXPORT
from anwei.foundation.governance.models import Proposal
from anwei.foundation.governance.operations import propose
from anwei.procurement.purchasing.forms import EndForm, LineForm, PromiseForm, ReasonForm
from anwei.procurement.purchasing.models import OrderLine, PurchaseOrder
from anwei.procurement.purchasing.operations import approve, cancel, change_line, chase, close, promise, send
from anwei.procurement.purchasing.permissions import BUY, READ_ORDERS, RECEIVE
from anwei.procurement.purchasing.queries import demands_on, order_of, promised_for
from anwei.procurement.purchasing.shown import STATES, promise_pill
from anwei.procurement.purchasing.tables import OrderList
from anwei.procurement.suppliers.permissions import READ_PRICES

State = PurchaseOrder.State


@page(right=READ_ORDERS)
def order_list(request: PageRequest) -> HttpResponseBase:
    """Show purchase orders, promised beside needed."""
    rows = PurchaseOrder.objects.visible_to(request.actor)
    return lists.respond(request, OrderList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Purchase orders")})


def crumbs(order: PurchaseOrder, *more: Crumb) -> list[Crumb]:
    """Return the path to an order and to what is below it."""
    own = reverse("purchasing:order", args=[order.pk]) if more else ""
    return [Crumb(_("Purchase orders"), reverse("purchasing:orders")), Crumb(order.number, own, mono=True), *more]


@page(right=READ_ORDERS)
def order(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one order: its lines with what came, for whom, what was promised, its deliveries and invoices."""
    found = order_of(request.actor, id)
    lines = list(found.lines.select_related("part").order_by("part__number"))
    serves = demands_on(lines)
    subject = f"{PurchaseOrder._meta.label}:{found.pk}"
    context = {
        "order": found,
        "title": found.supplier.organisation.name,
        "pill": STATES[found.state],
        "crumbs": crumbs(found),
        "strip": _strip(found),
        "actions": _actions(request, found),
        "more_actions": _more(request, found),
        "lines": [(line, serves[line.pk]) for line in lines],
        "may_change": request.actor.may(BUY) and found.state in PurchaseOrder.UNSENT,
        "proposed": Proposal.objects.open().filter(subject=subject, verb="purchasing.approve").first(),
        "chases": found.chases.select_related("by").order_by("-at", "-pk"),
        "receipts": found.receipts.order_by("-at"),
        "bills": {b.invoice for line in lines for b in line.bills.select_related("invoice")},
    }
    return render(request, "purchasing/order.html", context)


def _strip(order: PurchaseOrder) -> list[StripCell]:
    promised = promise_pill(order.state, order.needed_by, order.promised_on, timezone.localdate())
    approved = _("approved by %(name)s") % {"name": order.approved_by.name} if order.approved_by else ""
    return [
        StripCell(_("Number"), order.number, order.branch.code),
        StripCell(_("Net"), money(order.net, order.currency), approved),
        StripCell(_("Needed by"), when(order.needed_by) or "—", order.place.name),
        StripCell(
            _("Promised"), when(order.promised_on) or "—", promised.label if promised else "",
            mood="bad" if promised and promised.colour == "red" else "", colour=promised.colour if promised else "",
        ),
    ]  # fmt: skip


def _actions(request: PageRequest, order: PurchaseOrder) -> list[Action]:
    actor, actions, args = request.actor, [], [order.pk]
    if actor.may(BUY) and order.state == State.APPROVED:
        actions.append(Action(_("Send it"), reverse("purchasing:send", args=args), "send", primary=True, post=True, key="S"))
    if actor.may(BUY) and order.state == State.DRAFT:
        actions.append(Action(_("Ask for approval"), reverse("purchasing:ask_approval", args=args), "check", primary=True))
    if order.state in PurchaseOrder.COMING:
        if actor.may(RECEIVE):
            actions.append(Action(_("Receive"), reverse("purchasing:receive", args=args), "scan", primary=True, key="R"))
        if actor.may(BUY):
            actions.append(Action(_("Enter a promise"), reverse("purchasing:promise", args=args), "calendar"))
            actions.append(Action(_("Chase"), reverse("purchasing:chase", args=args), "message", post=True))
    if order.file_id:
        actions.append(Action(_("Open the PDF"), reverse("files:file", args=[order.file_id]), "paper"))
    return actions


def _more(request: PageRequest, order: PurchaseOrder) -> list[Action]:
    if not request.actor.may(BUY) or order.state in (State.CLOSED, State.CANCELLED):
        return []
    cancels = order.state in (*PurchaseOrder.UNSENT, State.SENT)
    label = _("Cancel this purchase") if cancels else _("Close this purchase")
    return [Action(label, reverse("purchasing:end", args=[order.pk]), "ban", danger=True)]


def _form(request: PageRequest, order: PurchaseOrder, form: Form, title: str, button: str) -> HttpResponse:
    back = reverse("purchasing:order", args=[order.pk])
    context = {"title": title, "crumbs": crumbs(order, Crumb(title)), "submit_label": button, "cancel_url": back}
    return form_page(request, form, context=context)


@page(right=BUY)
@require_POST
def send_order(request: PageRequest, id: UUID) -> HttpResponse:
    """Send an order; a refusal says why not."""
    found = order_of(request.actor, id)
    if refused := refusal_of(request, send, order=found):
        toast(request, str(refused), level=messages.ERROR)
    else:
        toast(request, _("%(number)s is sent") % {"number": found.number})
    return redirect("purchasing:order", id=id)


@page(right=BUY)
@require_POST
def chase_order(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask the supplier when an order comes."""
    found = order_of(request.actor, id)
    if refused := refusal_of(request, chase, order=found):
        toast(request, str(refused), level=messages.ERROR)
    else:
        toast(request, _("%(supplier)s is asked") % {"supplier": found.supplier.organisation.name})
    return redirect("purchasing:order", id=id)


@page(right=BUY)
def ask_approval(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask why an order above the limit shall be sent, and propose it to a second person."""
    found, form = order_of(request.actor, id), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        subject = f"{PurchaseOrder._meta.label}:{found.pk}"
        proposed: dict[str, Any] = {"verb": approve.verb, "payload": {"order": str(found.pk)}, "subject": subject}
        if attempt(request, form, propose, **proposed, **form.cleaned_data):
            toast(request, _("Somebody else decides; you can send the order when it is approved"))
            return redirect("purchasing:order", id=id)
    return _form(request, found, form, _("Ask for approval"), _("Propose it"))


@page(right=BUY)
def promise_order(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask for the day the supplier has promised."""
    found, form = order_of(request.actor, id), PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, promise, order=found, **form.cleaned_data):
        toast(request, _("The promise is noted"))
        return redirect("purchasing:order", id=id)
    return _form(request, found, form, _("Enter a promise"), _("Note it"))


@page(right=BUY)
def end_order(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask why an order is cancelled, or closed before all has come."""
    found, form = order_of(request.actor, id), EndForm(request.POST or None)
    cancels = found.state in (*PurchaseOrder.UNSENT, State.SENT)
    operation, title = (cancel, _("Cancel this purchase")) if cancels else (close, _("Close this purchase"))
    if request.method == "POST" and form.is_valid() and attempt(request, form, operation, order=found, **form.cleaned_data):
        toast(request, _("What it was for is short again"))
        return redirect("purchasing:order", id=id)
    return _form(request, found, form, title, title)


@page(right=BUY)
def line(request: PageRequest, id: UUID, line: UUID) -> HttpResponse:
    """Ask for another quantity or price of a line."""
    order, found = order_of(request.actor, id), OrderLine.objects.filter(order=id, pk=line).select_related("part").first()
    if found is None:
        raise NotFound(kind="order line")
    form = LineForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, change_line, order=order, line=found, **form.cleaned_data):
        toast(request, _("The line is changed"))
        return redirect("purchasing:order", id=id)
    return _form(request, order, form, str(found.part.label), _("Change it"))


@page(right=READ_ORDERS)
def on_supplier(request: PageRequest, id: UUID) -> HttpResponse:
    """Show a supplier's latest orders, as a panel of its page."""
    rows = PurchaseOrder.objects.visible_to(request.actor).filter(supplier=id).order_by("-created_at")[:8]
    return render(request, "purchasing/_on_supplier.html", {"orders": [(row, STATES[row.state]) for row in rows]})


@page(right=READ_PRICES)
def on_part(request: PageRequest, id: UUID) -> HttpResponse:
    """Show what of a part is on order and for when it is promised, as a panel beside its offers."""
    return render(request, "purchasing/_on_part.html", {"lines": promised_for(id)})
