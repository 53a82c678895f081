from datetime import UTC, date, datetime, timedelta

import pytest

from anwei.core.errors import NoRight, Stale
from anwei.equipment.devices.errors import (
    DatesDisagree,
    NotInItself,
    SerialDiffers,
    SerialTaken,
    UdiAnswersDisagree,
    WrongRole,
)
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.operations import amend, correct
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_model
from anwei.equipment.devices.tests.trail import last_deed, life
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.governance.errors import NeedsSecondPerson
from anwei.foundation.governance.models import Proposal
from anwei.foundation.governance.operations import approve, propose

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
SYSTEM = system_actor("test")


def test_a_warranty_is_renewed_and_the_old_day_stays_in_the_life() -> None:
    device = make_device(warranty_until=date(2026, 3, 17))
    stella = make_actor("stella", "data_steward")
    amend(actor=stella, device=device, warranty_until=date(2027, 3, 17), software="4.3.1", at=AT)
    device.refresh_from_db()
    assert (device.warranty_until, device.software) == (date(2027, 3, 17), "4.3.1")
    changes = device.events.get(kind="amended").details["changes"]
    assert changes == {"warranty_until": ["2026-03-17", "2027-03-17"], "software": ["", "4.3.1"]}
    assert last_deed("devices.amend").words == ["devices.amended"]


def test_what_is_not_given_stays_and_nothing_given_changes_nothing() -> None:
    device = make_device(software="4.3.1")
    amend(actor=SYSTEM, device=device, software="4.3.1", at=AT)
    assert life(device) == ["registered"]
    assert last_deed("devices.amend").outcome == "unchanged"


def test_an_amendment_of_a_device_that_moved_meanwhile_is_stale() -> None:
    device = make_device()
    with pytest.raises(Stale):
        amend(actor=SYSTEM, device=device, software="1", seen=device.changed_at - timedelta(seconds=1), at=AT)
    amend(actor=SYSTEM, device=device, software="1", seen=device.changed_at, at=AT)


def test_amendments_that_cannot_be_are_refused() -> None:
    device, other = make_device(serial="LB60-23A0417"), make_device()
    with pytest.raises(DatesDisagree):
        amend(actor=SYSTEM, device=device, purchased_on=date(2026, 11, 25), at=AT)
    with pytest.raises(SerialDiffers):
        amend(actor=SYSTEM, device=device, udi="(01)06971234500014(21)OTHER", at=AT)
    with pytest.raises(WrongRole):
        amend(actor=SYSTEM, device=device, distributor=make_hospital("二院"), at=AT)
    amend(actor=SYSTEM, device=device, has_no_udi=True, at=AT)
    with pytest.raises(UdiAnswersDisagree):
        amend(actor=SYSTEM, device=device, udi="(01)06971234500014(21)LB60-23A0417", at=AT)
    amend(actor=SYSTEM, device=device, parent=other, at=AT)
    with pytest.raises(NotInItself):
        amend(actor=SYSTEM, device=other, parent=device, at=AT)


def test_a_storekeeper_may_not_amend_devices() -> None:
    device = make_device()
    with pytest.raises(NoRight):
        amend(actor=make_actor("wanda", "storekeeper", branch=device.branch_id), device=device, software="1", at=AT)


def test_a_key_field_is_not_corrected_without_a_second_person() -> None:
    device = make_device(serial="LB60-23A417")
    with pytest.raises(NeedsSecondPerson):
        correct(actor=make_actor("stella", "data_steward"), device=device, serial="LB60-23A0417", at=AT)
    device.refresh_from_db()
    assert device.serial == "LB60-23A417"


def proposed(device: Device, **payload: str) -> Proposal:
    ida = make_actor("ida", "intake_clerk", branch=device.branch_id)
    return propose(
        actor=ida, verb="devices.correct", payload={"device": str(device.pk), **payload}, subject=f"devices.Device:{device.pk}",
        reason="现场核对铭牌", at=AT,
    )  # fmt: skip


def test_a_serial_number_is_corrected_as_the_proposer_with_the_approval_of_another() -> None:
    device = make_device(serial="LB60-23A417")
    proposal = proposed(device, serial="LB60-23A0417")
    approve(actor=make_actor("stella", "data_steward"), proposal=proposal, at=AT)
    device.refresh_from_db()
    assert (device.serial, device.serial_key) == ("LB60-23A0417", "LB60-23A0417")
    event = device.events.get(kind="corrected")
    assert (event.by, event.note, event.details["changes"]) == ("Ida", "现场核对铭牌", {"serial": ["LB60-23A417", "LB60-23A0417"]})
    deed = last_deed("governance.approve")
    assert {"devices.corrected", "governance.performed"} <= set(deed.words)


def test_model_and_hospital_are_corrected_together_and_the_ward_falls_away() -> None:
    device, other, model = make_device(room="3 床"), make_hospital("二院"), make_model("LB-V70")
    approve(actor=make_actor("max", "service_manager"), proposal=proposed(device, model=str(model.pk), hospital=str(other.pk)), at=AT)
    device.refresh_from_db()
    assert (device.model, device.hospital, device.department) == (model, other, None)


def test_a_correction_to_a_serial_number_that_is_taken_is_refused_and_the_proposal_waits_on() -> None:
    device = make_device(serial="LB60-23A417")
    make_device(serial="LB60-23A0417")
    proposal = proposed(device, serial="lb60-23a0417")
    with pytest.raises(SerialTaken):
        approve(actor=make_actor("stella", "data_steward"), proposal=proposal, at=AT)
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.OPEN
