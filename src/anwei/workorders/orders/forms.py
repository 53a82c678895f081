"""The form of a step that needs nothing but fields, made from what the flow asks for."""

from django import forms
from django.utils.translation import gettext as _

from anwei.core.flow import Kind, Transition


class StepForm(forms.Form):
    """One field per slot of the transition."""

    def __init__(self, step: Transition, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for slot in step.fields:
            if slot.kind == Kind.CHOICE:
                field: forms.Field = forms.ChoiceField(choices=[(k, str(v)) for k, v in slot.choices.items()])
            else:
                field = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
            field.label = str(slot.label)
            self.fields[slot.name] = field
        if "waiting_evidence" in step.proofs:
            self.fields["evidence"] = forms.CharField(max_length=500, label=_("Evidence"))
