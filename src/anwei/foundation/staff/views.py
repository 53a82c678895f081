"""Engineers: the list, and one with skills, certificates and absences."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwei.core import lists
from anwei.core.labels import Label
from anwei.core.pages import PageRequest, page
from anwei.core.shell import Colour, Crumb, Fact, PillView
from anwei.foundation.accounts.permissions import EXPORT
from anwei.foundation.staff.models import Certificate, Competence, Engineer
from anwei.foundation.staff.permissions import READ_STAFF
from anwei.foundation.staff.queries import engineer_of, names
from anwei.foundation.staff.tables import ACTIVE, EngineerList

SOON = 60  # days before its end in which a certificate is to be renewed


@page(right=READ_STAFF)
def engineer_list(request: PageRequest) -> HttpResponseBase:
    """Show engineers."""
    rows = Engineer.objects.visible_to(request.actor)
    return lists.respond(request, EngineerList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Engineers")})


@page(right=READ_STAFF)
def engineer(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one engineer: what they may be sent to, until when, and when they are away."""
    found, today = engineer_of(request.actor, id), timezone.localdate()
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
        "certificates": [_certificate(row, today) for row in found.certificates.order_by("expires_on", "kind")],
        "absences": found.absences.filter(to_at__gt=timezone.now()).order_by("from_at"),
    }
    return render(request, "staff/engineer.html", context)


def _named(key: str) -> Label:
    return Label(**names().get(key, {"zh": key, "en": key}))


def _skill(row: Competence) -> dict[str, Any]:
    grades = {1: _("under guidance"), 2: _("alone"), 3: _("difficult cases and release"), 4: _("expert")}
    return {"name": _named(row.skill), "grade": row.grade, "words": grades.get(row.grade, "")}


def _certificate(row: Certificate, today: date) -> dict[str, Any]:
    return {"name": _named(row.kind), "number": row.number, "until": row.expires_on, "pill": days_left(row.expires_on, today)}


def days_left(until: date | None, today: date) -> PillView:
    """Return how long a certificate holds: red once it has expired, amber when it is to be renewed."""
    if until is None:
        return PillView(_("Without end"), "green", "done", hollow=True)
    days = (until - today).days
    if days < 0:
        return PillView(ngettext("Expired %(days)d day ago", "Expired %(days)d days ago", -days) % {"days": -days}, "red", "stop")
    soon = days <= SOON
    colour: Colour = "amber" if soon else "green"
    words = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return PillView(words, colour, "warn" if soon else "done", hollow=not soon)
