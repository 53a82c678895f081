"""The forms of purchasing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.inventory.stock.models import Place
from anwei.procurement.purchasing.models import OrderLine, PurchaseOrder
from anwei.procurement.suppliers.models import Supplier

DECIMAL = {"inputmode": "decimal"}


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ReasonForm(forms.Form):
    """Why a second person should agree."""

    reason = forms.CharField(label=_("Why"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class EndForm(ReasonForm):
    """Why an order ends."""


class PromiseForm(forms.Form):
    """What the supplier said."""

    promised_on = _day(_("Promised for"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class LineForm(forms.Form):
    """Another quantity or price."""

    quantity = forms.DecimalField(label=_("Quantity"), max_digits=14, decimal_places=3, widget=forms.TextInput(attrs=DECIMAL))
    unit_price = forms.DecimalField(label=_("Net price, each"), max_digits=18, decimal_places=2, widget=forms.TextInput(attrs=DECIMAL))

    def __init__(self, line: OrderLine, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"quantity": f"{line.quantity.normalize():f}", "unit_price": line.unit_price}


class ScanForm(forms.Form):
    """What is scanned or typed for one box; quantity, lot and the rest only where the label does not say them."""

    scan = forms.CharField(label=_("Scan the box"), max_length=300, required=False)
    line = forms.ModelChoiceField(OrderLine.objects.none(), label=_("Line"), required=False, empty_label=_("by the scan"))
    quantity = forms.DecimalField(
        label=_("Quantity"),
        max_digits=14,
        decimal_places=3,
        min_value=0,
        required=False,
        widget=forms.TextInput(attrs=DECIMAL),
        help_text=_("Left empty: one piece with a serial number, else the rest of the line."),
    )
    lot = forms.CharField(label=_("Lot"), max_length=60, required=False)
    serial = forms.CharField(label=_("Serial number"), max_length=60, required=False)
    expires_on = _day(_("Expires on"), required=False)

    def __init__(self, order: PurchaseOrder, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["line"]
        field.queryset = order.lines.select_related("part").order_by("part__number")
        field.label_from_instance = lambda line: f"{line.part.number} {line.part.label}"


class InspectionForm(forms.Form):
    """What holds for all boxes of one part: checks, where the good ones go, what the label says of the maker."""

    target = forms.ModelChoiceField(Place.objects.none(), label=_("Put away in"), empty_label=None)
    registration_number = forms.CharField(label=_("Registration no."), max_length=80, required=False)
    registrant = forms.CharField(label=_("Registrant"), max_length=200, required=False)
    manufacturer = forms.CharField(label=_("Manufacturer"), max_length=200, required=False)
    maker_licence = forms.CharField(label=_("Manufacturer's licence no."), max_length=80, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, order: PurchaseOrder, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Place.Kind.STORE, Place.Kind.BIN)
        field: Any = self.fields["target"]
        field.queryset = Place.objects.filter(branch=order.branch, kind__in=kinds).order_by("-kind", "name")


class SupplierForm(forms.Form):
    """Whose invoice it is."""

    supplier = forms.ModelChoiceField(Supplier.objects.none(), label=_("Supplier"), empty_label=None)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["supplier"]
        field.queryset = Supplier.objects.visible_to(actor).select_related("organisation").order_by("organisation__name")


class BillForm(forms.Form):
    """The head of a supplier's invoice."""

    number = forms.CharField(label=_("Invoice number"), max_length=40)
    issued_on = _day(_("Invoice date"))
    tax = forms.DecimalField(label=_("Tax"), max_digits=18, decimal_places=2, widget=forms.TextInput(attrs=DECIMAL))
    gross = forms.DecimalField(label=_("Total with tax"), max_digits=18, decimal_places=2, widget=forms.TextInput(attrs=DECIMAL))
    paper = forms.FileField(label=_("The invoice as PDF"), required=False)
