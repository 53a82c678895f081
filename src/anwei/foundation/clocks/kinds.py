"""Calendars and service levels as definitions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.registers import Text
from anwei.core.working_time import CalendarError, WorkCalendar
from anwei.foundation.clocks.rules import CLOCKS


class CalendarKind:
    """A working calendar; its body is what `WorkCalendar.from_definition` reads."""

    key = "calendar"
    label: Text = gettext_lazy("Calendar")

    def check(self, body: Mapping[str, Any]) -> Sequence[str]:
        """Say what is wrong with a calendar."""
        try:
            WorkCalendar.from_definition(body)
        except CalendarError as error:
            return [str(error)]
        return []


class SlaKind:
    """A service level: `{targets: [{criticality, channel, region, calendar, respond, onsite, restore, report}]}`, minutes or null.

    A target may add `urgency` ("urgent", "normal") and `off_hours` (`{onsite: 60}`): the promise to who reports outside of the calendar.
    """

    key = "sla"
    label: Text = gettext_lazy("Service level")

    def check(self, body: Mapping[str, Any]) -> Sequence[str]:
        """Name every target that cannot be read."""
        faults = []
        for number, target in enumerate(body.get("targets", []), 1):
            if missing := {"criticality", "channel", "region", "calendar"} - set(target):
                faults.append(_("target %(number)d lacks %(names)s") % {"number": number, "names": ", ".join(sorted(missing))})
            off_hours = target.get("off_hours", {})
            if wrong := [c for c, minutes in off_hours.items() if c not in CLOCKS or not isinstance(minutes, int) or minutes <= 0]:
                faults.append(_("target %(number)d has no usable off-hours for %(names)s") % {"number": number, "names": ", ".join(wrong)})
            if bad := [c for c in CLOCKS if not (target.get(c) is None or (isinstance(target[c], int) and target[c] > 0))]:
                faults.append(_("target %(number)d has no usable minutes for %(names)s") % {"number": number, "names": ", ".join(bad)})
        return faults or ([] if body.get("targets") else [_("there are no targets")])
