"""How a device is shown: its state, its label, the four answers of its page, its life."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from anwei.core.labels import Listing, Said
from anwei.core.registers import registers
from anwei.core.shell import Fact, PillView, StripCell, Text, TimelineEntry
from anwei.core.wording import when
from anwei.equipment.devices.models import Device, Event
from anwei.equipment.devices.queries import DeviceCard, categories

STATES: Mapping[str, PillView] = {
    "registered": PillView(gettext_lazy("Not installed yet"), "grey", "todo", hollow=True),
    "installed": PillView(gettext_lazy("In use"), "green", "done", hollow=True),
    "retired": PillView(gettext_lazy("Retired"), "grey", "lock", hollow=True),
}
BLOCKED = PillView(gettext_lazy("Do not use"), "red", "ban")
STORY = "devices.event."  # the words of a happening stand in the register of stories under this name and its kind
GROUPS: Mapping[str, tuple[Text, frozenset[str]]] = {
    "place": (gettext_lazy("Place and owner"), frozenset({"registered", "installed", "moved", "transferred", "retired"})),
    "use": (gettext_lazy("Out of use"), frozenset({"blocked", "still_blocked", "freed"})),
    "cover": (gettext_lazy("Warranty and contracts"), frozenset({"covered", "cover_ended"})),
    "record": (gettext_lazy("Record and label"), frozenset({"amended", "corrected", "stickered", "sticker_revoked"})),
}
FIELDS: Mapping[str, Text] = {
    "serial": gettext_lazy("Serial number"),
    "model": gettext_lazy("Model"),
    "hospital": gettext_lazy("Hospital"),
    "udi": gettext_lazy("UDI as scanned"),
    "has_no_udi": gettext_lazy("Carries no UDI"),
    "distributor": gettext_lazy("Distributor"),
    "purchased_on": gettext_lazy("Bought on"),
    "warranty_until": gettext_lazy("Warranty until"),
    "software": gettext_lazy("Software"),
    "parent": gettext_lazy("Part of"),
}


def state_pill(state: str, *, is_blocked: bool) -> PillView:
    """Return the state of a device; "do not use" hides what it would be otherwise, but never that it is retired."""
    return BLOCKED if is_blocked and state != Device.State.RETIRED else STATES[state]


def strip(card: DeviceCard, today: date) -> list[StripCell]:
    """Return the answers that a device itself can give: can it be used, for how long it has been, how it is found."""
    return [_usable(card), _age(card.device, today), _code(card)]


def _usable(card: DeviceCard) -> StripCell:
    label = _("Can it be used now")
    if card.device.state == Device.State.RETIRED:
        return StripCell(label, _("No, it is retired"), _("since %(day)s") % {"day": when(card.device.retired_on)})
    if card.is_blocked:
        since = min((block.from_at for block in card.blocks), default=None)
        return StripCell(label, _("No, it is out of use"), _("since %(day)s") % {"day": when(since)}, "bad", "stop", "red")
    if card.device.state == Device.State.REGISTERED:
        return StripCell(label, _("Not yet, it is not installed"), "", "turn")
    return StripCell(label, pgettext("may be used", "Yes"), _("nothing stands against it"), icon="done", colour="green")


def _age(device: Device, today: date) -> StripCell:
    if device.installed_on is None:
        return StripCell(_("In use for"), "—", _("not installed yet"))
    end = device.retired_on or today
    months = (end.year - device.installed_on.year) * 12 + end.month - device.installed_on.month - (end.day < device.installed_on.day)
    years, rest = divmod(max(months, 0), 12)
    age = _("%(years)d years %(months)d months") if years else _("%(months)d months")
    return StripCell(_("In use for"), age % {"years": years, "months": rest}, _("since %(day)s") % {"day": when(device.installed_on)})


def _code(card: DeviceCard) -> StripCell:
    if card.sticker:
        return StripCell(_("Code on the device"), card.sticker.code, _("a scan reports a fault"))
    return StripCell(_("Code on the device"), _("none yet"), _("print a sticker, or claim a blank one"), "turn")


def facts(card: DeviceCard, former_serials: Iterable[str]) -> list[Fact]:
    """Return what is known of a device."""
    device, model = card.device, card.device.model
    category = categories().get(model.category)
    old = [_("an old label says %(serial)s") % {"serial": serial} for serial in former_serials]
    return [
        Fact(_("Serial number"), device.serial, note=" · ".join(old), mono=True),
        Fact(_("UDI-DI"), model.udi_di, mono=True),
        Fact(_("UDI as scanned"), _("it carries none, as was checked") if device.has_no_udi else device.udi, mono=not device.has_no_udi),
        Fact(_("Maker"), model.maker_name),
        Fact(_("Category"), category.label if category else "", note=_criticality(category.criticality) if category else ""),  # type: ignore[arg-type]
        Fact(_("Software"), device.software),
        Fact(_("Bought on"), when(device.purchased_on)),
        Fact(_("Installed on"), when(device.installed_on)),
        Fact(_("Maker's warranty until"), when(device.warranty_until)),
        Fact(_("Distributor"), device.distributor.name if device.distributor else ""),
        Fact(_("Part of"), device.parent.number if device.parent else ""),
        Fact(_("Our branch"), device.branch.name),
    ]


def _criticality(key: str) -> str:
    return {
        "A": _("A: sustains life, or stands for an emergency"),
        "B": _("B: critical to care"),
        "C": _("C: general use"),
    }.get(key, key)


def former_serials(events: Iterable[Event]) -> list[str]:
    """Return the serial numbers that a device was known by before they were corrected."""
    return [event.details["changes"]["serial"][0] for event in events if event.kind == "corrected" and "serial" in event.details["changes"]]


def entries(events: Iterable[Event]) -> list[TimelineEntry]:
    """Return the life of a device as its timeline."""
    return [_entry(event) for event in events]


def _entry(event: Event) -> TimelineEntry:
    story = registers.stories.get(STORY + event.kind)
    return TimelineEntry(
        at=event.at,
        icon=story.icon if story else "trail",
        title=story.label if story else event.kind,
        colour=story.colour if story else "",  # type: ignore[arg-type]
        who=event.by,
        note=event.note,
        detail=tuple(_details(event.details)),
    )


def _details(details: Mapping[str, Any]) -> Iterable[Text]:
    if "to" in details:
        yield _way(details["from"], details["to"])
    if "papers" in details:
        went = papers_named(details["papers"])
        yield f"{_('copies of its papers went with it')}{_(': ') if went else ''}{Listing(went)}"
    for name, (old, new) in details.get("changes", {}).items():
        yield f"{FIELDS.get(name, name)}: {_value(old)} → {_value(new)}"
    if "hospital" in details:
        yield _place(details)
    if "code" in details:
        yield str(details["code"])
    if "number" in details:
        until = details.get("until") or details.get("ends", "")
        yield str(Said(gettext_lazy("%(number)s until %(until)s"), {"number": details["number"], "until": until}))


def papers_named(kept: Mapping[str, Any]) -> list[str]:
    """Name what the papers of a device hold and how many of each; what there is none of is left out."""
    sources = [s for s in registers.papers if s.slot == "devices.device" and kept.get(s.key)]
    return [f"{s.label or s.key} {len(kept[s.key])}" for s in sources]


def _way(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Write from where to where; the hospital only where it changes."""
    if before.get("hospital") == after.get("hospital"):
        before, after = {**before, "hospital": ""}, {**after, "hospital": ""}
    return f"{_place(before) or '—'} → {_place(after) or '—'}"


def _place(place: Mapping[str, str]) -> str:
    return " ".join(part for part in (place.get("hospital", ""), place.get("department", ""), place.get("room", "")) if part)


def _value(value: Any) -> str:
    return {True: _("yes"), False: _("no"), None: "—", "": "—"}.get(value, str(value))
