"""A small company in which journeys take place: a hospital, a ventilator, its people, a part in the van."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.equipment.devices.models import Device, Sticker
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_sticker
from anwei.equipment.instruments.models import Instrument
from anwei.equipment.instruments.tests.factory import make_instrument
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import actor_for, system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.staff.models import Engineer
from anwei.foundation.staff.operations import add_certificate, grade_skill, register_engineer
from anwei.foundation.staff.queries import need_of
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Place
from anwei.inventory.stock.tests.factory import make_place, make_stock


@dataclass
class Company:
    """Everybody and everything a repair needs."""

    branch: Branch
    device: Device
    sticker: Sticker
    engineer: Engineer
    part: Part
    van: Place
    instruments: dict[str, Instrument]
    users: dict[str, User]

    def actor(self, name: str) -> Actor:
        """Return somebody as they stand now, with the grants they have got meanwhile."""
        return actor_for(self.users[name], "page")


ROLES = {
    "clerk": "intake_clerk", "dana": "dispatcher", "tom": "field_engineer", "quinn": "quality_officer", "fay": "finance_clerk",
    "ingo": "auditor", "sue": "storekeeper",
}  # fmt: skip
HOSPITALS = {"WH": "武汉市第一医院"}


def make_engineer(user: User, branch: Branch, category: str = "ventilator") -> Engineer:
    """Register an engineer who is competent for a category of devices."""
    system = system_actor("test")
    engineer = register_engineer(actor=system, name=user.name, branch=branch, user=user, home_adcode="420102")
    need = need_of(category, "dispatch")
    for skill in need.skills:
        grade_skill(actor=system, engineer=engineer, skill=skill, grade=3)
    for kind in need.certificates:
        add_certificate(actor=system, engineer=engineer, kind=kind, expires_on=timezone.localdate() + timedelta(days=200))
    return engineer


def make_company(code: str = "WH") -> Company:
    """Set up a branch with one ventilator and the people who repair it."""
    branch = make_branch(code, provinces=["湖北省"], adcode="420100")
    hospital = make_hospital(HOSPITALS.get(code, f"{code}医院"), branch=branch, adcode="420102")
    device = make_device(hospital, warranty_until=date(2020, 1, 1))
    granted = ("clerk", "dana", "sue")
    users = {name: make_user(f"{name}-{code}", role, **({"branch": branch.pk} if name in granted else {})) for name, role in ROLES.items()}
    engineer = make_engineer(users["tom"], branch)
    part = make_part(tracking="serial", group="flow_measurement", core_return=True)
    van = make_place("van", "Van Tom", branch=branch, engineer=engineer)
    make_stock(part, van, serial="FS-1")
    until = timezone.localdate() + timedelta(days=100)
    kinds = ("est", "gas_flow_analyser")
    instruments = {k: make_instrument(branch, number=f"{k}-{code}", kind=k, calibrated_on=date(2026, 1, 5), due_on=until) for k in kinds}
    return Company(branch, device, make_sticker(device), engineer, part, van, instruments, users)
