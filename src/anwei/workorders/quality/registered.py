from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Chapter, Effect, Fact, Home, MenuEntry, Panel, Papers, Story, registers
from anwei.foundation.audit.permissions import READ_TRAIL
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.quality.effects import block_device, reopen_visit, request_release, unblock_device
from anwei.workorders.quality.facts import (
    harm_open,
    may_release_device,
    releaser_is_repairer,
    report_delivered,
    required_tests_passed,
    service_record_complete,
)
from anwei.workorders.quality.models import Release, Report
from anwei.workorders.quality.papers import releases, reports
from anwei.workorders.quality.permissions import READ_RELEASES, READ_REPORTS
from anwei.workorders.quality.queries import waiting
from anwei.workorders.quality.resources import RELEASES, REPORTS
from anwei.workorders.quality.walled import WALLED

STORIES = (
    Story("quality.released", _("Released to clinical use"), "quality", "green"),
    Story("quality.refused", _("Release refused"), "swap", "red"),
    Story("quality.harm_assessed", _("Harm assessed"), "hazard", "blue"),
    Story("quality.report_delivered", _("Service report delivered"), "paper", "blue"),
)


def _decisions(order: UUID) -> Iterable[tuple[str, UUID]]:
    return [(model._meta.label, id) for model in (Release, Report) for id in model.objects.filter(order=order).values_list("pk", flat=True)]


def _keeps(actor: Actor, file: UUID) -> bool:
    return actor.may(READ_REPORTS) and Report.objects.filter(file=file, order__in=WorkOrder.objects.visible_to(actor)).exists()


def register() -> None:
    registers.walled += WALLED
    for effect in (block_device, unblock_device, request_release, reopen_visit):
        registers.effects[effect.__name__] = Effect(effect.__name__, effect)
    for fact in (required_tests_passed, releaser_is_repairer, may_release_device, harm_open, service_record_complete, report_delivered):
        registers.facts[fact.__name__] = Fact(fact.__name__, bool, fact)
    registers.facts["service_report"] = Fact("service_report", bool, report_delivered)
    registers.stories |= {story.word: story for story in STORIES}
    registers.resources |= {r.collection: r for r in (RELEASES, REPORTS)}
    registers.papers.append(Papers("devices.device", "releases", releases, _("Release protocols")))
    registers.papers.append(Papers("devices.device", "reports", reports, _("Service reports")))
    registers.file_owners.append(_keeps)
    registers.chapters.append(Chapter("orders.WorkOrder", _decisions))
    registers.menu.append(MenuEntry("today", _("To be released"), "quality:queue", "quality", READ_RELEASES, 25, _waiting_count))
    registers.homes.append(Home("quality_officer", "quality:queue", 20))
    registers.panels.append(Panel("orders.order", _("Release and report"), "quality:on_order", READ_REPORTS, 30))
    registers.panels.append(Panel("orders.order", _("Whole story"), "quality:trail", READ_TRAIL, 90))


def _waiting_count(actor: Actor) -> int:
    return waiting(actor)[:1000].count()
