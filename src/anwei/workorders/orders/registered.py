from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Hit, Home, MenuEntry, Panel, Papers, Searchable, SearchTerms, registers
from anwei.core.search import matching
from anwei.workorders.orders.kinds import FlowKind
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.papers import service_records
from anwei.workorders.orders.permissions import READ_ORDERS
from anwei.workorders.orders.resources import ORDERS, STEPS
from anwei.workorders.orders.stories import order_stories
from anwei.workorders.orders.templates import TemplateKind, TestsKind
from anwei.workorders.orders.walled import WALLED


def _find(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    rows = matching(WorkOrder.objects.visible_to(actor), terms).select_related("hospital").order_by("-reported_at")[:limit]
    return [Hit(f"{o.number} {o.shown_title}", o.hospital.name, reverse("orders:order", args=[o.pk])) for o in rows]


def _open_count(actor: Actor) -> int:
    return WorkOrder.objects.visible_to(actor).open()[:1000].count()


def register() -> None:
    registers.walled += WALLED
    registers.definition_kinds |= {"flow": FlowKind(), "template": TemplateKind(), "tests": TestsKind()}
    registers.stories |= {story.word: story for story in order_stories()}
    registers.resources |= {"orders": ORDERS, "steps": STEPS}
    registers.menu.append(MenuEntry("today", _("Work orders"), "orders:list", "orders", READ_ORDERS, 30, _open_count))
    registers.searchables.append(Searchable("order", _("Work orders"), "orders", READ_ORDERS, _find, 10))
    registers.panels.append(Panel("devices.device", _("Work orders"), "orders:on_device", READ_ORDERS, 20))
    registers.panels.append(Panel("organisations.organisation", _("Open work orders"), "orders:at_hospital", READ_ORDERS, 10))
    registers.papers.append(Papers("devices.device", "service_records", service_records, _("Service records")))
    registers.links["orders.WorkOrder"] = lambda id: reverse("orders:order", args=[id])
    registers.homes.append(Home("service_manager", "orders:list", 50))
    registers.homes.append(Home("hospital_engineer", "orders:list", 50))
    registers.homes.append(Home("distributor_user", "orders:list", 50))
