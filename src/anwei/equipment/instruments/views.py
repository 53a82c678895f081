"""Pages of test instruments."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.labels import Label
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.core.wording import when
from anwei.equipment.instruments.forms import CalibrationForm, RegisterForm
from anwei.equipment.instruments.models import Instrument
from anwei.equipment.instruments.operations import record_calibration, register
from anwei.equipment.instruments.permissions import KEEP_INSTRUMENTS, READ_INSTRUMENTS
from anwei.equipment.instruments.queries import months_of
from anwei.equipment.instruments.tables import InstrumentList, state_of
from anwei.foundation.accounts.permissions import EXPORT


@page(right=READ_INSTRUMENTS)
def instrument_list(request: PageRequest) -> HttpResponseBase:
    """Show test instruments."""
    actor, actions = request.actor, []
    if actor.may(KEEP_INSTRUMENTS):
        actions = [Action(_("Register an instrument"), reverse("instruments:register"), "plus", primary=True, key="N")]
    rows = Instrument.objects.visible_to(actor)
    context = {"title": _("Test instruments"), "actions": actions}
    return lists.respond(request, InstrumentList(), rows, may_export=actor.may(EXPORT), context=context)


@page(right=KEEP_INSTRUMENTS)
def register_instrument(request: PageRequest) -> HttpResponse:
    """Ask for a new instrument and register it."""
    form = RegisterForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := attempt(request, form, register, **form.cleaned_data)):
        toast(request, _("The instrument is registered; now record its calibration"))
        return redirect("instruments:instrument", id=done.id)
    context = {
        "title": _("Register an instrument"),
        "crumbs": [Crumb(_("Test instruments"), reverse("instruments:list")), Crumb(_("Register an instrument"))],
        "submit_label": _("Register"),
        "cancel_url": reverse("instruments:list"),
    }
    return form_page(request, form, context=context)


@page(right=READ_INSTRUMENTS)
def instrument(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one instrument with its calibrations, and record the next one."""
    actor = request.actor
    found = Instrument.objects.visible_to(actor).select_related("branch").filter(pk=id).first()
    if found is None:
        raise NotFound(kind="instrument")
    form = CalibrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, record_calibration, instrument=found, **form.cleaned_data):
        toast(request, _("The calibration is recorded"))
        return redirect("instruments:instrument", id=found.pk)
    context = {
        "instrument": found,
        "title": Label(found.name_zh, found.name_en),
        "pill": state_of(found.calibration_due, found.retired_on, timezone.localdate()),
        "crumbs": [Crumb(_("Test instruments"), reverse("instruments:list")), Crumb(found.number, mono=True)],
        "facts": [
            Fact(_("Number"), found.number, mono=True),
            Fact(_("Serial number"), found.serial, mono=True),
            Fact(_("Branch"), found.branch.name),
            Fact(_("Calibrated on"), when(found.calibrated_on)),
            Fact(_("Calibration due"), when(found.calibration_due)),
            Fact(_("As a rule calibrated every"), _("%(months)d months") % {"months": months_of(found.kind)}),
        ],
        "calibrations": found.calibrations.order_by("-calibrated_on"),
        "may_keep": actor.may(KEEP_INSTRUMENTS) and found.retired_on is None,
    }
    return form_page(request, form, "instruments/instrument.html", context)
