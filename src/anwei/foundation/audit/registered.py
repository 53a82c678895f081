from django.utils.translation import gettext_lazy as _

from anwei.core.operation import wire_journal
from anwei.core.registers import Home, Invariant, MenuEntry, Story, registers
from anwei.foundation.audit.invariants import broken_triggers, changes_without_deed, other_root, uncounted_rows
from anwei.foundation.audit.journal import TrailJournal
from anwei.foundation.audit.permissions import READ_TRAIL
from anwei.foundation.audit.resources import DEEDS


def register() -> None:
    wire_journal(TrailJournal())
    registers.resources[DEEDS.collection] = DEEDS
    erased = Story("audit.personal_erased", _("Personal data erased from the history"), colour="grey")
    registers.stories[erased.word] = erased
    registers.menu.append(MenuEntry("system", _("Trail"), "audit:deeds", "trail", READ_TRAIL, 10))
    registers.homes.append(Home("auditor", "audit:deeds", 10))
    registers.invariants += [
        Invariant("trail.counted", _("Every row of the trail up to the horizon has one place in the tree"), uncounted_rows),
        Invariant("trail.deeds", _("No change stands without its deed"), changes_without_deed),
        Invariant("trail.root", _("The tree over the trail is the one that was signed last"), other_root),
        Invariant("trail.triggers", _("The trail’s triggers stand on every table, switched on"), broken_triggers),
    ]
