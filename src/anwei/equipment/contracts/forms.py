"""The forms of contracts."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.actor import Actor
from anwei.core.labels import Listing
from anwei.core.picking import Pick
from anwei.equipment.contracts.queries import part_groups, schemes, tier_names
from anwei.equipment.devices.models import Device
from anwei.foundation.definitions.queries import all_published
from anwei.foundation.organisations.models import Organisation

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
MOST_DEVICES = 500


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )


class DevicesField(forms.CharField):
    """Several devices by their numbers or serial numbers, pasted from a spreadsheet or typed, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40_000, widget=forms.Textarea(attrs={"rows": 4, "class": "mono", "spellcheck": "false"}), **kwargs)
        self.rows: Any = Device.objects.none()

    def clean(self, value: Any) -> Any:
        """Return the devices.

        :raises ValidationError: a number names no device, or a serial number several
        """
        words = list(dict.fromkeys(word for word in re.split(r"[\s,;，；、]+", super().clean(value) or "") if word))
        if len(words) > MOST_DEVICES:
            raise ValidationError(_("At most %(most)s devices at once.") % {"most": MOST_DEVICES})
        by_word: dict[str, list[Device]] = {word.upper(): [] for word in words}
        for device in self.rows.filter(number__in=by_word) | self.rows.filter(serial_key__in=by_word):
            for word in {device.number.upper(), device.serial_key}:
                if word in by_word:
                    by_word[word].append(device)
        if unclear := [word for word in words if len(by_word[word.upper()]) != 1]:
            raise ValidationError(_("These name no device, or several: %(words)s.") % {"words": Listing(unclear[:10])})
        return [found[0] for found in by_word.values()]


class SignForm(forms.Form):
    """What is asked to enter a signed contract."""

    customer = Pick(label=gettext_lazy("Customer"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=24, required=False, help_text=gettext_lazy("As on paper; left empty, it gets one of ours")
    )
    scheme = forms.ChoiceField(label=gettext_lazy("Cover"))
    tier = forms.ChoiceField(label=gettext_lazy("Service tier"))
    starts_on = _day(gettext_lazy("From"))
    ends_on = _day(gettext_lazy("Until"))
    covers_all_devices = forms.BooleanField(label=gettext_lazy("Every device of the customer, later ones too"), required=False)
    devices = DevicesField(
        label=gettext_lazy("Covered devices"), required=False, help_text=gettext_lazy("Our numbers or serial numbers, one a line")
    )
    excluded_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Parts left out besides"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["customer"].rows = Organisation.objects.visible_to(actor).living().order_by("name")
        fields["customer"].widget.suggestions_url = reverse("contracts:customer_options")
        fields["devices"].rows = Device.objects.visible_to(actor)
        fields["scheme"].choices = [(scheme.key, scheme.label) for scheme in schemes().values()]
        fields["tier"].choices = [(key, tier_names().get(key, key)) for key in all_published("sla")]
        fields["excluded_groups"].choices = [(key, label) for key, label in part_groups().items()]


class CoverForm(forms.Form):
    """Which devices are covered besides."""

    devices = DevicesField(label=gettext_lazy("Covered devices"), help_text=gettext_lazy("Our numbers or serial numbers, one a line"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["devices"]
        chooser.rows = Device.objects.visible_to(actor)


class EndForm(forms.Form):
    """When and why a contract ends early."""

    ended_on = _day(gettext_lazy("Last day"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
