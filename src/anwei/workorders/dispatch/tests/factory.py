"""A branch with a broken ventilator, its engineers and a dispatcher."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.tests.factory import make_device, make_hospital
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.staff.models import Engineer
from anwei.foundation.staff.operations import add_certificate, grade_skill, register_engineer
from anwei.foundation.staff.queries import need_of
from anwei.workorders.intake.operations import accept, report_by_phone
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import UrgencyKey


@dataclass
class Shop:
    """Who dispatches where."""

    branch: Branch
    device: Device
    dana: Actor


def make_shop(code: str = "WH") -> Shop:
    """Set up a branch with one ventilator and a dispatcher."""
    branch = make_branch(code, provinces=["湖北省"], adcode="420100")
    device = make_device(make_hospital(branch=branch, adcode="420102"))
    return Shop(branch, device, make_actor(f"dana-{code}", "dispatcher", branch=branch.pk))


def make_engineer(shop: Shop, name: str, *, grade: int = 3, expires_in: int = 200, **changed: Any) -> Engineer:
    """Register an engineer who is competent for ventilators, unless the grade or the certificates say otherwise."""
    system = system_actor("test")
    user = make_user(f"{name.lower()}-{shop.branch.code}", "field_engineer")
    engineer = register_engineer(actor=system, name=name, branch=shop.branch, user=user, **({"home_adcode": "420102"} | changed))
    need = need_of("ventilator", "dispatch")
    for skill in need.skills:
        grade_skill(actor=system, engineer=engineer, skill=skill, grade=grade)
    for kind in need.certificates:
        add_certificate(actor=system, engineer=engineer, kind=kind, expires_on=timezone.localdate() + timedelta(days=expires_in))
    return engineer


def make_order(shop: Shop, symptom: str = "ven.s5", priority: UrgencyKey = "urgent") -> WorkOrder:
    """Take in a fault that was told by phone: the order waits to be dispatched."""
    now = timezone.now()
    clerk = make_actor(f"clerk-{uuid7()}", "intake_clerk", branch=shop.branch.pk)
    told = report_by_phone(actor=clerk, device=shop.device, symptom=symptom, device_down=True, harm="none", phone="13800000417", at=now)
    return accept(actor=clerk, request=told, priority=priority, at=now)
