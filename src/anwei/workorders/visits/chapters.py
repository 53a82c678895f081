"""What happened on site, as chapters of an order's story."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Story
from anwei.workorders.visits.models import PartRequest, PartUse, Photo, Signature, Visit

STORIES = (
    Story("visits.measured", _("Readings recorded"), "check", repeats=True),
    Story("visits.photographed", _("Photo taken"), "photo"),
    Story("visits.part_fitted", _("Part fitted"), "swap"),
    Story("visits.part_taken_back", _("Part taken back"), "undo", "amber"),
    Story("visits.part_requested", _("Part asked for"), "stock", "amber"),
    Story("visits.request_cancelled", _("Part no longer asked for"), "undo", "grey"),
    Story("visits.parts_moved", _("The order was told of its parts"), "stock", "grey", repeats=True),
    Story("visits.signed", _("The ward signed"), "sign", "green"),
    Story("visits.planned", _("Appointment made"), "calendar"),
    Story("visits.ended", _("Visit ended"), "calendar", "grey"),
    Story("visits.cancelled", _("Appointment cancelled"), "ban", "grey"),
)


def of_order(order: UUID) -> Iterator[tuple[str, UUID]]:
    """Give an order's appointments, photos, signatures, what was asked for, and its parts with the moves that carried them."""
    for model, rows in (
        (Visit, Visit.objects.filter(order=order)),
        (Photo, Photo.objects.filter(order=order)),
        (Signature, Signature.objects.filter(visit__order=order)),
    ):
        yield from ((model._meta.label, id) for id in rows.values_list("pk", flat=True))
    for request, demand in PartRequest.objects.filter(order=order).values_list("pk", "demand"):
        yield PartRequest._meta.label, request
        yield "demands.Demand", demand
    for use, *moves in PartUse.objects.filter(order=order).values_list("pk", "move", "old_move"):
        yield PartUse._meta.label, use
        yield from (("stock.Move", move) for move in moves if move)
