"""A list as HTML: rows by plain functions, once per page everything else by a template."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString

from anwei.core.lists.cells import URL, Column
from anwei.core.lists.filters import Control
from anwei.core.lists.keyset import Row
from anwei.core.lists.page import DENSITIES, BulkAction, ListPage, State, count, read_state, take
from anwei.core.markup import shown
from anwei.core.shell import Action, Tab, Text


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: where a press on it leads, and how it is sorted now (``ascending``, ``descending`` or empty)."""

    label: Text
    classes: str
    url: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: Text
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template of a list shows."""

    declared: ListPage
    heads: list[Head]
    body: SafeString
    shown: int
    total: str
    tabs: list[Tab]
    chips: list[Chip]
    search: str
    controls: list[Control]
    hidden: list[tuple[str, str]]
    kept: list[tuple[str, str]]
    picks: list[tuple[Column, bool]]
    before: str
    after: str
    bare: str
    densities: list[tuple[str, str]]
    density: str
    exports: list[tuple[str, str]]
    refused: list[str]
    address: str

    @property
    def bulk(self) -> Iterable[BulkAction]:
        """Give the deeds for selected rows."""
        return self.declared.bulk

    @property
    def action(self) -> Action | None:
        """Give what one may do about an empty list."""
        return self.declared.empty_action


def show(declared: ListPage, rows: "QuerySet[Any]", params: QueryDict, *, density: str = "normal", may_export: bool = False) -> Page:
    """Read an address, fetch its rows and lay them out: one query for the rows, one for their number, one per counted view."""
    state = read_state(declared, params, rows.model)
    narrowed = state.narrow(rows)
    part = take(declared, state, narrowed)

    def here(**changes: str | None) -> str:
        return state.address(declared, **changes)

    search = state.found.get(declared.search.key) if declared.search else None
    labels = {reader.key: reader.label for reader in declared.filters}
    return Page(
        declared=declared,
        heads=[_head(declared, state, column) for column in state.columns],
        body=_body(declared, state.columns, part.rows),
        shown=len(part.rows),
        total=count(narrowed),
        tabs=_tabs(declared, state, rows),
        chips=[Chip(labels[key], found.word, here(**{key: None})) for key, found in state.found.items() if key in labels],
        search=search.word if search else "",
        controls=state.controls,
        hidden=_pairs(state.parameters(declared, **dict.fromkeys(state.found))),
        kept=_pairs(state.parameters(declared, col=None)),
        picks=[(column, column in state.columns) for column in declared.columns if column.role != "name"],
        before=here(cursor=part.before) if part.before else "",
        after=here(cursor=part.after) if part.after else "",
        bare=here(**dict.fromkeys(state.found)),
        densities=[(kind, here(density=kind)) for kind in DENSITIES],
        density=density if density in DENSITIES else "normal",
        exports=[(kind, here(export=kind)) for kind in ("xlsx", "csv")] if may_export else [],
        refused=state.refused,
        address=here(cursor=params.get("cursor")) if state.cursor else here(),
    )


def _pairs(params: QueryDict) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in params.lists() for value in values]


def _head(declared: ListPage, state: State, column: Column) -> Head:
    if not column.sort:
        return Head(column.label, column.classes, "", "")
    current = column is state.sort
    sorted_ = ("descending" if state.descending else "ascending") if current else ""
    turned = f"-{column.key}" if current and not state.descending else column.key
    return Head(column.label, column.classes, state.address(declared, sort=None if turned == declared.sort else turned), sorted_)


def _tabs(declared: ListPage, state: State, rows: "QuerySet[Any]") -> list[Tab]:
    first = declared.views[0] if declared.views else None
    tabs = []
    for view in declared.views:
        number = count(rows.filter(view.condition())) if view.counted else None
        url = "?" if view is first else f"?tab={view.key}"
        tabs.append(Tab(view.label, url, number, current=view is state.view, hot=view.hot and number not in (None, "0")))
    return tabs


def _start(column: Column) -> str:
    # on a phone the table has no head: a bare number says what it is
    label = f' data-label="{shown(column.label)}"' if column.role == "number" else ""
    return f'<td class="{column.classes}"{label}>'


def _body(declared: ListPage, columns: list[Column], rows: list[Row]) -> SafeString:
    drawers = [(_start(column), column.cell.draw) for column in columns]
    named = next((column.cell.value for column in columns if column.role == "name"), None)
    lines = []
    for row in rows:
        cells = "".join([f"{start}{draw(row)}</td>" for start, draw in drawers])
        pick = ""
        if declared.bulk:
            label = shown(named(row) if named else row[declared.key])
            value = shown(row[declared.key])
            pick = f'<td class="c-s"><input class="check" type="checkbox" name="id" value="{value}" form="bulk" aria-label="{label}"></td>'
        target = f' data-href="{shown(row[URL])}"' if URL in row else ""
        lines.append(f"<tr{target}>{pick}{cells}</tr>")
    return SafeString("".join(lines))
