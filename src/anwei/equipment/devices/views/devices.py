"""The ledger of devices, and the life of one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, page
from anwei.core.picking import suggestions
from anwei.core.registers import registers
from anwei.core.shell import Action, Crumb, Tab
from anwei.equipment.devices.forms import hospitals
from anwei.equipment.devices.models import Block, Device, DeviceModel, Event, Sticker
from anwei.equipment.devices.permissions import (
    BLOCK_DEVICES,
    CLAIM_STICKERS,
    CORRECT_DEVICES,
    KEEP_DEVICES,
    PLACE_DEVICES,
    PRINT_STICKERS,
    READ_DEVICES,
    TRANSFER_DEVICES,
    UNBLOCK_DEVICES,
)
from anwei.equipment.devices.queries import DeviceCard, device_card, papers, papers_of
from anwei.equipment.devices.shown import GROUPS, entries, facts, former_serials, papers_named, state_pill, strip
from anwei.equipment.devices.tables import DeviceList
from anwei.foundation.accounts.permissions import EXPORT

SHOWN_DEVICES = 8  # of a hospital, beside it
SHOWN_EVENTS = 60  # of a life at once; the rest on demand


@page(right=READ_DEVICES)
def device_list(request: PageRequest) -> HttpResponseBase:
    """Show the ledger of devices."""
    actor, actions = request.actor, []
    if actor.may(KEEP_DEVICES):
        actions = [Action(_("Register a device"), reverse("devices:register"), "plus", primary=True, key="N")]
    context = {"title": _("Devices"), "actions": actions}
    rows = Device.objects.visible_to(actor)
    return lists.respond(request, DeviceList(actor), rows, may_export=actor.may(EXPORT), context=context)


def card_of(request: PageRequest, id: UUID) -> DeviceCard:
    """Return the card of a device that this person may see.

    :raises NotFound: there is none
    """
    if (card := device_card(request.actor, Device(pk=id))) is None:
        raise NotFound(kind="device")
    return card


def crumbs(device: Device, *more: Crumb) -> list[Crumb]:
    """Return the path to a device, and on from there."""
    here = Crumb(device.number, reverse("devices:device", args=[device.pk]) if more else "", mono=True)
    at = Crumb(device.hospital.name, f"{reverse('devices:list')}?hospital={device.hospital_id}")
    return [Crumb(_("Devices"), reverse("devices:list")), at, here, *more]


@page(right=READ_DEVICES)
def device(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the life of one device: can it be used, who pays, what happened, what other apps know of it."""
    card = card_of(request, id)
    events = list(card.device.events.order_by("-at", "-created_at"))
    shown, tabs = _narrowed(request, events)
    context = {
        "card": card,
        "title": card.name,
        "pill": state_pill(card.device.state, is_blocked=card.is_blocked),
        "head_note": " ".join(part for part in (card.device.hospital.name, card.place) if part),
        "crumbs": crumbs(card.device),
        "strip": strip(card, timezone.localdate()),
        "blocks": [_block(request, block) for block in card.blocks],
        "facts": facts(card, former_serials(events)),
        "timeline_tabs": tabs,
        "timeline": entries(shown if "all" in request.GET else shown[:SHOWN_EVENTS]),
        "more": 0 if "all" in request.GET else max(len(shown) - SHOWN_EVENTS, 0),
        "papers": papers_named(papers_of(request.actor, card.device)),
        "strip_panels": registers.panels_for("devices.device.strip", request.actor),
        "panels": registers.panels_for("devices.device", request.actor),
        **_actions(request, card),
    }
    return render(request, "devices/device.html", context)


def _narrowed(request: HttpRequest, events: list[Event]) -> tuple[list[Event], list[Tab]]:
    """Return the happenings that are asked for, and the tabs to ask for others; a tab without any is left out."""
    wanted = request.GET.get("what", "")
    tabs = [Tab(_("All"), "?", len(events), current=wanted not in GROUPS)]
    for key, (label, kinds) in GROUPS.items():
        if number := sum(event.kind in kinds for event in events):
            tabs.append(Tab(label, f"?what={key}", number, current=wanted == key))
    if wanted not in GROUPS:
        return events, tabs
    return [event for event in events if event.kind in GROUPS[wanted][1]], tabs


def _block(request: PageRequest, block: Block) -> dict[str, Any]:
    """Return what the page says of an open block: who put it, and where it can be lifted."""
    label, _colon, key = block.source.partition(":")
    by_hand = label == "accounts.User"
    link = registers.links.get(label)
    if by_hand and request.actor.may(UNBLOCK_DEVICES):
        action = Action(_("Let it be used again"), f"{reverse('devices:unblock', args=[block.device_id])}?source={block.source}", "done")
    else:
        action = Action(_("Open what put it"), link(UUID(key)), "right") if link and not by_hand else None  # type: ignore[assignment]
    return {"reason": block.reason, "since": block.from_at, "action": action}


def _actions(request: PageRequest, card: DeviceCard) -> dict[str, list[Action]]:
    """Offer what this person may do with the device now; a device that is retired only shows its papers."""
    may, device = request.actor.may, card.device

    def deed(label: str, name: str, icon: str, *, primary: bool = False, post: bool = False, danger: bool = False) -> Action:
        return Action(label, reverse(f"devices:{name}", args=[device.pk]), icon, primary, post, danger)

    retired, installed = device.state == Device.State.RETIRED, device.state == Device.State.INSTALLED
    actions = [
        may(PRINT_STICKERS) and not retired and deed(_("Print sticker"), "print", "print", post=True),
        may(EXPORT) and deed(_("Papers"), "papers", "paper"),
        may(PLACE_DEVICES) and not retired and not installed and deed(_("Install"), "install", "done", primary=True),
    ]
    more = [
        may(CLAIM_STICKERS) and deed(_("Claim a sticker"), "claim", "scan"),
        may(PLACE_DEVICES) and deed(_("Move within the hospital"), "move", "pin"),
        may(KEEP_DEVICES) and deed(_("Amend details"), "amend", "edit"),
        may(CORRECT_DEVICES) and deed(_("Correct serial, model or hospital"), "correct", "swap"),
        may(TRANSFER_DEVICES) and deed(_("Transfer to another hospital"), "transfer", "hospital"),
        may(BLOCK_DEVICES) and deed(_("Put out of use"), "block", "ban", danger=True),
        may(TRANSFER_DEVICES) and deed(_("Retire for good"), "retire", "trash", danger=True),
        may(PRINT_STICKERS) and card.sticker and _revoking(card.sticker),
    ]
    return {"actions": [a for a in actions if a], "more_actions": [] if retired else [a for a in more if a]}


def _revoking(sticker: Sticker) -> Action:
    question = _("Take the sticker %(code)s out of use? A scan of it will report nothing any more.") % {"code": sticker.code}
    return Action(
        _("Sticker lost or torn off"), reverse("devices:revoke", args=[sticker.pk]), "x", post=True, danger=True, confirm=question
    )


@page(right=EXPORT)
def device_papers(request: PageRequest, id: UUID) -> HttpResponse:
    """Give the papers of a device as a file: what it is, its life, its service records."""
    found = card_of(request, id).device
    answer = JsonResponse(papers(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{found.number}-{_stamp(timezone.localtime())}.json"'
    return answer


def _stamp(now: datetime) -> str:
    return now.strftime("%Y%m%d-%H%M")


@page(right=READ_DEVICES)
def hospital_options(request: PageRequest) -> HttpResponse:
    """Suggest hospitals while one types."""
    return suggestions(request, hospitals(request.actor), lambda row: row.name, lambda row: f"{row.city} {row.level}".strip())


@page(right=READ_DEVICES)
def model_options(request: PageRequest) -> HttpResponse:
    """Suggest models while one types."""
    rows = DeviceModel.objects.visible_to(request.actor).order_by("name")
    return suggestions(request, rows, lambda row: row.name, lambda row: f"{row.maker_name} {row.udi_di}".strip())


@page(right=READ_DEVICES)
def device_options(request: PageRequest) -> HttpResponse:
    """Suggest devices while one types."""
    rows = Device.objects.visible_to(request.actor).select_related("model", "hospital").order_by("number")
    return suggestions(request, rows, lambda row: row.number, lambda row: f"{row.model.name} {row.serial} {row.hospital.name}")


@page(right=READ_DEVICES)
def at_hospital(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the devices of a hospital, as a panel of its page."""
    rows = Device.objects.visible_to(request.actor).filter(hospital=id).exclude(state=Device.State.RETIRED).select_related("model")
    shown = [(row, state_pill(row.state, is_blocked=row.is_blocked)) for row in rows.order_by("-number")[:SHOWN_DEVICES]]
    return render(request, "devices/_at_hospital.html", {"devices": shown, "number": rows.count(), "hospital": id})
