from django import forms
from django.utils.translation import gettext_lazy as _

HARM = (("none", _("Nobody was harmed")), ("near", _("A near miss")), ("harm", _("Somebody was harmed")))


class RefuseForm(forms.Form):
    """Why the device is not released."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The engineer reads it.")
    )


class HarmForm(forms.Form):
    """Whether somebody was harmed."""

    harm = forms.ChoiceField(label=_("Was somebody harmed?"), choices=HARM, widget=forms.RadioSelect)
