from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anwei.core.actor import Actor
from anwei.foundation.branches.models import Branch
from anwei.foundation.governance.standards import LEVELS
from anwei.foundation.organisations.geography import locate, official_province
from anwei.foundation.organisations.tables import ROLES


class RegisterForm(forms.Form):
    """A hospital, distributor, maker or supplier that is not known yet."""

    name = forms.CharField(label=_("Name of the hospital or body"), max_length=200)
    roles = forms.MultipleChoiceField(label=_("What it is"), choices=list(ROLES.items()), widget=forms.CheckboxSelectMultiple)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    aliases = forms.CharField(label=_("Other names"), max_length=1000, required=False, help_text=_("One a line: former or short names."),
                              widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    level = forms.ChoiceField(label=_("Grade"), choices=[("", "—"), *LEVELS.items()], required=False)
    province = forms.CharField(label=_("Province"), max_length=40, required=False)
    city = forms.CharField(label=_("City"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phones = forms.CharField(label=_("Telephones"), max_length=300, required=False, help_text=_("Separated by commas."))
    branch = forms.ModelChoiceField(
        Branch.objects.none(), label=_("Branch"), required=False, help_text=_("Left empty: the branch that serves the province.")
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = Branch.objects.visible_to(actor).order_by("code")  # type: ignore[attr-defined]

    def deed(self) -> dict[str, Any]:
        """Return what was typed as the operation takes it: the county is found from the address."""
        data = dict(self.cleaned_data)
        data["aliases"] = [line.strip()[:200] for line in data["aliases"].splitlines() if line.strip()]
        data["phones"] = [part.strip() for part in data["phones"].replace("，", ",").split(",") if part.strip()]
        data["province"] = official_province(data["province"]) or data["province"]
        place = locate(f"{data['address']} {data['name']}", data["province"], data["city"])
        return data | {"adcode": place.adcode if place else ""}


class DepartmentForm(forms.Form):
    """A ward or department."""

    name = forms.CharField(label=_("Name of the department"), max_length=100)


class ContactForm(forms.Form):
    """Somebody whom we may call."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    duty = forms.CharField(label=_("Duty"), max_length=100, required=False)
