"""The forms of devices."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.actor import Actor
from anwei.core.labels import Listing
from anwei.core.picking import Pick
from anwei.equipment.devices.models import Device, DeviceModel
from anwei.equipment.devices.queries import categories
from anwei.equipment.devices.rules import CODE_LENGTH, MOST_STICKERS
from anwei.foundation.organisations.models import Department, Organisation

EARLIEST, LATEST = date(1970, 1, 2), date(2099, 12, 31)
LAYOUTS = {
    "sheet": gettext_lazy("A4 sheet, 3 × 8 labels"),
    "label": gettext_lazy("Label roll 60 × 40 mm"),
    "small": gettext_lazy("Label roll 40 × 30 mm"),
}


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    """Make the field of a plain day."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )


def text_field(label: Any, length: int, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Make the field of a short text."""
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text)


def reason_field(label: Any, help_text: Any = "") -> forms.CharField:
    """Make the field of a reason, which must be given."""
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text)


def hospitals(actor: Actor) -> Any:
    """Return the hospitals that somebody may pick from."""
    return Organisation.objects.visible_to(actor).living().hospitals().order_by("name")


class PlacedForm(forms.Form):
    """A form whose department is told by name and must be one of the hospital that is picked or given."""

    hospital_given: Organisation | None = None

    def clean(self) -> dict[str, Any]:
        """Turn the name of the department into the department."""
        values = super().clean() or {}
        name, hospital = values.get("department"), self.hospital_given or values.get("hospital")
        if name and hospital and not isinstance(name, Department):
            found = Department.objects.filter(organisation=hospital, name__iexact=name).first()
            if found is None:
                known = Department.objects.filter(organisation=hospital).order_by("name").values_list("name", flat=True)[:20]
                listed = str(Listing(known)) or "—"
                self.add_error("department", _("This hospital has no such department. It has: %(listed)s.") % {"listed": listed})
            values["department"] = found
        elif not name:
            values["department"] = None
        return values


class RegisterForm(PlacedForm):
    """What is asked to register a device; the rest is read from the code or derived."""

    model = Pick(label=gettext_lazy("Model"), names=("name", "udi_di"))
    udi = text_field(gettext_lazy("UDI as scanned"), 300, help_text=gettext_lazy("Scan it; the serial number is read from it"))
    serial = text_field(gettext_lazy("Serial number"), 60)
    has_no_udi = forms.BooleanField(label=gettext_lazy("I looked: it carries no UDI"), required=False)
    hospital = Pick(label=gettext_lazy("Hospital"))
    department = text_field(gettext_lazy("Department"), 100)
    room = text_field(gettext_lazy("Room, bed"), 100)
    distributor = Pick(label=gettext_lazy("Distributor"), required=False, help_text=gettext_lazy("Only if it was sold through one"))
    purchased_on = day_field(gettext_lazy("Bought on"))
    warranty_until = day_field(gettext_lazy("Warranty until"))
    software = text_field(gettext_lazy("Software"), 40)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_pick(self, "model", DeviceModel.objects.visible_to(actor).order_by("name"), "devices:model_options")
        set_pick(self, "hospital", hospitals(actor), "devices:hospital_options")
        set_pick(self, "distributor", distributors(actor))


def distributors(actor: Actor) -> Any:
    """Return the distributors that somebody may pick from."""
    return Organisation.objects.visible_to(actor).living().filter(roles__contains=["distributor"]).order_by("name")


def set_pick(form: forms.Form, name: str, rows: Any, url_name: str = "") -> None:
    """Tell a field from which rows this person may pick, and where its suggestions come from."""
    field: Any = form.fields[name]
    field.rows = rows
    field.widget.suggestions_url = reverse(url_name) if url_name else ""


class AtHospitalForm(PlacedForm):
    """A form about a device that stays at its hospital; its department is chosen from a list."""

    department = forms.ModelChoiceField(label=gettext_lazy("Department"), queryset=Department.objects.none(), required=False)
    room = text_field(gettext_lazy("Room, bed"), 100)

    def __init__(self, device: Device, data: Any = None) -> None:
        super().__init__(data, initial={"department": device.department_id, "room": device.room, "software": device.software})
        self.hospital_given = device.hospital
        chooser: Any = self.fields["department"]
        chooser.queryset = Department.objects.filter(organisation=device.hospital_id).order_by("name")


class InstallForm(AtHospitalForm):
    """What is asked when a device is put into use."""

    installed_on = day_field(gettext_lazy("Installed on"), required=True)
    software = text_field(gettext_lazy("Software"), 40)
    warranty_until = day_field(gettext_lazy("Warranty until"))

    field_order = ("installed_on", "department", "room", "software", "warranty_until")


class MoveForm(AtHospitalForm):
    """Where a device goes within its hospital."""

    reason = text_field(gettext_lazy("Why"), 500)


class TransferForm(PlacedForm):
    """To which hospital a device is handed over."""

    hospital = Pick(label=gettext_lazy("New hospital"))
    department = text_field(gettext_lazy("Department"), 100)
    room = text_field(gettext_lazy("Room, bed"), 100)
    reason = reason_field(gettext_lazy("Why, and by which agreement"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_pick(self, "hospital", hospitals(actor), "devices:hospital_options")


class BlockForm(forms.Form):
    """Why a device must not be used."""

    reason = reason_field(gettext_lazy("Why it must not be used"), gettext_lazy("Everybody who sees the device reads this"))


class UnblockForm(forms.Form):
    """Why a device may be used again."""

    because = reason_field(gettext_lazy("Why it may be used again"))


class RetireForm(forms.Form):
    """Why and when a device is taken out of service for good."""

    reason = reason_field(gettext_lazy("Why"))
    retired_on = day_field(gettext_lazy("Retired on"))


class AmendForm(forms.Form):
    """Details that may be amended at once."""

    udi = text_field(gettext_lazy("UDI as scanned"), 300)
    has_no_udi = forms.BooleanField(label=gettext_lazy("I looked: it carries no UDI"), required=False)
    purchased_on = day_field(gettext_lazy("Bought on"))
    warranty_until = day_field(gettext_lazy("Warranty until"), required=False)
    software = text_field(gettext_lazy("Software"), 40)
    distributor = Pick(label=gettext_lazy("Distributor"), required=False)
    seen = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])

    def __init__(self, actor: Actor, device: Device, data: Any = None) -> None:
        names = ("udi", "has_no_udi", "purchased_on", "warranty_until", "software", "distributor")
        super().__init__(data, initial={name: getattr(device, name) for name in names} | {"seen": device.changed_at.isoformat()})
        set_pick(self, "distributor", distributors(actor))


class CorrectForm(forms.Form):
    """A correction of a key field, to be decided by somebody else."""

    serial = text_field(gettext_lazy("Right serial number"), 60)
    model = Pick(label=gettext_lazy("Right model"), names=("name", "udi_di"), required=False)
    hospital = Pick(label=gettext_lazy("Right hospital"), required=False)
    reason = reason_field(gettext_lazy("How you know"), gettext_lazy("Whoever decides reads this"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_pick(self, "model", DeviceModel.objects.visible_to(actor).order_by("name"), "devices:model_options")
        set_pick(self, "hospital", hospitals(actor), "devices:hospital_options")

    def clean(self) -> dict[str, Any]:
        """Ask for at least one correction."""
        values = super().clean() or {}
        if not self.errors and not any(values.get(name) for name in ("serial", "model", "hospital")):
            raise ValidationError(_("Give the right serial number, model or hospital."))
        return values

    def payload(self) -> dict[str, str]:
        """Return what is corrected, as plain data."""
        values = self.cleaned_data
        given = {"serial": values["serial"], "model": values["model"], "hospital": values["hospital"]}
        return {name: value if isinstance(value, str) else str(value.pk) for name, value in given.items() if value}


class ClaimForm(forms.Form):
    """Which sticker was stuck onto the device."""

    code = text_field(
        gettext_lazy("Code of the sticker"), 200, required=True,
        help_text=gettext_lazy("Scan it, or type the ten characters below the picture"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false", "size": CODE_LENGTH + 4}


class ModelForm(forms.Form):
    """What is asked to register a model."""

    name = text_field(gettext_lazy("Model"), 200, required=True)
    maker = Pick(label=gettext_lazy("Maker"), required=False, help_text=gettext_lazy("One that is registered, or its name below"))
    maker_name = text_field(gettext_lazy("Name of the maker"), 200)
    brand = text_field(gettext_lazy("Brand"), 200)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    udi_di = text_field(gettext_lazy("UDI-DI"), 40, help_text=gettext_lazy("Its issuer and check digit are read from it"))
    gmdn = text_field(gettext_lazy("GMDN term"), 200)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_pick(self, "maker", Organisation.objects.visible_to(actor).living().filter(roles__contains=["maker"]).order_by("name"))
        chooser: Any = self.fields["category"]
        chooser.choices = [("", "—"), *((c.key, c.label) for c in categories().values())]


class BatchForm(forms.Form):
    """How many blank stickers are printed."""

    count = forms.IntegerField(
        label=gettext_lazy("How many"), min_value=1, max_value=MOST_STICKERS, initial=24,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class SheetForm(forms.Form):
    """How stickers are laid out on paper: read from the address of the PDF."""

    layout = forms.ChoiceField(label=gettext_lazy("Paper"), choices=list(LAYOUTS.items()), widget=forms.RadioSelect, initial="sheet")
    skip = forms.IntegerField(
        label=gettext_lazy("Labels already peeled off the first sheet"), min_value=0, max_value=23, required=False, initial=0,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
