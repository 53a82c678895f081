from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwei.finance.billing.shown import METHODS


class PaymentForm(forms.Form):
    """Money that came in."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    reference = forms.CharField(label=_("Reference"), max_length=60, help_text=_("As it stands on the bank statement"))
    method = forms.ChoiceField(label=_("How"), choices=list(METHODS.items()))

    def __init__(self, still: Decimal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].initial = still
