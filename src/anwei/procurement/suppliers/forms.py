from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.picking import Pick
from anwei.foundation.organisations.models import Organisation
from anwei.inventory.parts.models import Part
from anwei.procurement.suppliers.models import Supplier
from anwei.procurement.suppliers.operations import SELLERS
from anwei.procurement.suppliers.shown import KINDS, categories, part_groups

DAY = forms.DateInput(attrs={"type": "date"})
NUMBER = {"inputmode": "decimal"}


class TermsForm(forms.Form):
    """Where orders go and when they are paid."""

    email = forms.EmailField(label=_("Orders go to (mail)"), required=False)
    contact = forms.CharField(label=_("Contact person"), max_length=100, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    payment_days = forms.IntegerField(label=_("Paid after, days"), min_value=0, max_value=365, initial=30)

    def __init__(self, supplier: Supplier | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if supplier:
            for name in self.fields:
                self.initial[name] = getattr(supplier, name)


class AdmitForm(TermsForm):
    """A body that shall supply us."""

    organisation = Pick(label=_("Body"), url=reverse_lazy("suppliers:bodies"))  # type: ignore[arg-type]
    field_order = ("organisation", "email", "contact", "phone", "payment_days")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(None, *args, **kwargs)
        self.fields["organisation"].rows = sellers(actor)  # type: ignore[attr-defined]


def sellers(actor: Actor) -> Any:
    """Return the bodies that could supply us."""
    return Organisation.objects.visible_to(actor).living().filter(roles__overlap=sorted(SELLERS)).order_by("name")


class LicenceForm(forms.Form):
    """A paper that lets a supplier sell to us."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    number = forms.CharField(label=_("Number"), max_length=80)
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=DAY, help_text=_("Left empty: without end."))
    groups = forms.MultipleChoiceField(
        label=_("Only for part groups"), required=False, widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Nothing chosen: for all."),
    )  # fmt: skip
    categories = forms.MultipleChoiceField(
        label=_("Only for device categories"), required=False, widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Nothing chosen: for all."),
    )  # fmt: skip
    scan = forms.FileField(label=_("Scan of the paper"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = list(part_groups().items())  # type: ignore[attr-defined]
        self.fields["categories"].choices = list(categories().items())  # type: ignore[attr-defined]

    def deed(self) -> dict[str, Any]:
        """Return what was typed as the operation takes it."""
        data = dict(self.cleaned_data)
        scan = data.pop("scan")
        return data | {"content": scan.read() if scan else None, "name": scan.name if scan else ""}


class WithdrawForm(forms.Form):
    """Why a paper holds no longer."""

    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class PriceForm(forms.Form):
    """A price agreed for one part."""

    part = Pick(label=_("Part"), names=("number",), url=reverse_lazy("suppliers:parts"))  # type: ignore[arg-type]
    price = forms.DecimalField(label=_("Net price, each"), max_digits=18, decimal_places=2, widget=forms.TextInput(attrs=NUMBER))
    tax_rate = forms.TypedChoiceField(
        label=_("VAT"), coerce=lambda text: forms.DecimalField().to_python(text), initial="0.13",
        choices=[("0.13", "13 %"), ("0.09", "9 %"), ("0.06", "6 %"), ("0.03", "3 %"), ("0", "0 %")],
    )  # fmt: skip
    lead_days = forms.IntegerField(label=_("Lead time, days"), min_value=0, max_value=730)
    minimum = forms.DecimalField(
        label=_("From how many pieces"), max_digits=14, decimal_places=3, initial=1, widget=forms.TextInput(attrs=NUMBER)
    )
    valid_from = forms.DateField(label=_("Valid from"), widget=DAY, initial=timezone.localdate)
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=DAY, help_text=_("Left empty: until another is agreed."))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].rows = Part.objects.visible_to(actor).order_by("number")  # type: ignore[attr-defined]
