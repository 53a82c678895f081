"""The one form of a ward: what is wrong. Only the symptom is needed."""

from typing import Any
from unicodedata import normalize

from django import forms
from django.utils.translation import gettext_lazy as _

from anwei.equipment.devices.models import Device
from anwei.workorders.intake.queries import SHOWN_FIRST, symptoms_for

HARM = (("none", _("Nobody")), ("near", _("On a spare now")), ("harm", _("Yes, urgent")))
DOWN = (("no", _("Still usable")), ("yes", _("Stopped")))


class ReportForm(forms.Form):
    """What a ward says about a fault."""

    symptom = forms.ChoiceField(error_messages={"required": _("Touch what is wrong; the rest may stay empty.")})
    harm = forms.ChoiceField(required=False, choices=HARM)
    device_down = forms.ChoiceField(required=False, choices=DOWN)
    phone = forms.CharField(required=False, max_length=60, label=_("Your telephone, so that we can call back"))
    name = forms.CharField(required=False, max_length=100, label=_("Your name"))
    text = forms.CharField(required=False, max_length=2000, label=_("What you saw"))
    photo = forms.FileField(required=False, allow_empty_file=True, label=_("Photo"))  # judged by the deed: a bad one never loses the report

    def __init__(self, device: Device, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["symptom"]
        choice.choices = [(chip.key, chip.label) for chip in symptoms_for(device.model.category)]

    def chips(self) -> dict[str, Any]:
        """Return the symptoms as the page offers them: a few at once, more on demand."""
        field: Any = self.fields["symptom"]
        rows = [(key, label) for key, label in field.choices]
        chosen = self["symptom"].value()
        return {"first": rows[:SHOWN_FIRST], "more": rows[SHOWN_FIRST:], "open": chosen in dict(rows[SHOWN_FIRST:])}

    def clean_harm(self) -> str:
        """Return what was said about harm, "unknown" where nothing was."""
        return self.cleaned_data["harm"] or "unknown"

    def clean_device_down(self) -> bool | None:
        """Return whether the device stands, or None where nothing was said."""
        return {"yes": True, "no": False}.get(self.cleaned_data["device_down"])

    def clean_phone(self) -> str:
        """Return the telephone in plain digits, as phones with a Chinese keyboard do not always type them."""
        return normalize("NFKC", self.cleaned_data["phone"])[:60]

    def given(self) -> dict[str, Any]:
        """Return what the deed takes."""
        photo = self.cleaned_data["photo"]
        return {**self.cleaned_data, "photo": photo.read() if photo else b""}
