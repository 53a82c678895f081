from django.utils.translation import gettext_lazy as _

from anwei.core.registers import MenuEntry, Panel, registers
from anwei.workorders.intake.permissions import REPORT_OWN


def register() -> None:
    registers.menu.append(MenuEntry("today", _("Report a fault"), "portal:choose", "bell", REPORT_OWN, 20))
    registers.panels.append(Panel("devices.device", _("Something wrong with it?"), "portal:report_panel", REPORT_OWN, 5))
