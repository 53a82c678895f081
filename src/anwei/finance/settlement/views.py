"""Pages of settlement: what is to be settled, and who pays which line and why."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import Refusal
from anwei.core.pages import PageRequest, attempt, form_page, page, refusal_of
from anwei.core.registers import registers
from anwei.core.shell import Action, Crumb, StripCell
from anwei.core.toasts import toast
from anwei.core.wording import money, when
from anwei.finance.settlement.forms import PayerForm
from anwei.finance.settlement.models import Settlement, SettlementLine
from anwei.finance.settlement.operations import choose_payer, confirm
from anwei.finance.settlement.permissions import READ_MONEY, SETTLE
from anwei.finance.settlement.queries import lines_of, settlement_of, split_by_payer, total_of
from anwei.finance.settlement.shown import OPEN, PAYERS, REASONS, STATES, UNITS, about, plain, rate_of, text_of
from anwei.finance.settlement.tables import SettlementList, with_sums
from anwei.foundation.accounts.permissions import EXPORT
from anwei.workorders.orders.queries import order_of


@page(right=READ_MONEY)
def settlement_list(request: PageRequest) -> HttpResponseBase:
    """Show what is to be settled."""
    rows = with_sums(Settlement.objects.visible_to(request.actor))
    return lists.respond(request, SettlementList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("To be settled")})


def _crumbs(found: Settlement, *more: Crumb) -> list[Crumb]:
    url = reverse("settlement:settlement", args=[found.pk]) if more else ""
    return [Crumb(_("To be settled"), reverse("settlement:list")), Crumb(found.order.number, url, mono=True), *more]


def _line(line: SettlementLine) -> dict[str, Any]:
    return {
        "line": line,
        "text": text_of(line),
        "quantity": f"{plain(line.quantity)} {UNITS.get(line.unit, line.unit)}",
        "rate": rate_of(line),
        "payer": PAYERS[line.payer],
        "body": line.payer_body,
        "reason": REASONS.get(line.reason, line.reason),
        "is_open": line.payer == SettlementLine.Payer.OPEN,
    }


def _totals(lines: list[SettlementLine], currency: str) -> dict[str, Any]:
    sums = split_by_payer(lines, currency)
    return {"total": total_of(lines, currency), "sums": [(PAYERS[s.payer], s, s.payer == SettlementLine.Payer.OPEN) for s in sums]}


@page(right=READ_MONEY)
def settlement(request: PageRequest, id: UUID) -> HttpResponse:
    """Show a settlement line by line: what, how much, who pays, why."""
    return _page(request, settlement_of(request.actor, id))


def _page(request: PageRequest, found: Settlement, refused: Refusal | None = None) -> HttpResponse:
    lines = lines_of(found)
    has_open = any(line.payer == SettlementLine.Payer.OPEN for line in lines)
    may_settle = request.actor.may(SETTLE) and found.state == Settlement.State.PROPOSED
    totals = _totals(lines, found.currency)
    context = {
        "settlement": found,
        "title": found.order.shown_title,
        "crumbs": _crumbs(found),
        "pill": OPEN if has_open else STATES[found.state],
        "strip": _strip(found, totals, has_open),
        "lines": [_line(line) for line in lines],
        "may_settle": may_settle,
        "has_open": has_open,
        "refused": refused,
        "panels": registers.panels_for("settlement.settlement", request.actor),
        "actions": [_confirm(found)] if may_settle and not has_open else [],
        **totals,
    }
    return render(request, "settlement/settlement.html", context, status=409 if refused else 200)


def _confirm(found: Settlement) -> Action:
    return Action(_("Confirm who pays"), reverse("settlement:confirm", args=[found.pk]), "check", primary=True, post=True)


def _strip(found: Settlement, totals: dict[str, Any], has_open: bool) -> list[StripCell]:
    order, unpaid = found.order, next((s for _word, s, is_open in totals["sums"] if is_open), None)
    return [
        StripCell(_("Hospital"), order.hospital.name, str(order.department or "")),
        StripCell(_("Device"), order.device.model.name, order.device.serial),
        StripCell(_("With tax"), money(totals["total"].gross, found.currency)),
        StripCell(
            _("Payer open"), money(unpaid.gross, found.currency) if unpaid else _("none"),
            _("nobody pays for this yet") if has_open else "", mood="bad" if has_open else "", icon="warn" if has_open else "",
            colour="red" if has_open else "",
        ),
    ]  # fmt: skip


@page(right=SETTLE)
@require_POST
def confirm_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Confirm who pays what."""
    found = settlement_of(request.actor, id)
    if refused := refusal_of(request, confirm, settlement=found):
        return _page(request, settlement_of(request.actor, id), refused)
    toast(request, _("%(number)s is settled") % {"number": found.order.number})
    return redirect("settlement:settlement", id=id)


@page(right=SETTLE)
def payer_page(request: PageRequest, id: UUID, line: UUID) -> HttpResponse:
    """Ask who pays for a line instead, and why."""
    found = settlement_of(request.actor, id)
    asked = next((one for one in lines_of(found) if one.pk == line), None)
    if asked is None:
        raise Http404
    form = PayerForm(request.POST or None, initial={"payer": asked.payer})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(request, form, choose_payer, settlement=found, line=asked, payer=given["payer"], reason=given["reason"]):
            toast(request, _("%(payer)s pays for “%(line)s”") % {"payer": PAYERS[given["payer"]], "line": text_of(asked)})
            return redirect("settlement:settlement", id=id)
    context = {
        "title": _("Who pays for “%(line)s”?") % {"line": text_of(asked)},
        "crumbs": _crumbs(found, Crumb(_("Payer"))),
        "head_note": money(asked.gross, asked.currency),
        "submit_label": _("Change the payer"),
        "cancel_url": reverse("settlement:settlement", args=[found.pk]),
        "about_title": found.order.title,
        "about": about(found, asked),
    }
    return form_page(request, form, context=context)


@page(right=READ_MONEY)
def on_order(request: PageRequest, id: UUID) -> HttpResponse:
    """Show who pays what, as a panel of the order's page."""
    order = order_of(request.actor, id)
    found = Settlement.objects.visible_to(request.actor).filter(order=order).first()
    lines = lines_of(found) if found else []
    context = {
        "settlement": found,
        "pill": STATES[found.state] if found else None,
        "lines": [_line(line) for line in lines],
        "since": when(found.confirmed_at) if found else "",
    }
    totals = _totals(lines, found.currency) if found else {}
    return render(request, "settlement/_on_order.html", context | totals)
