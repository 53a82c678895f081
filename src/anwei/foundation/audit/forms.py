from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwei.foundation.audit.shown import DOORS, OUTCOMES


class DayInput(forms.DateInput):
    """A day as browsers pick it."""

    input_type = "date"


class DeedsForm(forms.Form):
    """What the auditor looks for."""

    verb = forms.CharField(label=_("Deed"), max_length=80, required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", _("Every")), *OUTCOMES.items()], required=False)
    door = forms.ChoiceField(label=_("Door"), choices=[("", _("Every")), *DOORS.items()], required=False)
    since = forms.DateField(label=_("Received since"), widget=DayInput(), required=False)
    until = forms.DateField(label=_("Received up to"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"
