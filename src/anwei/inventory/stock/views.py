"""What lies where."""

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.pages import PageRequest, page
from anwei.foundation.accounts.permissions import EXPORT
from anwei.inventory.stock.models import Balance
from anwei.inventory.stock.permissions import READ_STOCK
from anwei.inventory.stock.tables import StockList


@page(right=READ_STOCK)
def stock_list(request: PageRequest) -> HttpResponseBase:
    """Show what lies in the places that one may see."""
    rows = Balance.objects.visible_to(request.actor).filter(is_outside=False)
    return lists.respond(request, StockList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Stock")})
