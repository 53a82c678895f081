from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import MenuEntry, Story, registers
from anwei.equipment.instruments.permissions import READ_INSTRUMENTS
from anwei.equipment.instruments.resources import CALIBRATIONS, INSTRUMENTS

STORIES = (
    Story("instruments.registered", _("Test instrument registered")),
    Story("instruments.calibrated", _("Calibration recorded")),
    Story("instruments.retired", _("Test instrument retired")),
)


def register() -> None:
    registers.resources |= {INSTRUMENTS.collection: INSTRUMENTS, CALIBRATIONS.collection: CALIBRATIONS}
    registers.menu.append(MenuEntry("equipment", _("Test instruments"), "instruments:list", "seal", READ_INSTRUMENTS, 40))
    registers.links["instruments.Instrument"] = lambda id: reverse("instruments:instrument", args=[id])
    registers.stories |= {story.word: story for story in STORIES}
