"""The parts list."""

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.pages import PageRequest, page
from anwei.foundation.accounts.permissions import EXPORT
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.permissions import READ_PARTS
from anwei.inventory.parts.tables import PartList


@page(right=READ_PARTS)
def part_list(request: PageRequest) -> HttpResponseBase:
    """Show parts."""
    rows = Part.objects.visible_to(request.actor)
    return lists.respond(request, PartList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Parts")})
