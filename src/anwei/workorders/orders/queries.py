"""Questions about work orders."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.flow import Flow, NextStep, read_flow
from anwei.equipment.devices.models import Device
from anwei.foundation.definitions.models import Version
from anwei.foundation.definitions.queries import published
from anwei.foundation.staff.models import Engineer
from anwei.workorders.orders.facts import Moment, facts_for
from anwei.workorders.orders.models import OrderRows, Step, WorkOrder
from anwei.workorders.orders.rules import Section, sections, template_key

SHOWN = ("device__model", "device__hospital", "hospital", "department", "engineer", "branch", "flow__definition")


def order_of(actor: Actor, id: UUID) -> WorkOrder:
    """Return one order with what its pages show.

    :raises NotFound: there is none that this actor may see
    """
    rows = WorkOrder.objects.visible_to(actor).select_related(*SHOWN)
    if actor.side != "ours":
        rows = rows.defer(*(f"engineer__{column}" for column in Engineer.internal))
    order = rows.filter(pk=id).first()
    if order is None:
        raise NotFound(kind="order")
    return order


def steps_of(order: WorkOrder) -> list[Step]:
    """Return the steps of an order, newest first."""
    return list(order.steps.order_by("-at", "-id"))


def next_steps(actor: Actor, order: WorkOrder, at: Any) -> tuple[NextStep, ...]:
    """Return the steps that this actor has before them, the closed ones with their reasons."""
    flow = flow_of(order.flow_id)
    mine = [t for t in flow.transitions_from(order.state) if t.roles & actor.roles]
    return flow.next_steps(state=order.state, roles=actor.roles, facts=facts_for(Moment(order, actor, at, {}), mine))


def open_on_device(actor: Actor, device: UUID) -> OrderRows:
    """Return the open orders of a device."""
    return WorkOrder.objects.visible_to(actor).open().filter(device_id=device).order_by("-reported_at")


def last_on_device(actor: Actor, device: UUID, count: int = 3, before: UUID | None = None) -> list[WorkOrder]:
    """Return the last orders of a device, newest first, without the one that is at hand."""
    rows = WorkOrder.objects.visible_to(actor).filter(device_id=device).order_by("-reported_at")
    return list((rows.exclude(pk=before) if before else rows)[:count])


@lru_cache(maxsize=64)
def _read(version: UUID) -> Flow:
    # a published version is never edited: it may be kept for the life of the process
    return read_flow(Version.objects.values_list("body", flat=True).get(pk=version))


def flow_of(version: UUID) -> Flow:
    """Return the flow of a published version."""
    return _read(version)


def template_for(device: Device, kind: str) -> Version:
    """Return the published template for a device and a kind of work.

    :raises NotPublished: there is none
    """
    return published("template", template_key(device.model.category, kind))


@lru_cache(maxsize=64)
def _body(version: UUID) -> Mapping[str, Any]:
    # a published version is never edited: it may be kept for the life of the process
    body: Mapping[str, Any] = Version.objects.values_list("body", flat=True).get(pk=version)
    return body


def checklist_of(order: WorkOrder, groups: Collection[str]) -> tuple[Section, ...]:
    """Return the sections of an order's checklist, with the tests that the fitted part groups ask for."""
    if order.template_id is None:
        return ()
    tests = published("tests", "release_tests")
    return sections(_body(order.template_id), _body(tests.pk), category=order.device.model.category, groups=groups)


def tests_in_force() -> Mapping[str, Any]:
    """Return the published test blocks and release rules."""
    return _body(published("tests", "release_tests").pk)
