from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Chapter, Effect, Fact, Follower, Panel, Papers, registers
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.chapters import STORIES, of_order
from anwei.workorders.visits.facts import (
    checklist_complete,
    customer_signature,
    device_identified,
    part_request,
    parts_in_van,
    parts_settled,
    quote_needed,
)
from anwei.workorders.visits.models import Photo, Signature
from anwei.workorders.visits.operations import FOLLOWED, follow_parts, let_parts_go
from anwei.workorders.visits.papers import parts_fitted, readings
from anwei.workorders.visits.permissions import READ_VISITS
from anwei.workorders.visits.resources import PART_REQUESTS, PART_USES, READINGS, VISITS


def _keeps(actor: Actor, file: UUID) -> bool:
    orders = WorkOrder.objects.visible_to(actor)
    return actor.may(READ_VISITS) and (
        Photo.objects.filter(file=file, order__in=orders).exists() or Signature.objects.filter(file=file, visit__order__in=orders).exists()
    )


def register() -> None:
    facts = (device_identified, checklist_complete, parts_settled, quote_needed, customer_signature, part_request, parts_in_van)
    for fact in facts:
        registers.facts[fact.__name__] = Fact(fact.__name__, bool, fact)
    registers.resources |= {r.collection: r for r in (VISITS, READINGS, PART_USES, PART_REQUESTS)}
    registers.panels.append(Panel("orders.order", _("On site"), "visits:on_order", READ_VISITS, 20))
    registers.papers.append(Papers("devices.device", "readings", readings, _("Readings")))
    registers.papers.append(Papers("devices.device", "parts_fitted", parts_fitted, _("Parts fitted")))
    registers.file_owners.append(_keeps)
    registers.effects["let_parts_go"] = Effect("let_parts_go", let_parts_go)
    registers.followers.append(Follower("visits.follow_parts", FOLLOWED, follow_parts))
    registers.stories |= {story.word: story for story in STORIES}
    registers.chapters.append(Chapter("orders.WorkOrder", of_order))
