"""One section of a checklist as a form: a field for each task in the way its answer is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from anwei.equipment.instruments.models import Instrument, InstrumentRows
from anwei.equipment.instruments.queries import kinds
from anwei.workorders.orders.rules import Section, Task
from anwei.workorders.visits.models import Photo, Reading
from anwei.workorders.visits.operations import ReadingInput
from anwei.workorders.visits.rules import IDENTITY, NO_UDI, asks_nominal, limits_of
from anwei.workorders.visits.shown import limits_text, plain

CHECKS = [("pass", _("Passed")), ("fail", _("Failed")), ("n/a", _("N/A"))]
TOOL = "tool:"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an order when a section is asked: answers, photos by task, earlier values, instruments that may be used today."""

    readings: Mapping[str, Reading]
    photos: Mapping[str, list[Photo]]
    earlier: Mapping[str, Reading]
    instruments: InstrumentRows


@dataclass(frozen=True, slots=True)
class Row:
    """One task as it is asked."""

    task: Task
    field: BoundField | None  # none for a photo: it is sent by itself
    reason: BoundField | None = None
    nominal: BoundField | None = None
    no_label: BoundField | None = None
    low: str = ""
    high: str = ""
    limits: str = ""
    earlier: str = ""
    photos: tuple[Photo, ...] = ()
    reading: Reading | None = None

    @property
    def is_bad(self) -> bool:
        """Say whether the answer is out of its limits, or was refused."""
        refused = bool(self.field and self.field.errors)
        return refused or (self.reading is not None and self.reading.verdict == Reading.Verdict.FAIL)


class SectionForm(forms.Form):
    """Every task of a section; what is left empty is not answered, what is unchanged is not answered again."""

    def __init__(self, section: Section, known: Known, data: Any = None) -> None:
        super().__init__(data)
        self.section, self.known = section, known
        for kind in self._kinds_without_tool():
            self.fields[TOOL + kind] = InstrumentField(known.instruments.filter(kind=kind), str(kinds().get(kind, kind)))
        for task in section.tasks:
            self._ask(task)

    def _kinds_without_tool(self) -> list[str]:
        """Kinds of instruments that numbers are measured with, and that nobody has named on this order or is asked for here."""
        asked = {task.instrument for task in self.section.tasks if task.kind == "instrument"}
        blocks = {reading.instrument.kind for reading in self.known.readings.values() if reading.instrument}
        measured = [task.instrument for task in self.section.tasks if task.kind == "number" and task.instrument]
        return [kind for kind in dict.fromkeys(measured) if kind not in asked | blocks]

    def _ask(self, task: Task) -> None:
        if task.kind == "photo":
            return
        key, reading = task.key, self.known.readings.get(task.key)
        self.fields[key] = _field_of(task, self.known)
        self.initial[key] = _initial(task, reading)
        if task.kind in ("check", "number") or key == IDENTITY:
            self.fields[f"{key}.reason"] = forms.CharField(label=_("Why does work go on?"), max_length=500, required=False)
            self.initial[f"{key}.reason"] = reading.reason if reading else ""
        if asks_nominal(task.limit):
            self.fields[f"{key}.nominal"] = forms.DecimalField(label=_("Value set"), max_digits=12, decimal_places=6, required=False)
        if key == IDENTITY:
            self.fields[f"{key}.none"] = forms.BooleanField(label=_("The device carries no label"), required=False)
            self.initial[f"{key}.none"] = bool(reading and reading.text == NO_UDI)

    def answers(self) -> list[ReadingInput]:
        """Return what was answered now; with `rest` every check that nobody touched is passed."""
        return [answer for task in self.section.tasks if task.kind != "photo" if (answer := self._answer(task))]

    def _answer(self, task: Task) -> ReadingInput | None:
        value = self.cleaned_data.get(task.key)
        if task.kind == "check" and not value and "rest" in self.data:
            value = "pass"
        if self.cleaned_data.get(f"{task.key}.none"):
            value = NO_UDI
        if value in (None, "") or not self._is_new(task, value):
            return None
        reason = self.cleaned_data.get(f"{task.key}.reason", "")
        if task.kind == "number":
            tool = self.cleaned_data.get(TOOL + task.instrument)
            return ReadingInput(task.key, value=value, nominal=self.cleaned_data.get(f"{task.key}.nominal"), reason=reason, instrument=tool)
        if task.kind == "instrument":
            return ReadingInput(task.key, text=value.number, instrument=value)
        return ReadingInput(task.key, text=str(value), reason=reason)

    def _is_new(self, task: Task, value: Any) -> bool:
        reading = self.known.readings.get(task.key)
        if reading is None:
            return True
        given = value.number if isinstance(value, Instrument) else value
        kept = reading.value if task.kind == "number" else reading.text
        return given != kept or self.cleaned_data.get(f"{task.key}.reason", "") != reading.reason

    def tools(self) -> list[BoundField]:
        """The instruments that are asked for once, above the readings."""
        return [self[name] for name in self.fields if name.startswith(TOOL)]

    def rows(self) -> list[Row]:
        """Return the tasks as they are asked."""
        return [self._row(task) for task in self.section.tasks]

    def has_checks(self) -> bool:
        """Say whether a check is still unanswered."""
        return any(task.kind == "check" and task.key not in self.known.readings for task in self.section.tasks)

    def _row(self, task: Task) -> Row:
        if task.kind == "photo":
            return Row(task, None, photos=tuple(self.known.photos.get(task.key, ())))
        limits = limits_of(task.limit) if task.kind == "number" else None
        earlier = self.known.earlier.get(task.key)
        return Row(
            task, self[task.key], self._bound(f"{task.key}.reason"), self._bound(f"{task.key}.nominal"), self._bound(f"{task.key}.none"),
            plain(limits.low) if limits else "", plain(limits.high) if limits else "", limits_text(limits),
            plain(earlier.value) if earlier else "", (), self.known.readings.get(task.key),
        )  # fmt: skip

    def _bound(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None


class InstrumentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of instruments, each with the day until which its calibration holds; a single one is taken."""

    def __init__(self, rows: InstrumentRows, label: str) -> None:
        super().__init__(rows, label=label, required=False, empty_label=None if rows.count() == 1 else "—")

    def label_from_instance(self, obj: Instrument) -> str:
        """Write one choice."""
        return f"{obj.number} · {obj.calibration_due}"


def _field_of(task: Task, known: Known) -> forms.Field:
    label = str(task.label)
    if task.kind == "number":
        return forms.DecimalField(label=label, max_digits=18, decimal_places=6, required=False)
    if task.kind == "check":
        return forms.ChoiceField(label=label, choices=CHECKS, required=False, widget=forms.RadioSelect)
    if task.kind == "choice":
        options = [(key, str(name)) for key, name in task.options]
        return forms.ChoiceField(label=label, choices=options, required=False, widget=forms.RadioSelect)
    if task.kind == "instrument":
        fitting = known.instruments.filter(kind=task.instrument)
        return InstrumentField(fitting if fitting.exists() else known.instruments, label)
    return forms.CharField(label=label, max_length=300 if task.kind == "scan" else 500, required=False)


def _initial(task: Task, reading: Reading | None) -> Any:
    if reading is None:
        return None
    if task.kind == "number":
        return plain(reading.value)
    if task.kind == "instrument":
        return reading.instrument_id
    return "" if reading.text == NO_UDI else reading.text
