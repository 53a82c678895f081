from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.core.operation import record
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.definitions.operations import draft, publish
from anwei.foundation.definitions.queries import published
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import (
    Expired,
    ExpiryDiffers,
    LeavesTheBranch,
    MoveNotAllowed,
    MoveNotYours,
    MoveUnknown,
    NoSuchBin,
    SecondPersonNeeded,
)
from anwei.inventory.stock.models import Balance, Move, Place
from anwei.inventory.stock.operations import note_expiry, receive, transfer
from anwei.inventory.stock.tests.factory import make_place, make_stock
from tests.trail.factory import deed

pytestmark = pytest.mark.django_db


@deed
def note(*, actor: Actor, part: Part, lot: str, day: date) -> None:
    record(note_expiry(part, day, lot=lot), "stock.expiry_noted")


def move(kind: str, source: Place, target: Place, part: object, **given: object) -> Move:
    document = {"at": timezone.now(), "document": uuid7(), "quantity": Decimal(1), "actor": system_actor("test")} | given
    return transfer(kind=kind, source=source, target=target, part=part, **document)  # type: ignore[arg-type]


def test_a_move_that_the_flow_does_not_allow_says_what_would_be() -> None:
    part, store, van = make_part(), make_place(), make_place("van", "Van")
    make_stock(part, store)
    with pytest.raises(MoveNotAllowed) as refused:
        move("consume", store, van, part)
    sentence = str(refused.value)
    assert "仓库" in sentence and "个人库" in sentence and "院内寄存" in sentence
    with pytest.raises(MoveUnknown):
        move("teleport", store, van, part)
    assert Move.objects.count() == 1


def test_a_move_keeps_the_flow_by_which_it_was_allowed() -> None:
    part, store, van = make_part(), make_place(), make_place("van", "Van")
    make_stock(part, store)
    made = move("issue_van", store, van, part)
    assert (made.kind, made.flow) == ("issue_van", published("stock_flow", "direct"))


def test_a_company_that_forbids_a_move_by_a_new_version_has_it_refused() -> None:
    part, store, van, system = make_part(), make_place(), make_place("van", "Van"), system_actor("test")
    make_stock(part, store)
    body = published("stock_flow", "direct").body
    body = {"moves": [row for row in body["moves"] if row["key"] != "issue_van"]}
    version = draft(actor=system, kind="stock_flow", key="direct", name_zh="", name_en="", body=body)
    publish(actor=system, definition=version.definition, at=timezone.now())
    with pytest.raises(MoveUnknown):
        move("issue_van", store, van, part)


def test_a_flow_with_faults_names_them() -> None:
    row = {"key": "a", "zh": "甲", "en": "A", "from": ["store", "moon"], "to": ["van"], "roles": ["pope"], "scan": ["smell"]}
    faults = registers.definition_kinds["stock_flow"].check({"moves": [row, row, {"key": "b"}]})
    assert [word for word in ("moon", "pope", "smell", "b") if not any(word in fault for fault in faults)] == []
    assert registers.definition_kinds["stock_flow"].check(published("stock_flow", "distributor").body) == []


def test_a_role_that_the_flow_does_not_name_moves_nothing() -> None:
    part, branch, system = make_part(), make_branch("SH"), system_actor("test")
    store = make_place(branch=branch)
    make_stock(part, store)
    van = make_place("van", "Van", branch=store.branch)
    body = published("stock_flow", "direct").body
    rows = [row | {"roles": ["buyer"]} if row["key"] == "issue_van" else row for row in body["moves"]]
    version = draft(actor=system, kind="stock_flow", key="direct", name_zh="", name_en="", body={"moves": rows})
    publish(actor=system, definition=version.definition, at=timezone.now())
    with pytest.raises(MoveNotYours):
        move("issue_van", store, van, part, actor=make_actor("sue", "storekeeper", branch=branch.pk))


def test_relocating_stays_within_the_branch() -> None:
    part, here, there = make_part(), make_place(branch=make_branch("SH")), make_place(name="Far", branch=make_branch("BJ"))
    shelf = make_place("bin", "A-01", parent=here)
    make_stock(part, here)
    move("relocate", here, shelf, part)
    with pytest.raises(LeavesTheBranch):
        move("relocate", shelf, there, part)
    assert Balance.objects.get(place=shelf).quantity == 1 and shelf.branch == here.branch


def test_a_bin_lies_in_a_store() -> None:
    with pytest.raises(NoSuchBin):
        make_place("bin", "A-01")
    with pytest.raises(NoSuchBin):
        make_place("store", "Store", parent=make_place())


def test_scrapping_asks_for_a_second_person() -> None:
    part, store = make_part(), make_place()
    make_stock(part, store)
    bad, scrap = make_place("defective", "Bad"), make_place("scrap", "Scrap")
    move("to_defective", store, bad, part)
    with pytest.raises(SecondPersonNeeded):
        move("scrap", bad, scrap, part)


def test_expired_pieces_are_not_issued_and_the_day_itself_counts() -> None:
    part, store, van = make_part(tracking="lot"), make_place(), make_place("van", "Van")
    make_stock(part, store, 2, lot="OLD")
    make_stock(part, store, 2, lot="DUE")
    today = timezone.localdate()
    note(actor=system_actor("test"), part=part, lot="OLD", day=today - timedelta(days=1))
    note(actor=system_actor("test"), part=part, lot="DUE", day=today)
    move("issue_van", store, van, part, lot="due")
    with pytest.raises(Expired) as refused:
        move("issue_van", store, van, part, lot="old")
    assert str(today - timedelta(days=1)) in str(refused.value)
    assert Balance.objects.get(place=store, lot="OLD").quantity == 2


def test_two_labels_of_one_lot_cannot_say_two_days() -> None:
    part, store = make_part(tracking="lot"), make_place()
    supplier, today = make_place("supplier", "Supplier"), timezone.localdate()
    given = {
        "actor": system_actor("test"),
        "target": store,
        "source": supplier,
        "part": part,
        "quantity": Decimal(1),
        "unit_cost": Decimal(1),
    }
    receive(**given, at=timezone.now(), lot="L1", document=uuid7(), expires_on=today)  # type: ignore[arg-type]
    with pytest.raises(ExpiryDiffers):
        receive(**given, at=timezone.now(), lot="L1", document=uuid7(), expires_on=today + timedelta(days=1))  # type: ignore[arg-type]
