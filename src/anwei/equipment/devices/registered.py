from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Hit, MenuEntry, Panel, Searchable, SearchTerms, Story, registers
from anwei.core.search import matching
from anwei.equipment.devices.invariants import BLOCKED_AS_THEIR_BLOCKS
from anwei.equipment.devices.models import Device, DeviceModel
from anwei.equipment.devices.permissions import PRINT_STICKERS, READ_DEVICES
from anwei.equipment.devices.queries import name_of
from anwei.equipment.devices.resources import BLOCKS, DEVICES, EVENTS, MODELS, STICKERS
from anwei.equipment.devices.shown import STORY
from anwei.equipment.devices.walled import WALLED

LIFE = (
    Story("registered", _("Registered"), "device", "grey"),
    Story("installed", _("Installed, in use"), "done", "green"),
    Story("moved", _("Moved within the hospital"), "pin", "blue"),
    Story("transferred", _("Transferred to another hospital"), "hospital", "blue"),
    Story("blocked", _("Put out of use"), "ban", "red"),
    Story("still_blocked", _("One block lifted, others stand"), "undo", "amber"),
    Story("freed", _("May be used again"), "done", "green"),
    Story("amended", _("Details amended"), "edit", "grey"),
    Story("corrected", _("Key field corrected, approved by a second person"), "edit", "amber"),
    Story("stickered", _("Sticker on the device"), "scan", "grey"),
    Story("sticker_revoked", _("Sticker out of use"), "x", "grey"),
    Story("retired", _("Retired for good"), "lock", "grey"),
)
DEEDS = (
    Story("devices.model_registered", _("Device model registered")),
    Story("devices.stickers_printed", _("Stickers printed")),
    Story("devices.unblocked", _("Block lifted")),
)


def _devices(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    rows = matching(Device.objects.visible_to(actor), terms).select_related("model", "hospital").order_by("-number")[:limit]
    return [Hit(f"{name_of(d)} {d.serial}", d.hospital.name, reverse("devices:device", args=[d.pk])) for d in rows]


def _models(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    rows = matching(DeviceModel.objects.visible_to(actor), terms).order_by("name")[:limit]
    return [Hit(m.name, m.maker_name, reverse("devices:of_model", args=[m.pk])) for m in rows]


def register() -> None:
    registers.walled += WALLED
    registers.resources |= {r.collection: r for r in (DEVICES, MODELS, EVENTS, BLOCKS, STICKERS)}
    registers.menu.append(MenuEntry("equipment", _("Devices"), "devices:list", "device", READ_DEVICES, 10))
    registers.menu.append(MenuEntry("data", _("Device models"), "devices:models", "copy", PRINT_STICKERS, 20))
    registers.menu.append(MenuEntry("data", _("Stickers"), "devices:stickers", "scan", PRINT_STICKERS, 30))
    registers.searchables.append(Searchable("device", _("Devices"), "device", READ_DEVICES, _devices, 20))
    registers.searchables.append(Searchable("model", _("Device models"), "copy", READ_DEVICES, _models, 60))
    registers.panels.append(Panel("organisations.organisation", _("Devices"), "devices:at_hospital", READ_DEVICES, 20))
    registers.stories |= {STORY + story.word: story for story in LIFE}
    registers.stories |= {f"devices.{story.word}": story for story in LIFE}
    registers.stories |= {story.word: story for story in DEEDS}
    registers.stories["devices.correct"] = Story("devices.correct", _("Correct a key field of a device"), "edit", "amber")
    registers.invariants.append(BLOCKED_AS_THEIR_BLOCKS)
    registers.links["devices.Device"] = lambda id: reverse("devices:device", args=[id])
