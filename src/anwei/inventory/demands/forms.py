from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.picking import Pick
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place


class WantForm(forms.Form):
    """What a store wants to be bought."""

    part = Pick(label=_("Part"), names=("number",), url=reverse_lazy("demands:parts"))  # type: ignore[arg-type]
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=14, decimal_places=3, widget=forms.TextInput(attrs={"inputmode": "decimal"}), initial=1
    )
    place = forms.ModelChoiceField(Place.objects.none(), label=_("For"))
    needed_by = forms.DateTimeField(label=_("Needed by"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].rows = Part.objects.visible_to(actor).order_by("number")  # type: ignore[attr-defined]
        stores = Place.objects.visible_to(actor).filter(kind=Place.Kind.STORE).order_by("name")
        self.fields["place"].queryset = stores  # type: ignore[attr-defined]
        self.fields["place"].empty_label = None  # type: ignore[attr-defined]
