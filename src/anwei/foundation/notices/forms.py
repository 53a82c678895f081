from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """What somebody wants to keep on a record."""

    text = forms.CharField(label=_("New note"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
