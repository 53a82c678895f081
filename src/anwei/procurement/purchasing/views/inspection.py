"""Inspecting what came, and sending back what was rejected."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.labels import Label
from anwei.core.pages import PageRequest, attempt, page, refusal_of
from anwei.core.shell import Crumb
from anwei.core.toasts import toast
from anwei.foundation.accounts.permissions import EXPORT
from anwei.procurement.purchasing.forms import InspectionForm
from anwei.procurement.purchasing.models import Inspection, OrderLine, Receipt, ReceiptLine
from anwei.procurement.purchasing.operations import Judged, inspect, send_back
from anwei.procurement.purchasing.permissions import READ_ORDERS, RECEIVE
from anwei.procurement.purchasing.queries import last_inspected, receipt_of, rules_of, to_inspect
from anwei.procurement.purchasing.tables import ToInspectList
from anwei.procurement.purchasing.views.orders import crumbs

REMEMBERED = ("registration_number", "registrant", "manufacturer", "maker_licence")


@page(right=READ_ORDERS)
def to_inspect_list(request: PageRequest) -> HttpResponseBase:
    """Show the deliveries that wait for inspection."""
    rows = to_inspect(request.actor)
    return lists.respond(request, ToInspectList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("To inspect")})


@page(right=READ_ORDERS)
def inspect_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Show a delivery box by box; ask what was found, and show what was found before."""
    receipt = receipt_of(request.actor, id)
    boxes = list(receipt.lines.waiting().select_related("line__part").order_by("line__part__number", "serial", "lot"))
    groups = _groups(request, receipt, boxes)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid() and all(sheet.is_valid() for _line, sheet, _boxes in groups):
        judged = [_judged(request, receipt, box, sheet) for _line, sheet, of_line in groups for box in of_line]
        photos = [file.read() for file in request.FILES.getlist("photos")]
        if attempt(request, form, inspect, receipt=receipt, judged=judged, photos=photos):
            toast(request, _("Inspected and put away; who waited for it is served"))
            return redirect("purchasing:order", id=receipt.order_id)
    checks = [(key, Label(zh, en)) for key, zh, en in rules_of(receipt.order.rules).checks]
    done = Inspection.objects.filter(box__receipt=receipt).select_related("box__line__part", "by").prefetch_related("photos__file")
    context = {
        "receipt": receipt,
        "title": _("Inspect %(number)s") % {"number": receipt.number},
        "head_note": receipt.order.supplier.organisation.name,
        "crumbs": crumbs(receipt.order, Crumb(receipt.number, mono=True)),
        "form": form,
        "groups": [
            (line, sheet, [(b, _rejected(request, b)) for b in of_line], _ticked(request, line, checks)) for line, sheet, of_line in groups
        ],
        "may_inspect": request.actor.may(RECEIVE),
        "done": [(row, [(label, row.checks.get(key) is True) for key, label in checks]) for row in done.order_by("at", "pk")],
    }
    faulty = form.errors or any(sheet.errors for _line, sheet, _boxes in groups)
    return render(request, "purchasing/inspect.html", context, status=422 if faulty else 200)


def _groups(request: PageRequest, receipt: Receipt, boxes: list[ReceiptLine]) -> list[tuple[OrderLine, InspectionForm, list[ReceiptLine]]]:
    """Return the boxes by part, each part with one sheet; what the last inspection said of its maker is filled in."""
    found: dict[UUID, tuple[OrderLine, InspectionForm, list[ReceiptLine]]] = {}
    for box in boxes:
        if box.line_id not in found:
            before = last_inspected(box.line.part_id, receipt.order.supplier_id)
            known: dict[str, Any] = {name: getattr(before, name) for name in REMEMBERED} if before else {}
            known["target"] = receipt.order.place_id
            sheet = InspectionForm(receipt.order, request.POST or None, prefix=str(box.line_id), initial=known)
            found[box.line_id] = (box.line, sheet, [])
        found[box.line_id][2].append(box)
    return list(found.values())


def _rejected(request: PageRequest, box: ReceiptLine) -> str:
    return str(request.POST.get(f"rejected-{box.pk}", "0"))[:20]


def _ticked(request: PageRequest, line: OrderLine, checks: list[tuple[str, Label]]) -> list[tuple[str, Label, bool]]:
    return [(f"check-{line.pk}-{key}", label, bool(request.POST.get(f"check-{line.pk}-{key}"))) for key, label in checks]


def _judged(request: PageRequest, receipt: Receipt, box: ReceiptLine, sheet: InspectionForm) -> Judged:
    try:
        rejected = Decimal(_rejected(request, box) or "0")
    except InvalidOperation:
        rejected = Decimal(-1)  # refused by the rule, with its sentence
    checks = {key: bool(request.POST.get(f"check-{box.line_id}-{key}")) for key, _zh, _en in rules_of(receipt.order.rules).checks}
    return Judged(box=box, accepted=box.quantity - rejected, rejected=rejected, checks=checks, **sheet.cleaned_data)


@page(right=RECEIVE)
@require_POST
def back(request: PageRequest, id: UUID) -> HttpResponse:
    """Send what was rejected back to the supplier."""
    found = Inspection.objects.visible_to(request.actor).select_related("box__receipt__order").filter(pk=id).first()
    if found is None:
        raise NotFound(kind="inspection")
    if refused := refusal_of(request, send_back, inspection=found):
        toast(request, str(refused), level=messages.ERROR)
    else:
        toast(request, _("It has left our books and is owed again"))
    return redirect("purchasing:inspect", id=found.box.receipt_id)
