"""Receiving: a scan a box, one confirmation. What was scanned travels with the form until it is confirmed."""

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core.pages import PageRequest, attempt, page
from anwei.core.shell import Crumb
from anwei.core.toasts import toast
from anwei.procurement.purchasing.errors import NotOnThisOrder
from anwei.procurement.purchasing.forms import ScanForm
from anwei.procurement.purchasing.models import OrderLine, PurchaseOrder
from anwei.procurement.purchasing.operations import Box, receive
from anwei.procurement.purchasing.permissions import RECEIVE
from anwei.procurement.purchasing.queries import order_of
from anwei.procurement.purchasing.scanning import box_of, line_of
from anwei.procurement.purchasing.shown import STATES
from anwei.procurement.purchasing.views.orders import crumbs

MOST_BOXES = 200


@page(right=RECEIVE)
def receive_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Take boxes one scan each, then receive them all."""
    order = order_of(request.actor, id)
    lines = list(order.lines.select_related("part").order_by("part__number"))
    boxes, do = _boxes(request, lines), request.POST.get("do", "")
    if do.startswith("drop-"):
        boxes = [box for number, box in enumerate(boxes) if do != f"drop-{number}"]
    form = ScanForm(order, request.POST if do in ("add", "confirm") else None)
    if do in ("add", "confirm") and form.is_valid() and _add(form, order, lines, boxes) and do == "confirm":
        by_id = {str(line.pk): line for line in lines}
        given = [_box(box, by_id) for box in boxes]
        if done := attempt(request, form, receive, order=order, boxes=given, delivery_note=request.POST.get("delivery_note", "")[:60]):
            toast(request, _("Received; inspect it next"))
            return redirect("purchasing:inspect", id=done.id)
    return _page(request, order, lines, boxes, form)


def _boxes(request: PageRequest, lines: list[OrderLine]) -> list[dict[str, Any]]:
    """Return the boxes scanned so far, as the form carries them; what cannot be read is left out."""
    known, found = {str(line.pk) for line in lines}, []
    for text in request.POST.getlist("box")[:MOST_BOXES]:
        try:
            box = json.loads(text)
            Decimal(box["quantity"])
        except (ValueError, KeyError, TypeError, InvalidOperation):
            continue
        if box.get("line") in known:
            found.append(box)
    return found


def _add(form: ScanForm, order: PurchaseOrder, lines: list[OrderLine], boxes: list[dict[str, Any]]) -> bool:
    """Add the box that was scanned, if one was; tell on the form why it could not be."""
    given = form.cleaned_data
    if not given["scan"] and not given["line"]:
        return True
    line = next((known for known in lines if given["line"] and known.pk == given["line"].pk), None) or line_of(lines, given["scan"])
    if line is None:
        form.add_error("scan", str(NotOnThisOrder(scan=given["scan"], number=order.number)))
        return False
    box = box_of(line, given, boxes)
    if box["serial"] and any(b["serial"] == box["serial"] and b["line"] == box["line"] for b in boxes):
        form.add_error("scan", _("%(serial)s is scanned already.") % {"serial": box["serial"]})
        return False
    boxes.append(box)
    return True


def _box(box: dict[str, Any], lines: dict[str, OrderLine]) -> Box:
    expires_on = date.fromisoformat(box["expires_on"]) if box.get("expires_on") else None
    return Box(lines[box["line"]], Decimal(box["quantity"]), box.get("scan", ""), box.get("lot", ""), box.get("serial", ""), expires_on)


def _page(request: PageRequest, order: PurchaseOrder, lines: list[OrderLine], boxes: list[dict[str, Any]], form: ScanForm) -> HttpResponse:
    scanned: dict[str, Decimal] = {}
    for box in boxes:
        scanned[box["line"]] = scanned.get(box["line"], Decimal(0)) + Decimal(box["quantity"])
    context = {
        "order": order,
        "title": _("Receive %(number)s") % {"number": order.number},
        "pill": STATES[order.state],
        "head_note": order.supplier.organisation.name,
        "crumbs": crumbs(order, Crumb(_("Receive"))),
        "form": form if form.errors else ScanForm(order),
        "boxes": [(number, box, json.dumps(box, ensure_ascii=False)) for number, box in enumerate(boxes)],
        "lines": [(line, line.progress.outstanding, scanned.get(str(line.pk))) for line in lines],
        "delivery_note": request.POST.get("delivery_note", ""),
        "cancel_url": reverse("purchasing:order", args=[order.pk]),
    }
    return render(request, "purchasing/receive.html", context, status=422 if form.errors else 200)
