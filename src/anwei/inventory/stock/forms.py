"""The forms of the warehouse: lines as a scanner types them, one per line, and what is decided about a piece."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.actor import Actor
from anwei.core.errors import Refusal
from anwei.core.identifiers import normalise_serial
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.queries import Label, read_label, unit_words
from anwei.inventory.stock.models import Balance, Condition, Due, Place, Transfer, within
from anwei.inventory.stock.operations import Arrived, Counted, Taken

MOST_LINES = 300
SCANS_HELP = gettext_lazy("One scan per line. More than one piece of the same: code*3.")


def _scans(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 6, "class": "mono", "autofocus": True, "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, widget=widget, max_length=30_000, help_text=SCANS_HELP)


def lines_of(text: str) -> Iterator[tuple[str, Decimal]]:
    """Yield each scanned line with its quantity.

    :raises ValidationError: there are too many lines, or a quantity cannot be read
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise ValidationError(_("At most %(most)d lines at once.") % {"most": MOST_LINES})
    for line in lines:
        code, star, times = line.rpartition("*")
        if not star:
            yield line.strip("\r\n "), Decimal(1)
            continue
        try:
            yield code.strip(), Decimal(times.strip())
        except InvalidOperation as error:
            raise ValidationError(_("“%(line)s”: the number after * cannot be read.") % {"line": line}) from error


def label_of(actor: Actor, code: str) -> Label:
    """Read a code: a label, a part's number, or the serial number of a piece that lies somewhere in our stock.

    :raises ValidationError: nothing is known by it
    """
    try:
        return read_label(actor, code)
    except Refusal as refusal:
        pieces = Balance.objects.filter(serial=normalise_serial(code), is_outside=False, quantity__gt=0).select_related("part")
        parts = {piece.part for piece in pieces}
        if len(parts) != 1:
            raise ValidationError(str(refusal)) from refusal
        return Label(parts.pop(), serial=normalise_serial(code))


def pieces_at(actor: Actor, place: Place, text: str) -> list[Taken]:
    """Return what scanned lines mean at a place and its bins; one piece scanned twice is two of it.

    :raises ValidationError: each line that fits no piece there, named
    """
    there = list(Balance.objects.filter(place__in=within(place), quantity__gt=0, owner=None).select_related("part", "place"))
    taken: dict[Any, Taken] = {}
    faults = []
    for code, quantity in lines_of(text):
        try:
            found = _only(label_of(actor, code), there, place)
        except ValidationError as error:
            faults.extend(error.messages)
            continue
        before = taken[found.pk].quantity if found.pk in taken else Decimal(0)
        taken[found.pk] = Taken(found, before + quantity)
    if faults:
        raise ValidationError(faults)
    return list(taken.values())


def _only(label: Label, there: Sequence[Balance], place: Place) -> Balance:
    good = [b for b in there if b.part_id == label.part.pk and b.condition == Condition.GOOD]
    if label.serial and label.part.tracking == Part.Tracking.SERIAL:
        good = [b for b in good if b.serial == normalise_serial(label.serial)]
    elif label.lot:
        good = [b for b in good if b.lot == normalise_serial(label.lot)]
    words = {"part": label.part.number, "piece": label.serial or label.lot, "place": place.name}
    if not good:
        raise ValidationError(_("%(place)s holds no %(part)s %(piece)s in good condition.") % words)
    if len({(b.lot, b.serial) for b in good}) > 1:
        raise ValidationError(_("%(part)s lies at %(place)s in several lots or serial numbers: scan the label of the piece.") % words)
    return max(good, key=lambda b: b.quantity - b.held)


class IssueForm(forms.Form):
    """Pieces that go to a van."""

    van = forms.ModelChoiceField(label=gettext_lazy("Goes to"), queryset=Place.objects.none())
    document = forms.UUIDField(widget=forms.HiddenInput)  # names this issue, so that it is booked once
    scans = _scans(gettext_lazy("Scan each piece"))

    def __init__(self, actor: Actor, source: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.source, self.lines = actor, source, list[Taken]()
        self._choose()

    def _choose(self) -> None:
        vans = Place.objects.visible_to(self.actor).filter(kind=Place.Kind.VAN).order_by("name")
        self.fields["van"].queryset = vans  # type: ignore[attr-defined]

    def clean_scans(self) -> str:
        """Find every piece at the source."""
        text = str(self.cleaned_data["scans"])
        self.lines = pieces_at(self.actor, self.source, text)
        return text


class SendForm(IssueForm):
    """Pieces that go to another store."""

    van = None  # type: ignore[assignment]
    document = None  # type: ignore[assignment]
    to = forms.ModelChoiceField(label=gettext_lazy("Goes to"), queryset=Place.objects.none())
    note = forms.CharField(label=gettext_lazy("Courier and number of the parcel"), max_length=200, required=False)
    field_order = ("to", "scans", "note")

    def _choose(self) -> None:
        others = Place.objects.filter(kind=Place.Kind.STORE).exclude(pk=self.source.pk).order_by("name")
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


class ArrivalForm(forms.Form):
    """What arrived of a transfer, each line as it was sent unless said otherwise."""

    def __init__(self, transfer: Transfer, data: Any = None) -> None:
        super().__init__(data)
        self.lines = [line for line in transfer.lines.select_related("part").order_by("part__number", "serial") if line.open]
        for line in self.lines:
            for name, label, initial in (("whole", _("Arrived whole"), line.open), ("damaged", _("Damaged"), Decimal(0))):
                self.fields[f"{name}_{line.pk}"] = forms.DecimalField(
                    label=label, min_value=0, max_digits=14, decimal_places=3, initial=initial.normalize(), widget=_number()
                )

    @property
    def rows(self) -> Iterator[tuple[Any, forms.BoundField, forms.BoundField, str]]:
        """Each line with its two fields and its unit in words."""
        for line in self.lines:
            yield line, self[f"whole_{line.pk}"], self[f"damaged_{line.pk}"], unit_words(line.part.unit)

    def arrived(self) -> list[Arrived]:
        """Return what was typed."""
        typed = self.cleaned_data
        return [Arrived(line.pk, typed[f"whole_{line.pk}"], typed[f"damaged_{line.pk}"]) for line in self.lines]


def _number() -> forms.NumberInput:
    return forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "class": "in short"})


class CountForm(forms.Form):
    """A blind count: a quantity for each part and lot that may lie in the place, serial numbers and surprises by scan."""

    def __init__(self, actor: Actor, place: Place, data: Any = None) -> None:
        super().__init__(data)
        self.actor = actor
        rows = Balance.objects.filter(place=place, owner=None, quantity__gt=0).select_related("part").order_by("part__number", "lot")
        known = list(rows)
        self.by_quantity = [b for b in known if not b.serial]
        self.has_serials = len(self.by_quantity) < len(known)
        for number, balance in enumerate(self.by_quantity):
            widget = _number()
            widget.attrs |= {"autofocus": True} if number == 0 else {}
            self.fields[f"of_{balance.pk}"] = forms.DecimalField(
                label=balance.part.number, min_value=0, max_digits=14, decimal_places=3, widget=widget
            )
        self.fields["scans"] = _scans(_("Scan serial numbers, and whatever else lies here"))
        self.fields["scans"].required = False

    @property
    def rows(self) -> Iterator[tuple[Balance, forms.BoundField, str]]:
        """Each part and lot with its field and its unit in words, without what the books say."""
        for balance in self.by_quantity:
            yield balance, self[f"of_{balance.pk}"], unit_words(balance.part.unit)

    def clean_scans(self) -> list[Counted]:
        """Read what was scanned; pieces scanned several times add up, but a serial number is one piece."""
        told: dict[tuple[Any, str, str], Decimal] = {}
        for code, quantity in lines_of(str(self.cleaned_data["scans"])):
            label = label_of(self.actor, code)
            serial = label.serial if label.part.tracking == Part.Tracking.SERIAL else ""
            key = (label.part, label.lot, serial)
            told[key] = Decimal(1) if serial else told.get(key, Decimal(0)) + quantity
        return [Counted(part, quantity, lot, serial) for (part, lot, serial), quantity in told.items()]

    def lines(self) -> list[Counted]:
        """Return all that was counted."""
        typed = self.cleaned_data
        booked = [Counted(b.part, typed[f"of_{b.pk}"], b.lot, "", b.condition) for b in self.by_quantity]
        return [*booked, *typed["scans"]]


FATES = [
    (Due.Fate.GOOD.value, gettext_lazy("Tested good, back into the store")),
    (Due.Fate.DEFECTIVE.value, gettext_lazy("Defective, to be repaired")),
    (Due.Fate.MAKER.value, gettext_lazy("Back to the maker")),
]


class JudgeForm(forms.Form):
    """What becomes of an old part."""

    fate = forms.ChoiceField(label=gettext_lazy("What becomes of it?"), choices=FATES, widget=forms.RadioSelect)
    store = forms.ModelChoiceField(label=gettext_lazy("Store or bin, if it is good"), queryset=Place.objects.none(), required=False)
    note = forms.CharField(label=gettext_lazy("Test record or note"), max_length=500, required=False)

    def __init__(self, actor: Actor, due: Due, data: Any = None) -> None:
        super().__init__(data)
        stores = Place.objects.visible_to(actor).filter(kind__in=["store", "bin"], branch=due.holder.branch_id).order_by("kind", "name")
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A good piece needs a place."""
        cleaned = super().clean() or {}
        if cleaned.get("fate") == Due.Fate.GOOD and not cleaned.get("store"):
            self.add_error("store", _("Say where the good piece goes."))
        return cleaned


class ScrapForm(forms.Form):
    """Who saw it destroyed, and why; a second person approves."""

    witness = forms.CharField(label=gettext_lazy("Witness"), max_length=100)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)
