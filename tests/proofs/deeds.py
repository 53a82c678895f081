"""The deeds whose retry is proven: add one by listing it."""

import json

from anwei.core.actor import Actor
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
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


DEEDS = [
    Proven("organisations.register", register_a_hospital),
    Proven("accounts.give_role", give_a_role),
    Proven("branches.open", open_a_branch),
]
