"""The catalogue of device models."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.shell import Action, Crumb
from anwei.core.toasts import toast
from anwei.equipment.devices.forms import ModelForm
from anwei.equipment.devices.models import DeviceModel
from anwei.equipment.devices.operations import register_model
from anwei.equipment.devices.permissions import KEEP_MODELS, READ_DEVICES
from anwei.equipment.devices.tables import ModelList
from anwei.foundation.accounts.permissions import EXPORT


@page(right=READ_DEVICES)
def model_list(request: PageRequest) -> HttpResponseBase:
    """Show the catalogue of models."""
    actor, url = request.actor, reverse("devices:register_model")
    may_keep = actor.may(KEEP_MODELS)
    actions = [Action(_("Register a model"), url, "plus", primary=True, key="N")] if may_keep else []
    context = {"title": _("Device models"), "crumbs": [Crumb(_("Devices"), reverse("devices:list")), Crumb(_("Device models"))]}
    rows = DeviceModel.objects.visible_to(actor)
    declared = ModelList(url if may_keep else "")
    return lists.respond(request, declared, rows, may_export=actor.may(EXPORT), context=context | {"actions": actions})


@page(right=READ_DEVICES)
def devices_of_model(request: PageRequest, id: UUID) -> HttpResponse:
    """Lead from a model to its devices."""
    return HttpResponseRedirect(f"{reverse('devices:list')}?tab=all&model={id}")


@page(right=KEEP_MODELS)
def register_model_page(request: PageRequest) -> HttpResponse:
    """Ask for a new model and register it."""
    form = ModelForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, register_model, **form.cleaned_data):
        toast(request, _("The model is registered"))
        return redirect("devices:models")
    context = {
        "title": _("Register a model"),
        "crumbs": [Crumb(_("Device models"), reverse("devices:models")), Crumb(_("Register a model"))],
        "submit_label": _("Register"),
        "cancel_url": reverse("devices:models"),
    }
    return form_page(request, form, context=context)
