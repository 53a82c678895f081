"""Forms of the pages about users."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anwei.core.registers import registers
from anwei.core.rights import RIGHTS
from anwei.foundation.accounts.models import User


class SignInForm(forms.Form):
    """Name and password; who is refused learns nothing about which was wrong."""

    username = forms.CharField(label=_("User name"), max_length=60, widget=forms.TextInput({"autocomplete": "username", "autofocus": True}))
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class UserForm(forms.Form):
    """A new user."""

    username = forms.CharField(label=_("User name"), max_length=60, widget=forms.TextInput({"autocomplete": "off"}))
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100)
    side = forms.ChoiceField(label=_("Belongs to"), choices=User.Side.choices)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class NewPasswordForm(forms.Form):
    """A password chosen twice, so that a slip of the finger locks nobody out."""

    password = forms.CharField(
        label=_("New password"), max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least ten characters, not only digits, not a common word."),
    )  # fmt: skip
    again = forms.CharField(
        label=_("New password again"), max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ."))
        return given


class ChangePasswordForm(NewPasswordForm):
    """One's own password: who changes it knows the present one."""

    field_order = ("current", "password", "again")
    current = forms.CharField(
        label=_("Present password"), max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class RoleForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """Rows to grant: a kind, and a code or a name typed."""

    kind = forms.ChoiceField(label=_("Kind"))
    record = forms.CharField(label=_("Code or name"), max_length=100)
    until = forms.DateTimeField(label=_("Until"), required=False, widget=forms.DateTimeInput({"type": "datetime-local"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(scope.kind, scope.label) for scope in registers.scopes.values()]  # type: ignore[attr-defined]


class KeyForm(forms.Form):
    """A new key for a program."""

    user = forms.ModelChoiceField(label=_("Acts as"), queryset=User.objects.none(), to_field_name="username")
    name = forms.CharField(label=_("What it is for"), max_length=100)
    days = forms.IntegerField(label=_("Days it lives"), min_value=1, max_value=730, initial=365)
    rights = forms.MultipleChoiceField(label=_("Rights"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, users: Any, rights: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = users  # type: ignore[attr-defined]
        self.fields["rights"].choices = [(r.name, r.label) for r in RIGHTS.values() if r.name in rights]  # type: ignore[attr-defined]
