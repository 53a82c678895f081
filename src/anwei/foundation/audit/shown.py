"""How deeds are told to who reads the trail: the door, how it ended, whether it is proved, what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anwei.core.registers import registers
from anwei.core.shell import PillView, Text
from anwei.core.wording import number
from anwei.foundation.audit.queries import ChangeView, DeedView, FieldChange, positions_of

DOORS: Mapping[str, Text] = {
    "page": _("Web page"), "field": _("Phone"), "portal": _("Reporting page"), "api": _("Interface"), "cli": _("Command line"),
    "worker": _("Night work"), "system": _("System"), "import": _("Import"),
}  # fmt: skip
OF_THE_MACHINE = {"id", "created_at", "changed_at", "search"}
OUTCOMES: Mapping[str, Text] = {"done": _("Done"), "unchanged": _("Nothing to do"), "refused": _("Refused")}
SEALED = PillView(_("Sealed"), "green", "lock", hollow=True)
WAITING = PillView(_("To be sealed"), "amber", "wait")


@dataclass(frozen=True, slots=True)
class DeedRow:
    """A deed as a row of a page."""

    deed: DeedView
    door: Text
    pill: PillView
    position: str
    subject_url: str

    @property
    def was_refused(self) -> bool:
        """Say whether nothing was done."""
        return self.deed.outcome == "refused"

    @property
    def changes(self) -> list[tuple[ChangeView, list[FieldChange]]]:
        """What it changed, without the columns that only the machine reads."""
        return [(change, [f for f in change.fields if f.column not in OF_THE_MACHINE]) for change in self.deed.changes]

    @property
    def count(self) -> int:
        """How many rows it changed."""
        return len(self.deed.changes) + self.deed.more_changes


def rows_of(deeds: Sequence[DeedView]) -> list[DeedRow]:
    """Return deeds as rows, each with its place in the tree."""
    places = positions_of(deed.id for deed in deeds)
    return [_row(deed, places) for deed in deeds]


def _row(deed: DeedView, places: Mapping[UUID, int]) -> DeedRow:
    place = places.get(deed.id)
    return DeedRow(
        deed=deed,
        door=DOORS.get(deed.door, deed.door),
        pill=SEALED if place is not None else WAITING,
        position=number(place) if place is not None else "",
        subject_url=url_of(deed.subject),
    )


def url_of(subject: str) -> str:
    """Return the page of a record that a deed names, "" where there is none."""
    label, _sep, key = subject.partition(":")
    try:
        return registers.links[label](UUID(key)) if label in registers.links else ""
    except ValueError:
        return ""


def changes_in(rows: Iterable[DeedRow]) -> int:
    """Count the changed rows of several deeds."""
    return sum(row.count for row in rows)
