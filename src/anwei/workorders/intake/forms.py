"""What the intake clerk fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwei.equipment.devices.models import Device
from anwei.workorders.intake.queries import symptoms_for
from anwei.workorders.intake.rules import HARM_ANSWERS
from anwei.workorders.intake.shown import HARM
from anwei.workorders.orders.shown import PRIORITIES

YES_NO = {"yes": True, "no": False}


def read_down(value: str) -> bool | None:
    """Return the answer whether a device stands; not said is None."""
    return YES_NO.get(value)


class FaultForm(forms.Form):
    """What is wrong and how bad, as asked on the phone. Harm must be answered; without an urgency the rule decides."""

    symptom = forms.ChoiceField(label=_("Symptom"), widget=forms.RadioSelect)
    harm = forms.ChoiceField(
        label=_("Was a patient affected?"),
        widget=forms.RadioSelect,
        choices=[(key, HARM[key].label) for key in HARM_ANSWERS],
        error_messages={"required": _("Ask whether a patient was affected; this cannot be left out.")},
    )
    device_down = forms.ChoiceField(
        label=_("Does the device stand still?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("yes", _("Yes, stopped")), ("no", _("No, still in use")), ("", _("Not known"))],
    )
    priority = forms.ChoiceField(
        label=_("Urgency"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("", _("By the rule")), *PRIORITIES.items()],
    )

    def __init__(self, device: Device, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["symptom"]
        choice.choices = [(chip.key, chip.label) for chip in symptoms_for(device.model.category)]

    def clean_device_down(self) -> bool | None:
        """Return yes, no, or None where it is not known."""
        return read_down(self.cleaned_data["device_down"])


class PhoneForm(FaultForm):
    """A whole fault as it is told by phone."""

    phone = forms.CharField(label=_("Telephone for calling back"), max_length=60, required=False)
    name = forms.CharField(label=_("Who calls"), max_length=100, required=False)
    text = forms.CharField(label=_("In the caller's words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    """The answer that the ward reads."""

    answer = forms.CharField(label=_("Answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
