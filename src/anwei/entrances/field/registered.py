from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Home, MenuEntry, registers
from anwei.workorders.visits.permissions import WORK


def register() -> None:
    registers.homes.append(Home("field_engineer", "field:today", 10))
    registers.menu.append(MenuEntry("today", _("My jobs"), "field:today", "car", WORK, 5))
