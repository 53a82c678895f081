"""The declaration of a list page, and what one address makes of it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from anwei.core.lists.cells import Column, RowLink
from anwei.core.lists.filters import Control, Filter, Found, Search, Unreadable
from anwei.core.lists.keyset import Cursor, Ordering, Row, may_be_empty, read_cursor, write_cursor
from anwei.core.shell import Action, Text

COUNTED = 10_000  # rows counted exactly; beyond, a number would cost more than it tells
DENSITIES = ("tight", "normal", "loose")
_OWN = ("tab", "sort", "col", "cursor", "density", "export")


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named narrowing of the list, shown as a tab; ``counted`` tells how many rows it holds, ``hot`` in red."""

    key: str
    label: Text
    where: Q | Callable[[], Q] | None = None
    counted: bool = False
    hot: bool = False

    def condition(self) -> Q:
        """Give the condition, made anew where it depends on the time."""
        if isinstance(self.where, Q):
            return self.where
        return self.where() if self.where else Q()


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A button of the bar that comes up when rows are selected: posts the ids as ``id`` to ``url``."""

    label: Text
    url: str
    icon: str
    key: str = ""
    confirm: Text = ""


class ListPage:
    """One list page. A subclass fills in the attributes; an instance leaves out the columns this person may not see.

    Filters and views must not multiply rows. ``key`` is a unique field that ends every sort; ``name`` is used in file names.
    """

    name: str
    columns: Sequence[Column]
    sort: str  # a column's key, with "-" for falling
    filters: Sequence[Filter] = ()
    search: Search | None = None
    search_hint: Text = ""
    views: Sequence[SavedView] = ()
    link: RowLink | None = None
    bulk: Sequence[BulkAction] = ()
    key: str = "id"
    size: int = 80
    export_limit: int = 50_000
    empty_icon: str = "orders"
    empty_heading: Text = ""
    empty_text: Text = ""
    empty_action: Action | None = None
    topics: str = ""  # kinds of records after whose change the list is drawn again ("orders.WorkOrder"); needs their collection's right

    def __init__(self, *, without: Collection[str] = ()) -> None:
        """Leave out the columns named in ``without``."""
        self.columns = [column for column in type(self).columns if column.key not in without]

    def readers(self) -> list[Filter]:
        """Give every filter, the search box first."""
        return [*([self.search] if self.search else []), *self.filters]


@dataclass(slots=True)
class State:
    """What an address says about a list, with everything unreadable left out and named in ``refused``."""

    view: SavedView | None
    found: dict[str, Found]
    controls: list[Control]
    sort: Column
    descending: bool
    columns: list[Column]
    picked: bool
    cursor: Cursor | None
    ordering: Ordering
    refused: list[str] = field(default_factory=list)

    @property
    def sort_text(self) -> str:
        """Write the sort as the address has it."""
        return f"{'-' if self.descending else ''}{self.sort.key}"

    def parameters(self, page: ListPage, **changes: str | None) -> QueryDict:
        """Write this state as parameters with some changes; turning to other rows starts at the first page.

        A change to None leaves a parameter out; the name of a filter may only be left out.
        """
        params = QueryDict(mutable=True)
        if self.view and self.view is not page.views[0]:
            params["tab"] = self.view.key
        for key, found in self.found.items():
            if key not in changes:
                for name, value in found.kept:
                    params.appendlist(name, value)
        if self.sort_text != page.sort:
            params["sort"] = self.sort_text
        if self.picked:
            params.setlist("col", [column.key for column in self.columns])
        for name, change in changes.items():
            params.pop(name, None)
            if change is not None:
                params[name] = change
        return params

    def address(self, page: ListPage, **changes: str | None) -> str:
        """Write this state as an address with some changes."""
        return f"?{self.parameters(page, **changes).urlencode()}"

    def narrow(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Apply the view and the filters."""
        where = self.view.condition() if self.view else Q()
        for found in self.found.values():
            where &= found.where
        return rows.filter(where)


def read_state(page: ListPage, params: QueryDict, model: type[Model]) -> State:
    """Read an address; what it says wrongly is left out and named, never an error."""
    refused: list[str] = []
    found: dict[str, Found] = {}
    for reader in page.readers():
        try:
            reading = reader.read(params)
        except Unreadable:
            refused.append(str(reader.label) or reader.key)
            continue
        if reading:
            found[reader.key] = reading
    view = _view(page, params, refused)
    sort, descending = _sort(page, params, refused)
    columns, picked = _columns(page, params, refused)
    fields = tuple(dict.fromkeys((*sort.sort, page.key)))
    ordering = Ordering(fields, descending, frozenset(name for name in fields if may_be_empty(model, name)))
    sort_text = f"{'-' if descending else ''}{sort.key}"
    cursor = None
    if text := params.get("cursor", ""):
        cursor = read_cursor(text, sort_text, len(fields))
        if cursor is None:
            refused.append(_("the place in the list"))
    known = {name for reader in page.readers() for name in reader.parameters} | set(_OWN)
    refused += [name[:40] for name in params if name not in known]
    controls = [control for reader in page.filters if (control := reader.control(params))]
    return State(view, found, controls, sort, descending, columns, picked, cursor, ordering, refused)


def fields_needed(page: ListPage, state: State, columns: Sequence[Column]) -> list[str]:
    """Name the fields to fetch for some columns: nothing else is read."""
    names = [page.key, *state.ordering.fields, *(name for column in columns for name in column.cell.fields)]
    if page.link:
        names.append(page.link.field)
    return list(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one page and whether there are others on either side."""

    rows: list[Row]
    before: str | None
    after: str | None


def take(page: ListPage, state: State, rows: "QuerySet[Any]") -> Slice:
    """Fetch one page by one query."""
    backwards = bool(state.cursor and state.cursor.backwards)
    if state.cursor:
        rows = rows.filter(state.ordering.beyond(state.cursor.position, backwards=backwards))
    wanted = rows.order_by(*state.ordering.terms(backwards=backwards)).values(*fields_needed(page, state, state.columns))
    fetched: list[Row] = list(wanted[: page.size + 1])
    more = len(fetched) > page.size
    taken = fetched[: page.size]
    if backwards:
        taken.reverse()
    if page.link:
        page.link.fill(taken)

    def cursor(row: Row, *, back: bool) -> str:
        return write_cursor(state.sort_text, Cursor(state.ordering.position(row), back))

    has_before = more if backwards else state.cursor is not None
    has_after = True if backwards else more
    return Slice(
        taken,
        cursor(taken[0], back=True) if taken and has_before else None,
        cursor(taken[-1], back=False) if taken and has_after else None,
    )


def count(rows: "QuerySet[Any]") -> str:
    """Count up to the limit by one query; beyond it say so."""
    counted = rows.order_by().values("pk")[: COUNTED + 1].count()
    return f"{COUNTED:,}+" if counted > COUNTED else f"{counted:,}"


def _view(page: ListPage, params: QueryDict, refused: list[str]) -> SavedView | None:
    if not page.views:
        return None
    wanted = params.get("tab", "")
    for view in page.views:
        if view.key == wanted:
            return view
    if wanted:
        refused.append(_("the view"))
    return page.views[0]


def _sort(page: ListPage, params: QueryDict, refused: list[str]) -> tuple[Column, bool]:
    sortable = {column.key: column for column in page.columns if column.sort}
    for text in (params.get("sort", ""), page.sort):
        column = sortable.get(text.removeprefix("-"))
        if column:
            return column, text.startswith("-")
        if text:
            refused.append(_("the sort order"))
    return next(iter(sortable.values())), False


def _columns(page: ListPage, params: QueryDict, refused: list[str]) -> tuple[list[Column], bool]:
    wanted = params.getlist("col")
    keys = {column.key for column in page.columns}
    if any(key not in keys for key in wanted):
        refused.append(_("a column"))
    picked = keys.intersection(wanted)
    if not picked:
        return [column for column in page.columns if not column.hidden], False
    return [column for column in page.columns if column.key in picked or column.role == "name"], True
