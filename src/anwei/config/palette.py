"""One search for everything: the records of every app, as far as who asks may see them, and the places of the menu."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anwei.core.actor import Actor
from anwei.core.pages import PageRequest, page
from anwei.core.registers import Hit, Searchable, Text, registers
from anwei.core.search import terms
from anwei.foundation.accounts.permissions import SIGN_IN

LONGEST = 100
OF_A_KIND, OF_ONE_KIND = 5, 12  # hits shown of each kind, and where one kind alone was asked for
ACT = ">"
PREFIXES = {"#": ("order",), "$": ("device",), "@": ("person",)}


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind."""

    label: Text
    icon: str
    hits: list[Hit]


@page(right=SIGN_IN)
def search(request: PageRequest) -> HttpResponse:
    """Answer what was typed with what it finds, as options of the palette."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    return render(request, "anwei/_hits.html", {"groups": found(request.actor, typed)})


def found(actor: Actor, typed: str) -> list[Group]:
    """Return what somebody finds: `#` asks for orders, `$` for devices, `@` for people, `>` for places of the menu."""
    if typed.startswith(ACT):
        return list(_places(actor, typed.removeprefix(ACT).strip()))
    kinds = PREFIXES.get(typed[:1])
    asked = terms(typed[1:] if kinds else typed)
    if not asked.query:
        return []
    offered = sorted((s for s in registers.searchables if actor.may(s.right)), key=lambda s: s.order)
    wanted = [s for s in offered if kinds is None or s.kind in kinds]
    limit = OF_ONE_KIND if kinds else OF_A_KIND
    groups = [_group(s, list(s.find(actor, asked, limit))) for s in wanted]
    return [group for group in groups if group.hits] + ([] if kinds else list(_places(actor, typed, empty=False)))


def _group(searchable: Searchable, hits: list[Hit]) -> Group:
    return Group(searchable.label, searchable.icon, hits)


def _places(actor: Actor, typed: str, *, empty: bool = True) -> Iterable[Group]:
    """Yield the places of the menu whose names hold what was typed, each with its own icon."""
    for entry in sorted((e for e in registers.menu if actor.may(e.right)), key=lambda e: e.order):
        name = str(entry.label)
        if (empty and not typed) or (typed and typed.casefold() in name.casefold()):
            yield Group("", entry.icon, [Hit(name, "", reverse(entry.url_name))])
