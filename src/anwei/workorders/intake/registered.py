from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Chapter, Fact, Home, MenuEntry, Panel, Story, registers
from anwei.workorders.intake.facts import device_known, harm_answered
from anwei.workorders.intake.models import FaultRequest, RequestPhoto
from anwei.workorders.intake.permissions import READ_REQUESTS
from anwei.workorders.intake.queries import new_count
from anwei.workorders.intake.resources import REQUESTS
from anwei.workorders.intake.walled import WALLED

STORIES = (
    Story("intake.reported", _("Fault reported"), "scan"),
    Story("intake.urged", _("The ward asked again"), "bell", "amber"),
    Story("intake.accepted", _("Request accepted")),
    Story("intake.declined", _("Request declined")),
    Story("intake.solved", _("Solved by phone")),
    Story("intake.photo_refused", _("Photo not taken along")),
    Story("intake.joined", _("Joined with an open order"), "link"),
)


def _keeps(actor: Actor, file: UUID) -> bool:
    return actor.may(READ_REQUESTS) and RequestPhoto.objects.visible_to(actor).filter(file=file).exists()


def _requests(order: UUID) -> Iterable[tuple[str, UUID]]:
    return [("intake.FaultRequest", id) for id in FaultRequest.objects.filter(order=order).values_list("pk", flat=True)]


def register() -> None:
    registers.walled += WALLED
    for fact in (device_known, harm_answered):
        registers.facts[fact.__name__] = Fact(fact.__name__, bool, fact)
    registers.resources[REQUESTS.collection] = REQUESTS
    registers.menu.append(MenuEntry("today", _("Intake"), "intake:queue", "intake", READ_REQUESTS, 10, new_count))
    registers.homes.append(Home("intake_clerk", "intake:queue", 10))
    registers.panels.append(Panel("orders.order", _("As reported"), "intake:on_order", READ_REQUESTS, 10))
    registers.panels.append(Panel("devices.device", _("Fault requests"), "intake:on_device", READ_REQUESTS, 15))
    registers.links["intake.FaultRequest"] = lambda id: reverse("intake:request", args=[id])
    registers.file_owners.append(_keeps)
    registers.stories |= {story.word: story for story in STORIES}
    registers.chapters.append(Chapter("orders.WorkOrder", _requests))
