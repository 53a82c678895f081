"""The forms of test instruments."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.equipment.instruments.queries import kinds
from anwei.foundation.branches.models import Branch

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )


class RegisterForm(forms.Form):
    """What is asked to register an instrument."""

    number = forms.CharField(label=_("Number on the instrument"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"))
    serial = forms.CharField(label=_("Serial number"), max_length=60, required=False)
    branch = forms.ModelChoiceField(label=_("Branch"), queryset=Branch.objects.none())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, branch = self.fields["kind"], self.fields["branch"]
        kind.choices = [(key, label) for key, label in kinds().items()]  # type: ignore[attr-defined]
        branch.queryset = Branch.objects.visible_to(actor).order_by("code")  # type: ignore[attr-defined]


class CalibrationForm(forms.Form):
    """What stands on a certificate of calibration."""

    calibrated_on = _day(_("Calibrated on"))
    due_on = _day(_("Calibration due"))
    laboratory = forms.CharField(label=_("Laboratory"), max_length=200)
    certificate = forms.CharField(label=_("Number of the certificate"), max_length=60)
