from datetime import UTC, datetime

import pytest

from anwei.core.errors import NoRight
from anwei.core.operation import REGISTER, operation, record
from anwei.equipment.devices.errors import AlreadyBlocked, BlockHasOwner, DeviceRetired, NotBlocked, ReasonMissing
from anwei.equipment.devices.invariants import BLOCKED_AS_THEIR_BLOCKS
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.operations import block, end_block, put_block, retire, unblock
from anwei.equipment.devices.permissions import BLOCK_DEVICES
from anwei.equipment.devices.tests.factory import make_device
from anwei.equipment.devices.tests.trail import last_deed, life
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
ORDER = "orders.WorkOrder:01920000-0000-7000-8000-000000000001"
SYSTEM = system_actor("test")


@pytest.fixture
def within(request: pytest.FixtureRequest):
    """Perform some work within a deed of another app."""

    @operation("devices.test_of_blocks", right=BLOCK_DEVICES, on="device")
    def deed(*, actor, device: Device, work) -> None:
        """Do some work."""
        work(actor, device)
        record(device, "devices.tested")

    yield lambda device, work: deed(actor=SYSTEM, device=device, work=work)
    del REGISTER["devices.test_of_blocks"]


def test_an_engineer_puts_a_device_out_of_use() -> None:
    device = make_device()
    made = block(actor=make_actor("fred", "field_engineer", device=device.pk), device=device, reason=" 漏电 ", at=AT)
    device.refresh_from_db()
    assert device.is_blocked
    assert (made.reason, made.from_at, made.ended_at) == ("漏电", AT, None)
    assert life(device)[0] == "blocked"  # the block stands before the registration, which the test made today
    assert last_deed("devices.block").words == ["devices.blocked"]


def test_one_person_blocks_a_device_once_two_twice() -> None:
    device = make_device()
    fred, ida = make_actor("fred", "field_engineer", device=device.pk), make_actor("ida", "intake_clerk", device=device.pk)
    block(actor=fred, device=device, reason="漏电", at=AT)
    with pytest.raises(AlreadyBlocked):
        block(actor=fred, device=device, reason="again", at=AT)
    block(actor=ida, device=device, reason="院方要求", at=AT)
    assert device.blocks.open().count() == 2


def test_a_device_is_free_only_when_its_last_block_is_lifted() -> None:
    device, quinn = make_device(), make_actor("quinn", "quality_officer")
    one = block(actor=make_actor("fred", "field_engineer", device=device.pk), device=device, reason="漏电", at=AT)
    two = block(actor=quinn, device=device, reason="召回", at=AT)
    unblock(actor=quinn, device=device, source=one.source, because="复测合格", at=AT)
    device.refresh_from_db()
    assert device.is_blocked
    unblock(actor=quinn, device=device, source=two.source, because="升级完成", at=AT)
    device.refresh_from_db()
    assert not device.is_blocked
    assert {"still_blocked", "freed"} <= set(life(device))
    assert device.blocks.get(pk=one.pk).ended_because == "复测合格"


def test_a_block_is_lifted_once_and_with_a_reason() -> None:
    device, quinn = make_device(), make_actor("quinn", "quality_officer")
    made = block(actor=quinn, device=device, reason="召回", at=AT)
    with pytest.raises(ReasonMissing):
        unblock(actor=quinn, device=device, source=made.source, because=" ", at=AT)
    unblock(actor=quinn, device=device, source=made.source, because="升级完成", at=AT)
    with pytest.raises(NotBlocked):
        unblock(actor=quinn, device=device, source=made.source, because="again", at=AT)


def test_who_blocks_may_not_lift() -> None:
    device = make_device()
    fred = make_actor("fred", "field_engineer", device=device.pk)
    made = block(actor=fred, device=device, reason="漏电", at=AT)
    with pytest.raises(NoRight):
        unblock(actor=fred, device=device, source=made.source, because="好了", at=AT)


def test_the_block_of_an_order_is_not_lifted_by_hand(within) -> None:
    device = make_device()
    within(device, lambda actor, d: put_block(actor=actor, device=d, reason="维修中", source=ORDER, at=AT))
    with pytest.raises(BlockHasOwner):
        unblock(actor=make_actor("quinn", "quality_officer"), device=device, source=ORDER, because="放行", at=AT)
    device.refresh_from_db()
    assert device.is_blocked


def test_another_app_puts_and_ends_its_block_within_its_own_deed(within) -> None:
    device = make_device()

    def twice(actor, d) -> None:
        first = put_block(actor=actor, device=d, reason="维修中", source=ORDER, at=AT)
        assert put_block(actor=actor, device=d, reason="again", source=ORDER, at=AT) == first
        assert d.is_blocked

    within(device, twice)
    within(device, lambda actor, d: end_block(actor=actor, device=d, source=ORDER, because="放行", at=AT))
    device.refresh_from_db()
    assert not device.is_blocked
    assert device.blocks.get().ended_because == "放行"
    within(device, lambda actor, d: end_block(actor=actor, device=d, source=ORDER, because="again", at=AT))
    assert life(device).count("freed") == 1


def test_blocks_are_not_put_outside_a_deed() -> None:
    device = make_device()
    with pytest.raises(RuntimeError):
        put_block(actor=SYSTEM, device=device, reason="x", source=ORDER, at=AT)


def test_a_block_says_why_and_not_on_a_retired_device() -> None:
    device = make_device()
    with pytest.raises(ReasonMissing):
        block(actor=SYSTEM, device=device, reason="", at=AT)
    retire(actor=SYSTEM, device=device, reason="报废", at=AT)
    with pytest.raises(DeviceRetired):
        block(actor=SYSTEM, device=device, reason="漏电", at=AT)


def test_the_invariant_names_a_device_whose_mark_is_not_the_sum_of_its_blocks(within) -> None:
    device, other = make_device(), make_device()
    block(actor=SYSTEM, device=other, reason="漏电", at=AT)
    assert BLOCKED_AS_THEIR_BLOCKS.broken() == []
    within(device, lambda actor, d: Device.objects.filter(pk=d.pk).update(is_blocked=True))
    assert BLOCKED_AS_THEIR_BLOCKS.broken() == [{"device": device.number, "is_blocked": True}]
