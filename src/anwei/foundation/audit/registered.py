from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.operation import wire_journal
from anwei.core.registers import Home, Invariant, MenuEntry, Story, registers
from anwei.foundation.audit.invariants import broken_triggers, changes_without_deed, other_root, set_aside, uncounted_rows
from anwei.foundation.audit.journal import TrailJournal
from anwei.foundation.audit.models import Owed
from anwei.foundation.audit.permissions import FOLLOW_AGAIN, READ_TRAIL
from anwei.foundation.audit.resources import DEEDS


def _set_aside_count(actor: Actor) -> int:
    return Owed.objects.visible_to(actor).set_aside()[:100].count()


def register() -> None:
    wire_journal(TrailJournal())
    registers.resources[DEEDS.collection] = DEEDS
    erased = Story("audit.personal_erased", _("Personal data erased from the history"), colour="grey")
    again = Story("audit.follow_again", _("A deed set aside is followed again"), "again", "amber")
    registers.stories |= {story.word: story for story in (erased, again)}
    registers.menu.append(MenuEntry("system", _("Trail"), "audit:deeds", "trail", READ_TRAIL, 10))
    registers.menu.append(MenuEntry("system", _("Set aside"), "audit:set_aside", "warn", FOLLOW_AGAIN, 12, _set_aside_count))
    registers.homes.append(Home("auditor", "audit:deeds", 10))
    registers.invariants += [
        Invariant("trail.counted", _("Every row of the trail up to the horizon has one place in the tree"), uncounted_rows),
        Invariant("trail.deeds", _("No change stands without its deed"), changes_without_deed),
        Invariant("trail.followed", _("Nothing that follows the trail has set a deed aside"), set_aside),
        Invariant("trail.root", _("The tree over the trail is the one that was signed last"), other_root),
        Invariant("trail.triggers", _("The trail’s triggers stand on every table, switched on"), broken_triggers),
    ]
