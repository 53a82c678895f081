from django import forms
from django.utils.translation import gettext_lazy as _

from anwei.finance.settlement.shown import PAYERS


class PayerForm(forms.Form):
    """Who pays for a line instead, and why."""

    payer = forms.ChoiceField(
        label=_("Who pays"), choices=[(key, word) for key, word in PAYERS.items() if key != "open"], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("It stands beside the line for good.")
    )
