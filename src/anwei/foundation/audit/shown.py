"""How deeds are told to who reads the trail: the door, how it ended, whether it is proved, what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anwei.core.registers import registers
from anwei.core.shell import PillView, Text
from anwei.core.wording import number, when
from anwei.foundation.audit.queries import ChangeView, DeedView, FieldChange, positions_of

DOORS: Mapping[str, Text] = {
    "page": _("Web page"),
    "phone": pgettext_lazy("door", "Phone"), "public": _("Reporting page"), "api": _("Interface"), "command": _("Command line"),
    "system": _("System"), "import": _("Import"),
}  # fmt: skip
OF_THE_MACHINE = {"id", "created_at", "changed_at", "search"}
OUTCOMES: Mapping[str, Text] = {"done": _("Carried out"), "unchanged": _("Nothing to do"), "refused": _("Refused")}
SEALED = PillView(_("Sealed"), "green", "lock", hollow=True)
WAITING = PillView(_("To be sealed"), "amber", "wait")


@dataclass(frozen=True, slots=True)
class Told:
    """A column's value before and after, as text."""

    label: str
    old: str
    new: str
    state: str


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
    def changes(self) -> list[tuple[ChangeView, list[Told]]]:
        """What it changed, without the columns that only the machine reads and without what was left empty."""
        return [(change, [_told(field) for field in change.fields if _is_worth_telling(change, field)]) for change in self.deed.changes]

    @property
    def count(self) -> int:
        """How many rows it changed."""
        return len(self.deed.changes) + self.deed.more_changes


def _is_worth_telling(change: ChangeView, field: FieldChange) -> bool:
    return field.column not in OF_THE_MACHINE and (change.op != "I" or bool(field.state) or field.new not in (None, "", [], {}))


def _told(field: FieldChange) -> Told:
    return Told(field.label, _text(field.old), _text(field.new), field.state)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return when(value)
    return "—" if value in (None, "") else str(value)


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
