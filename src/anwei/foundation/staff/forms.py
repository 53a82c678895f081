"""What is asked about an engineer: a skill, a certificate, an absence."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from anwei.foundation.staff.queries import certificates, skills
from anwei.foundation.staff.shown import GRADE_WORDS

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )


class MomentInput(forms.DateTimeInput):
    """A date and a time as browsers pick them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class SkillForm(forms.Form):
    """A skill and its grade."""

    skill = forms.ChoiceField(label=_("Skill"))
    grade = forms.TypedChoiceField(label=_("Grade"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skill, grade = self.fields["skill"], self.fields["grade"]
        skill.choices = list(skills().items())  # type: ignore[attr-defined]
        grade.choices = [(number, f"{number} · {words}") for number, words in GRADE_WORDS.items()]  # type: ignore[attr-defined]


class CertificateForm(forms.Form):
    """What stands on a certificate, and the scanned paper itself."""

    kind = forms.ChoiceField(label=_("Certificate"))
    number = forms.CharField(label=_("Number of the certificate"), max_length=60)
    issued_on = _day(_("Issued on"))
    expires_on = _day(_("Valid until"))
    paper = forms.FileField(label=_("Scanned paper: PDF or photo"), required=False, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(certificates().items())  # type: ignore[attr-defined]

    def clean_paper(self) -> bytes:
        """Return the bytes of the paper, none where no file was chosen."""
        chosen = self.cleaned_data["paper"]
        return chosen.read() if chosen else b""


class AbsenceForm(forms.Form):
    """When somebody cannot be sent, and why."""

    from_at = forms.DateTimeField(label=_("From"), widget=MomentInput())
    to_at = forms.DateTimeField(label=_("To"), widget=MomentInput())
    reason = forms.CharField(label=_("Reason"), max_length=100, required=False)
