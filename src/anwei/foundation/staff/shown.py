"""How competence is shown: the words of a grade, how long a certificate holds."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anwei.core.shell import Colour, PillView, Text

SOON = 60  # days before its end in which a certificate is to be renewed
GRADE_WORDS: Mapping[int, Text] = {
    1: gettext_lazy("under guidance"),
    2: gettext_lazy("alone"),
    3: gettext_lazy("difficult cases and release"),
    4: gettext_lazy("expert"),
}


def days_left(until: date | None, today: date) -> PillView:
    """Return how long a certificate holds: red once it has expired, amber when it is to be renewed."""
    if until is None:
        return PillView(_("Without end"), "green", "done", hollow=True)
    days = (until - today).days
    if days < 0:
        return PillView(ngettext("Expired %(days)d day ago", "Expired %(days)d days ago", -days) % {"days": -days}, "red", "stop")
    soon = days <= SOON
    colour: Colour = "amber" if soon else "green"
    words = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return PillView(words, colour, "warn" if soon else "done", hollow=not soon)
