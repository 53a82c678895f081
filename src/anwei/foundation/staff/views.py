"""Engineers: the list, and one with skills, certificates and absences."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.labels import Label
from anwei.core.operation import Operation
from anwei.core.pages import PageRequest, attempt, form_page, page, perform
from anwei.core.shell import Action, Crumb, Fact, PillView, Text
from anwei.core.toasts import toast
from anwei.foundation.accounts.permissions import EXPORT
from anwei.foundation.staff.forms import AbsenceForm, CertificateForm, SkillForm
from anwei.foundation.staff.models import Absence, Certificate, Competence, Engineer
from anwei.foundation.staff.operations import add_certificate, end_absence, enter_absence, grade_skill
from anwei.foundation.staff.permissions import KEEP_STAFF, READ_STAFF
from anwei.foundation.staff.queries import engineer_of, names
from anwei.foundation.staff.shown import GRADE_WORDS, days_left
from anwei.foundation.staff.tables import ACTIVE, EngineerList

RENEWED = PillView(gettext_lazy("Renewed"), "grey", "swap", hollow=True)


@page(right=READ_STAFF)
def engineer_list(request: PageRequest) -> HttpResponseBase:
    """Show engineers."""
    rows = Engineer.objects.visible_to(request.actor)
    return lists.respond(request, EngineerList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Engineers")})


@page(right=READ_STAFF)
def engineer(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one engineer: what they may be sent to, until when, and when they are away."""
    found, today = engineer_of(request.actor, id), timezone.localdate()
    in_force = list(found.certificates.current())
    current, ended = {row.pk for row in in_force}, {row.kind for row in in_force if row.expires_on and row.expires_on < today}
    context = {
        "title": found.name,
        "pill": ACTIVE[found.is_active],
        "crumbs": [Crumb(_("Engineers"), reverse("staff:list")), Crumb(found.name)],
        "facts": [
            Fact(_("Branch"), found.branch.name),
            Fact(_("Employer"), found.employer.name if found.employer else ""),
            Fact(_("Telephone"), found.phone, url=f"tel:{found.phone}"),
            Fact(_("Rate"), found.rate),
        ],
        "skills": [_skill(row) for row in found.competences.order_by("-grade", "skill")],
        "certificates": [_certificate(row, current, today) for row in found.certificates.order_by("expires_on", "kind")],
        "expired": [_named(kind) for kind in sorted(ended)],
        "actions": _actions(request, found),
        "may_keep": request.actor.may(KEEP_STAFF),
        "absences": found.absences.filter(to_at__gt=timezone.now()).order_by("from_at"),
    }
    return render(request, "staff/engineer.html", context)


def _named(key: str) -> Label:
    return Label(**names().get(key, {"zh": key, "en": key}))


def _skill(row: Competence) -> dict[str, Any]:
    return {"name": _named(row.skill), "grade": row.grade, "words": GRADE_WORDS.get(row.grade, "")}


def _certificate(row: Certificate, current: set[UUID], today: date) -> dict[str, Any]:
    pill = days_left(row.expires_on, today) if row.pk in current else RENEWED
    return {"name": _named(row.kind), "number": row.number, "until": row.expires_on, "pill": pill, "file": row.file_id}


def _actions(request: PageRequest, found: Engineer) -> list[Action]:
    if not request.actor.may(KEEP_STAFF):
        return []
    deeds = (
        ("absence", _("Enter an absence"), "wait"),
        ("skill", _("Grade a skill"), "edit"),
        ("certificate", _("Add a certificate"), "plus"),
    )
    return [Action(label, reverse(f"staff:{name}", args=[found.pk]), icon, name == "certificate") for name, label, icon in deeds]


def _deed(op: Operation[..., Any], form_of: type[forms.Form], title: Text, done: Text) -> Callable[..., Any]:
    """Make the page of one deed on one engineer: its form, and afterwards back to the engineer."""

    @page(right=KEEP_STAFF)
    def view(request: PageRequest, id: UUID) -> HttpResponse:
        found = engineer_of(request.actor, id)
        form = form_of(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and attempt(request, form, op, engineer=found, **form.cleaned_data):
            toast(request, done)
            return redirect("staff:engineer", id=id)
        here = reverse("staff:engineer", args=[id])
        crumbs = [Crumb(_("Engineers"), reverse("staff:list")), Crumb(found.name, here), Crumb(title)]
        return form_page(request, form, context={"title": title, "crumbs": crumbs, "submit_label": _("Save"), "cancel_url": here})

    return view


skill = _deed(grade_skill, SkillForm, gettext_lazy("Grade a skill"), gettext_lazy("The skill is graded"))
certificate = _deed(add_certificate, CertificateForm, gettext_lazy("Add a certificate"), gettext_lazy("The certificate is recorded"))
absence = _deed(enter_absence, AbsenceForm, gettext_lazy("Enter an absence"), gettext_lazy("The absence is entered"))


@page(right=KEEP_STAFF)
@require_POST
def absence_end(request: PageRequest, id: UUID, absence: UUID) -> HttpResponse:
    """End an absence, or take it back before it begins."""
    found = engineer_of(request.actor, id)
    row = Absence.objects.filter(engineer=found, pk=absence).first()
    if row is None:
        raise NotFound(kind="absence")
    perform(request, end_absence, engineer=found, absence=row)
    toast(request, _("%(name)s can be sent again") % {"name": found.name})
    return redirect("staff:engineer", id=id)
