from datetime import UTC, date, datetime

import pytest

from anwei.core.errors import NoRight, NotFound
from anwei.core.registers import Papers, registers
from anwei.equipment.devices.errors import (
    AlreadyInstalled,
    DatesDisagree,
    DepartmentElsewhere,
    DeviceRetired,
    ReasonMissing,
    SameHospital,
    WrongRole,
)
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.operations import install, move, retire, transfer
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_sticker
from anwei.equipment.devices.tests.trail import last_deed, life
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.organisations.operations import add_department
from anwei.foundation.organisations.operations import register as register_body

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
SYSTEM = system_actor("test")


def ward(device: Device, name: str = "重症医学科"):
    return add_department(actor=SYSTEM, organisation=device.hospital, name=name)


def test_a_device_is_installed_and_in_use_from_that_day() -> None:
    device = make_device(at=AT, purchased_on=date(2026, 11, 1))
    fred = make_actor("fred", "field_engineer", device=device.pk)
    install(actor=fred, device=device, installed_on=date(2026, 11, 20), department=ward(device), room="7 层 3 床", software="4.3.1", at=AT)
    device.refresh_from_db()
    assert (device.state, device.installed_on, device.place, device.software) == (
        "installed", date(2026, 11, 20), "重症医学科 7 层 3 床", "4.3.1",
    )  # fmt: skip
    event = device.events.get(kind="installed")
    assert event.at == datetime(2026, 11, 19, 16, tzinfo=UTC)  # the midnight in Shanghai that begins the day
    assert (event.by, event.details["department"]) == ("Fred", "重症医学科")
    assert last_deed("devices.install").words == ["devices.installed"]


def test_a_device_is_installed_once() -> None:
    device = make_device()
    install(actor=SYSTEM, device=device, installed_on=date(2026, 11, 20), at=AT)
    with pytest.raises(AlreadyInstalled):
        install(actor=SYSTEM, device=device, installed_on=date(2026, 11, 21), at=AT)


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 10, 31)])
def test_a_device_is_not_installed_in_the_future_or_before_it_was_bought(day: date) -> None:
    device = make_device(at=AT, purchased_on=date(2026, 11, 1))
    with pytest.raises(DatesDisagree):
        install(actor=SYSTEM, device=device, installed_on=day, at=AT)
    device.refresh_from_db()
    assert device.state == "registered"


def test_a_device_moves_within_its_hospital_only() -> None:
    device = make_device()
    icu, elsewhere = ward(device), add_department(actor=SYSTEM, organisation=make_hospital("二院"), name="急诊科")
    move(actor=SYSTEM, device=device, department=icu, room="3 床", reason="扩床", at=AT)
    device.refresh_from_db()
    assert device.place == "重症医学科 3 床"
    event = device.events.get(kind="moved")
    assert (event.note, event.details["from"]["department"], event.details["to"]["department"]) == ("扩床", "", "重症医学科")
    with pytest.raises(DepartmentElsewhere):
        move(actor=SYSTEM, device=device, department=elsewhere, at=AT)


def test_a_move_to_where_it_stands_changes_nothing() -> None:
    device = make_device(room="3 床")
    move(actor=SYSTEM, device=device, room=" 3 床 ", at=AT)
    assert life(device) == ["registered"]
    assert last_deed("devices.move").outcome == "unchanged"


def test_a_device_of_another_branch_is_not_there_for_a_clerk() -> None:
    device = make_device(make_hospital(branch=make_branch("GZ")))
    ida = make_actor("ida", "intake_clerk", branch=make_branch("BJ").pk)
    with pytest.raises(NotFound):
        move(actor=ida, device=device, room="1", at=AT)


def test_a_transfer_takes_the_papers_along(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Papers("devices.device", "service_records", lambda key: [{"number": "SH-2611-0001", "device": str(key)}])
    monkeypatch.setattr(registers, "papers", [source, Papers("orders.order", "others", lambda key: [{}])])
    device, south = make_device(room="3 床"), make_branch("GZ")
    new = make_hospital("广州一院", south)
    max_ = make_actor("max", "service_manager")
    transfer(actor=max_, device=device, hospital=new, reason="协议 2026-17", at=AT)
    device.refresh_from_db()
    assert (device.hospital, device.branch, device.room) == (new, south, "")
    event = device.events.get(kind="transferred")
    assert (event.note, event.details["from"]["hospital"], event.details["to"]["hospital"]) == (
        "协议 2026-17",
        "武汉市第一医院",
        "广州一院",
    )
    papers = event.details["papers"]
    assert papers["device"]["serial"] == device.serial
    assert [told["kind"] for told in papers["life"]] == ["registered"]
    assert papers["service_records"] == [{"number": "SH-2611-0001", "device": str(device.pk)}]
    assert "others" not in papers


def test_a_transfer_needs_a_reason_a_hospital_and_another_one() -> None:
    device = make_device()
    maker = register_body(actor=SYSTEM, name="澜泊医疗", roles=["maker"])
    with pytest.raises(ReasonMissing):
        transfer(actor=SYSTEM, device=device, hospital=make_hospital("二院"), reason=" ", at=AT)
    with pytest.raises(SameHospital):
        transfer(actor=SYSTEM, device=device, hospital=device.hospital, reason="x", at=AT)
    with pytest.raises(WrongRole):
        transfer(actor=SYSTEM, device=device, hospital=maker, reason="x", at=AT)
    assert life(device) == ["registered"]


def test_an_intake_clerk_may_not_transfer_devices() -> None:
    device = make_device()
    ida = make_actor("ida", "intake_clerk", branch=device.branch_id)
    with pytest.raises(NoRight):
        transfer(actor=ida, device=device, hospital=make_hospital("二院"), reason="x", at=AT)


def test_a_retired_device_keeps_its_file_and_loses_its_stickers() -> None:
    device = make_device()
    sticker = make_sticker(device)
    retire(actor=make_actor("max", "service_manager"), device=device, reason="使用年限已到", at=AT)
    device.refresh_from_db()
    sticker.refresh_from_db()
    assert (device.state, device.retired_on, sticker.revoked_at) == ("retired", date(2026, 11, 24), AT)
    assert "retired" in life(device)


def test_nothing_more_is_done_to_a_retired_device() -> None:
    device = make_device()
    retire(actor=SYSTEM, device=device, reason="报废", at=AT)
    for deed in (
        lambda: retire(actor=SYSTEM, device=device, reason="again", at=AT),
        lambda: install(actor=SYSTEM, device=device, installed_on=date(2026, 1, 1), at=AT),
        lambda: move(actor=SYSTEM, device=device, room="1", at=AT),
        lambda: transfer(actor=SYSTEM, device=device, hospital=make_hospital("二院"), reason="x", at=AT),
    ):
        with pytest.raises(DeviceRetired):
            deed()


def test_a_device_is_not_retired_before_it_was_installed_or_without_a_reason() -> None:
    device = make_device()
    install(actor=SYSTEM, device=device, installed_on=date(2026, 11, 20), at=AT)
    with pytest.raises(DatesDisagree):
        retire(actor=SYSTEM, device=device, reason="报废", retired_on=date(2026, 11, 19), at=AT)
    with pytest.raises(ReasonMissing):
        retire(actor=SYSTEM, device=device, reason="", at=AT)
