"""What every office page shows around its content: the menu, who is signed in, the demo's people."""

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from anwei.core.actor import Actor
from anwei.core.registers import MENU_GROUPS, MenuEntry, registers
from anwei.core.shell import MenuGroup, MenuItem, Person, Shell
from anwei.core.wall import inside
from anwei.foundation.accounts.queries import demo_roles, role_names
from anwei.foundation.notices.queries import unread_count


def context(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the shell for who is signed in; a page for everybody gets only the demo's people, in the demo."""
    actor: Actor | None = getattr(request, "actor", None)
    with inside():  # the demo's people are open to all
        people = demo_roles(actor) if settings.DEMO else []
    if actor is None or actor.id is None:
        return Shell(demo_roles=people).as_context()
    return Shell(
        menu=_menu(actor, request.path),
        actor=Person(actor.name, "、".join(role_names(actor.roles)) if actor.language == "zh-hans" else ", ".join(role_names(actor.roles))),
        home_url=reverse("home"),
        palette_url=reverse("search"),
        inbox_url=reverse("notices:inbox"),
        inbox_count=unread_count(actor),
        sign_out_url=reverse("logout"),
        demo_roles=people,
    ).as_context() | {"live": _live()}


def _live() -> dict[str, Any] | None:
    """Return where a page hears of changes, and since when it must: a little before it was drawn; None where nobody tells."""
    if not settings.LIVE_PATH and not settings.LIVE_PORT:
        return None
    port = "" if settings.LIVE_PATH else settings.LIVE_PORT
    return {"path": settings.LIVE_PATH or "/live/", "port": port, "at": f"{time.time() - 2:.3f}"}


def _menu(actor: Actor, path: str) -> list[MenuGroup]:
    seen = sorted((e for e in registers.menu if actor.may(e.right)), key=lambda e: e.order)
    addresses = {e.url_name: reverse(e.url_name) for e in seen}
    here = max((a for a in addresses.values() if path.startswith(a)), key=len, default="")
    groups = {key: [_item(e, actor, addresses[e.url_name], here) for e in seen if e.group == key] for key in MENU_GROUPS}
    return [MenuGroup(MENU_GROUPS[key], items) for key, items in groups.items() if items]


def _item(entry: MenuEntry, actor: Actor, address: str, here: str) -> MenuItem:
    return MenuItem(entry.label, address, entry.icon, entry.count(actor) if entry.count else None, current=address == here)
