from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.foundation.staff.models import Engineer


class MomentInput(forms.DateTimeInput):
    """A date and a time as browsers pick them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"step": 900})


class AppointmentForm(forms.Form):
    """Who goes, from when to when; a reason where somebody else was to go."""

    engineer = forms.ModelChoiceField(Engineer.objects.none(), label=_("Engineer"))
    from_at = forms.DateTimeField(label=_("From"), widget=MomentInput())
    to_at = forms.DateTimeField(label=_("To"), widget=MomentInput())
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["engineer"].queryset = Engineer.objects.visible_to(actor).active()  # type: ignore[attr-defined]


class TakeBackForm(forms.Form):
    """Why a job is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
