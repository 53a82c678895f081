"""What lies where, what has to come back, what is on the way, what was counted."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.pages import PageRequest, page
from anwei.core.shell import Action
from anwei.foundation.accounts.permissions import EXPORT
from anwei.inventory.stock.models import Balance, Count, Due, Transfer
from anwei.inventory.stock.permissions import COUNT_STOCK, ISSUE_PARTS, READ_STOCK, SEND_PARTS
from anwei.inventory.stock.queries import with_expiry
from anwei.inventory.stock.tables import CountList, DueList, StockList, TransferList


@page(right=READ_STOCK)
def stock_list(request: PageRequest) -> HttpResponseBase:
    """Show what lies in the places that one may see."""
    actor = request.actor
    offered = (
        (ISSUE_PARTS, Action(_("Issue to a van"), reverse("stock:issue"), "car", primary=True, key="I")),
        (SEND_PARTS, Action(_("Send to a store"), reverse("stock:send"), "sending", key="V")),
        (COUNT_STOCK, Action(_("Count a place"), reverse("stock:count_place"), "check", key="C")),
    )
    context = {"title": _("Stock"), "actions": [action for right, action in offered if actor.may(right)]}
    rows = with_expiry(Balance.objects.visible_to(actor).filter(is_outside=False))
    return lists.respond(request, StockList(), rows, may_export=actor.may(EXPORT), context=context)


@page(right=READ_STOCK)
def due_list(request: PageRequest) -> HttpResponseBase:
    """Show what has to come back."""
    rows = Due.objects.visible_to(request.actor)
    return lists.respond(request, DueList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Returns and old parts")})


@page(right=READ_STOCK)
def transfer_list(request: PageRequest) -> HttpResponseBase:
    """Show transfers."""
    rows = Transfer.objects.visible_to(request.actor)
    return lists.respond(request, TransferList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Transfers")})


@page(right=READ_STOCK)
def count_list(request: PageRequest) -> HttpResponseBase:
    """Show counts."""
    rows = Count.objects.visible_to(request.actor)
    actions = [Action(_("Count a place"), reverse("stock:count_place"), "plus", primary=True)] if request.actor.may(COUNT_STOCK) else []
    return lists.respond(request, CountList(), rows, context={"title": _("Stock counts"), "actions": actions})
