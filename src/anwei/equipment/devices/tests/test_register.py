from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight, Refusal
from anwei.core.identifiers import UdiUnreadable
from anwei.core.search import holding
from anwei.equipment.devices.errors import (
    BranchMissing,
    DatesDisagree,
    DepartmentElsewhere,
    SerialDiffers,
    SerialMissing,
    SerialTaken,
    UdiAnswersDisagree,
    UdiOfOtherModel,
    WrongRole,
)
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.operations import register
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_model
from anwei.equipment.devices.tests.trail import last_deed, life
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.organisations.operations import add_department
from anwei.foundation.organisations.operations import register as register_body

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
UDI = "(01)06971234500014(21)LB60-23A0417"


def test_a_clerk_registers_a_device_at_the_branch_of_its_hospital() -> None:
    branch = make_branch("WH")
    hospital, ida = make_hospital(branch=branch), make_actor("ida", "intake_clerk", branch=branch.pk)
    device = register(actor=ida, model=make_model(), hospital=hospital, serial=" LB60-23A0417 ", at=AT)
    assert (device.number, device.serial, device.branch, device.state) == ("WH-D2611-0001", "LB60-23A0417", branch, "registered")
    assert life(device) == ["registered"]
    deed = last_deed("devices.register")
    assert (deed.subject, deed.words, deed.at) == (f"devices.Device:{device.pk}", ["devices.registered"], AT)


def test_a_scanned_code_fills_in_the_serial_number_and_is_kept_as_it_came() -> None:
    device = make_device(model=make_model(udi_di="06971234500014"), serial="", udi=UDI)
    assert (device.serial, device.udi) == ("LB60-23A0417", UDI)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"serial": ""}, SerialMissing),
        ({"serial": "\u200b  "}, SerialMissing),
        ({"serial": "LB60-99X9999", "udi": UDI}, SerialDiffers),
        ({"udi": "neither fish nor flesh"}, UdiUnreadable),
        ({"udi": "(01)04012345000016(21)LB60-23A0417"}, UdiOfOtherModel),
        ({"udi": UDI, "has_no_udi": True}, UdiAnswersDisagree),
        ({"purchased_on": date(2026, 11, 25)}, DatesDisagree),
        ({"purchased_on": date(2024, 1, 2), "warranty_until": date(2024, 1, 1)}, DatesDisagree),
    ],
)
def test_a_device_that_cannot_be_is_refused(given: dict[str, Any], refusal: type[Refusal]) -> None:
    model = make_model(udi_di="06971234500014")
    usual: dict[str, Any] = {"model": model, "serial": "LB60-23A0417", "at": AT}
    with pytest.raises(refusal):
        make_device(**(usual | given))
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "written", ["lb60-23a0417", "ＬＢ６０－２３Ａ０４１７", " LB60 23A0417".replace(" 2", "-2"), "LB60‑23A0417", "LB60-23A\u200b0417"]
)
def test_the_same_serial_number_is_registered_once_however_it_is_written(written: str) -> None:
    make_device(serial="LB60-23A0417")
    with pytest.raises(SerialTaken):
        make_device(serial=written)
    assert Device.objects.count() == 1


def test_another_model_may_carry_the_same_serial_number() -> None:
    make_device(serial="0417")
    make_device(serial="0417", model=make_model("LB-V70"))
    assert Device.objects.count() == 2


def test_places_that_do_not_belong_together_are_refused() -> None:
    hospital, other = make_hospital(), make_hospital("二院")
    ward = add_department(actor=system_actor("test"), organisation=other, name="重症医学科")
    with pytest.raises(DepartmentElsewhere):
        make_device(hospital, department=ward)
    with pytest.raises(WrongRole):
        make_device(hospital, distributor=other)


def test_a_body_that_is_no_hospital_has_no_devices() -> None:
    maker = register_body(actor=system_actor("test"), name="澜泊医疗", roles=["maker"], branch=make_branch())
    with pytest.raises(WrongRole):
        make_device(maker)


def test_a_hospital_that_no_branch_serves_needs_one_to_be_named() -> None:
    branch = make_branch()
    body = register_body(actor=system_actor("test"), name="边远医院", roles=["hospital"])
    with pytest.raises(BranchMissing):
        make_device(body)
    assert make_device(body, branch=branch).branch == branch


def test_an_engineer_may_not_register_devices() -> None:
    with pytest.raises(NoRight):
        register(actor=make_actor("fred", "field_engineer"), model=make_model(), hospital=make_hospital(), serial="1", at=timezone.now())
    assert last_deed("devices.register").refusal == "no_right"


@pytest.mark.parametrize("typed", ["0417", "3a04", "lb6023a0417", "LB60-23A0417", "武汉", "第一医院", "whsd", "lb-v60", "澜泊"])
def test_a_device_is_found_by_any_piece_of_its_serial_model_or_hospital(typed: str) -> None:
    device = make_device(serial="LB60-23A0417")
    make_device(make_hospital("中山医院"), model=make_model("M800", maker_name="迈瑞"), serial="CM-55120")
    assert list(Device.objects.filter(holding(typed))) == [device]


@pytest.mark.parametrize("typed", ["", "???", "9999", "LB60-23A0418"])
def test_what_no_device_holds_finds_none(typed: str) -> None:
    make_device(serial="LB60-23A0417")
    assert not Device.objects.filter(holding(typed)).exists()


def test_who_sees_which_devices() -> None:
    north, south = make_branch("BJ"), make_branch("GZ")
    one, other = make_device(make_hospital("北京一院", north)), make_device(make_hospital("广州一院", south))

    def seen(*roles: str, **rows: Any) -> set[Device]:
        return set(Device.objects.visible_to(make_actor(f"u{roles[0]}{len(rows)}", *roles, **rows)))

    assert seen("auditor") == {one, other}
    assert seen("dispatcher", branch=north.pk) == {one}
    assert seen("field_engineer") == set()
    assert seen("field_engineer", device=other.pk) == {other}
    assert seen("hospital_engineer", side="hospital", hospital=other.hospital_id) == {other}
    assert seen("hospital_engineer", side="hospital", branch=north.pk, hospital=other.hospital_id) == {other}
