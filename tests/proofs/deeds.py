"""The deeds whose retry is proven: add one by listing it."""

import json

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_model
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.branches.tests.factory import make_branch
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.tests.factory import make_place
from tests.proofs.faults import Proven


def register_a_hospital(number: int) -> tuple[Actor, bytes]:
    document = {"name": f"第{number}医院", "roles": ["hospital", "supplier"], "city": "上海市", "aliases": ["一院", "公济"]}
    return make_actor(f"stella{number}", "data_steward"), json.dumps(document).encode()


def give_a_role(number: int) -> tuple[Actor, bytes]:
    tom = make_actor(f"tom{number}", "field_engineer")
    return make_actor(f"otto{number}", "administrator"), json.dumps({"user": str(tom.id), "role": "dispatcher"}).encode()


def open_a_branch(number: int) -> tuple[Actor, bytes]:
    document = {"code": f"B{number}", "name_zh": "分公司", "name_en": "Branch", "provinces": []}
    return system_actor("test"), json.dumps(document).encode()


def a_device(number: int) -> Device:
    return make_device(make_hospital(f"第{number}医院", branch=make_branch(f"D{number}")))


def register_a_device(number: int) -> tuple[Actor, bytes]:
    hospital = make_hospital(f"第{number}医院", branch=make_branch(f"D{number}"))
    document = {"model": str(make_model().pk), "hospital": str(hospital.pk), "serial": f"SN-{number:05d}"}
    return system_actor("test"), json.dumps(document).encode()


def block_a_device(number: int) -> tuple[Actor, bytes]:
    return system_actor("test"), json.dumps({"device": str(a_device(number).pk), "reason": "smoke"}).encode()


def open_an_order(number: int) -> tuple[Actor, bytes]:
    return system_actor("test"), json.dumps({"device": str(a_device(number).pk), "title": "no flow"}).encode()


def receive_pieces(number: int) -> tuple[Actor, bytes]:
    store, supplier, part = make_place("store", f"Store {number}"), make_place("supplier", f"Supplier {number}"), make_part()
    document = {"target": store.pk, "source": supplier.pk, "part": part.pk, "quantity": "3", "unit_cost": "12.50", "document": uuid7()}
    return system_actor("test"), json.dumps(document, default=str).encode()


DEEDS = [
    Proven("organisations.register", register_a_hospital),
    Proven("accounts.give_role", give_a_role),
    Proven("branches.open", open_a_branch),
    Proven("devices.register", register_a_device),
    Proven("devices.block", block_a_device),
    Proven("orders.open", open_an_order),
    Proven("stock.receive", receive_pieces),
]
