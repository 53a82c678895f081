"""The list kit: declare columns, filters and views once; get paging, sorting, filtering, selection and export.

A list page is a subclass of ``ListPage`` and a view of one line::

    def parts(request):
        return respond(request, PartList(), Part.objects.visible_to(request.actor), context={"title": _("Parts")})
"""

from anwei.core.lists.answer import respond
from anwei.core.lists.cells import (
    Cell,
    Column,
    RowLink,
    amount,
    clock,
    drawn,
    label,
    moment,
    moment_near,
    named,
    named_label,
    state,
    text,
    two_lines,
)
from anwei.core.lists.filters import Choice, DateRange, Filter, Flag, Foreign, Search, contains
from anwei.core.lists.page import BulkAction, ListPage, SavedView
from anwei.core.lists.render import Page, show

__all__ = [
    "BulkAction",
    "Cell",
    "Choice",
    "Column",
    "DateRange",
    "Filter",
    "Flag",
    "Foreign",
    "ListPage",
    "Page",
    "RowLink",
    "SavedView",
    "Search",
    "amount",
    "clock",
    "contains",
    "drawn",
    "label",
    "moment",
    "moment_near",
    "named",
    "named_label",
    "respond",
    "show",
    "state",
    "text",
    "two_lines",
]
