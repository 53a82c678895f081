"""The forms of a visit."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.actor import Actor
from anwei.core.errors import Refusal
from anwei.core.labels import Label
from anwei.core.tables import Rows
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.queries import read_label
from anwei.inventory.stock.models import Balance, Condition
from anwei.inventory.stock.operations import Taken
from anwei.workorders.visits.queries import FaultCode
from anwei.workorders.visits.shown import CONDITIONS

INFECTIOUS = "infectious"  # key of a hazard of parts
WAITS = [("wait", gettext_lazy("Wait for it")), ("", gettext_lazy("Go on working"))]
OLD_CONDITIONS = [("", gettext_lazy("No old part")), *CONDITIONS.items()]


class PartForm(forms.Form):
    """One piece out of the van, and the old one."""

    piece = forms.ChoiceField(label=gettext_lazy("Piece from your van"), widget=forms.RadioSelect)
    scanned = forms.CharField(label=gettext_lazy("Or scan the new part"), max_length=100, required=False)
    old_condition = forms.ChoiceField(label=gettext_lazy("Old part"), choices=OLD_CONDITIONS, required=False, widget=forms.RadioSelect)
    old_serial = forms.CharField(label=gettext_lazy("Serial number of the old part"), max_length=60, required=False)
    old_is_clean = forms.BooleanField(label=gettext_lazy("The old part is decontaminated"), required=False)

    def __init__(self, pieces: Iterable[Balance], data: Any = None) -> None:
        self.pieces = {str(piece.pk): piece for piece in pieces}
        first = next(iter(self.pieces)) if len(self.pieces) == 1 else None
        super().__init__(data, initial={"old_condition": Condition.DEFECTIVE, "piece": first})
        self.fields["piece"].choices = [(key, key) for key in self.pieces]  # type: ignore[attr-defined]
        self.fields["piece"].required = False
        if not any(INFECTIOUS in piece.part.hazards for piece in self.pieces.values()):
            del self.fields["old_is_clean"]  # nobody is asked where nothing can be contaminated

    def clean(self) -> dict[str, Any]:
        """Find the piece that was chosen, or the one whose serial or lot was scanned."""
        cleaned = super().clean() or {}
        scanned = str(cleaned.get("scanned") or "").strip()
        if scanned:
            matching = [p for p in self.pieces.values() if scanned.upper() in (p.serial.upper(), p.lot.upper(), p.part.number.upper())]
            if len(matching) != 1:
                self.add_error("scanned", _("No single piece of your van carries “%(code)s”.") % {"code": scanned})
                return cleaned
            cleaned["balance"] = matching[0]
        elif cleaned.get("piece"):
            cleaned["balance"] = self.pieces[cleaned["piece"]]
        else:
            self.add_error("piece", _("Choose the piece that you fit."))
        return cleaned

    @property
    def choices(self) -> Iterator[tuple[Any, Balance]]:
        """Each choice of the list with its piece."""
        for choice in self["piece"]:
            yield choice, self.pieces[str(choice.data["value"])]


class HandOverForm(forms.Form):
    """Which pieces of the van go to which colleague."""

    colleague = forms.ChoiceField(label=gettext_lazy("Colleague"))
    pieces = forms.MultipleChoiceField(label=gettext_lazy("Pieces from your van"), widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(label=gettext_lazy("Where you leave them"), max_length=200, required=False)

    def __init__(self, pieces: Iterable[Balance], colleagues: Iterable[tuple[Any, str]], data: Any = None) -> None:
        super().__init__(data)
        self.by_key = {str(piece.pk): piece for piece in pieces}
        self.fields["pieces"].choices = [(key, key) for key in self.by_key]  # type: ignore[attr-defined]
        self.fields["colleague"].choices = [(str(key), name) for key, name in colleagues]  # type: ignore[attr-defined]

    @property
    def choices(self) -> Iterator[tuple[Any, Balance]]:
        """Each choice of the list with its piece."""
        for choice in self["pieces"]:
            yield choice, self.by_key[str(choice.data["value"])]

    def lines(self) -> list[Taken]:
        """Return what was chosen: of pieces without a number of their own, one."""
        return [Taken(self.by_key[key]) for key in self.cleaned_data["pieces"]]


class WitnessForm(forms.Form):
    witness = forms.CharField(label=gettext_lazy("Name of the witness at the hospital"), max_length=100)


class DeclineForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class RequestForm(forms.Form):
    """Which part is missing: one of the list, or the one whose label was scanned; how many, and whether the repair waits for it."""

    part = forms.CharField(label=gettext_lazy("Which part is missing?"), max_length=80, required=False)
    scanned = forms.CharField(label=gettext_lazy("Or scan the label of the part"), max_length=300, required=False)
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"), max_digits=14, decimal_places=3, initial=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    wait = forms.TypedChoiceField(
        label=gettext_lazy("What now?"), choices=WAITS, coerce=lambda value: value == "wait", required=False, empty_value="",
        initial="wait", widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, actor: Actor, may_wait: bool, data: Any = None) -> None:
        super().__init__(data)
        self.actor = actor
        if not may_wait:
            del self.fields["wait"]

    def clean(self) -> dict[str, Any]:
        """Find the part by its label, or the one of the list: "part", or "part:the one that it stands for"."""
        cleaned = super().clean() or {}
        rows = Part.objects.visible_to(self.actor)
        scanned = str(cleaned.pop("scanned", "") or "")
        chosen, _colon, stands_for = str(cleaned.pop("part", "") or "").partition(":")
        if scanned.strip():
            try:
                cleaned["part"] = read_label(self.actor, scanned).part
            except Refusal as refusal:
                self.add_error("scanned", str(refusal))
        elif part := _row(rows, chosen):
            cleaned |= {"part": part, "instead_of": _row(rows, stands_for)}
        else:
            self.add_error("part", _("Choose the part, or scan its label."))
        return cleaned


def _row(rows: Rows[Part], key: str) -> Part | None:
    try:
        return rows.filter(pk=UUID(key)).first()
    except ValueError:
        return None


class WaitCustomerForm(forms.Form):
    waiting_reason = forms.ChoiceField(label=gettext_lazy("What must the hospital do?"), widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=gettext_lazy("Who said so, and when?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It pauses the clock, so it needs evidence: a name, a call, a message."),
    )  # fmt: skip

    def __init__(self, reasons: Iterable[tuple[str, Label]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["waiting_reason"].choices = list(reasons)  # type: ignore[attr-defined]


class SignForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of who signs, in print"), max_length=100)
    duty = forms.CharField(label=gettext_lazy("Duty"), max_length=100, required=False)
    image = forms.FileField(
        label=gettext_lazy("Signature"), widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        error_messages={"required": gettext_lazy("Please sign in the field first.")},
    )  # fmt: skip
    shown_sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)


class FinishForm(forms.Form):
    fault = forms.ChoiceField(label=gettext_lazy("Fault code"), required=False)
    work_done = forms.CharField(label=gettext_lazy("What was done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    cause = forms.CharField(label=gettext_lazy("Cause"), max_length=500, required=False)

    def __init__(self, faults: Iterable[FaultCode], data: Any = None, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        rows = [(fault.code, f"{fault.code} {fault.problem}") for fault in faults]
        self.fields["fault"].choices = [("", _("None of these")), *rows]  # type: ignore[attr-defined]
