from datetime import UTC, datetime

import pytest

from anwei.core.errors import NoRight
from anwei.equipment.devices.errors import DeviceRetired, StickerRevoked, StickerTaken, TooManyStickers, UnknownSticker
from anwei.equipment.devices.models import Sticker
from anwei.equipment.devices.operations import claim, print_stickers, retire, revoke
from anwei.equipment.devices.queries import sticker_by_code
from anwei.equipment.devices.rules import MOST_STICKERS, read_code
from anwei.equipment.devices.tests.factory import make_device, make_sticker
from anwei.equipment.devices.tests.trail import last_deed, life
from anwei.foundation.accounts.queries import public_actor, system_actor
from anwei.foundation.accounts.tests.factory import make_actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
SYSTEM = system_actor("test")


def test_a_steward_prints_a_batch_of_blank_stickers() -> None:
    stickers = print_stickers(actor=make_actor("stella", "data_steward"), count=24, at=AT)
    assert len({s.code for s in stickers}) == 24
    assert len({s.batch for s in stickers}) == 1
    assert all(read_code(s.code) and s.device is None for s in stickers)
    assert last_deed("devices.print_stickers").words == ["devices.stickers_printed"]


@pytest.mark.parametrize("count", [0, -1, MOST_STICKERS + 1])
def test_no_stickers_and_too_many_are_refused(count: int) -> None:
    with pytest.raises(TooManyStickers):
        print_stickers(actor=SYSTEM, count=count, at=AT)
    assert not Sticker.objects.exists()


def test_a_device_is_printed_the_same_code_again() -> None:
    device = make_device()
    first = print_stickers(actor=SYSTEM, devices=[device], at=AT)[0]
    again = print_stickers(actor=SYSTEM, devices=[device], at=AT)[0]
    assert first.code == again.code
    assert first.batch != again.batch
    assert life(device).count("stickered") == 1


def test_a_blank_sticker_is_claimed_by_its_address() -> None:
    device, sticker = make_device(), make_sticker()
    fred = make_actor("fred", "field_engineer", device=device.pk)
    claim(actor=fred, device=device, code=f"https://anwei.example/q/{sticker.code.lower()}", at=AT)
    sticker.refresh_from_db()
    assert (sticker.device, sticker.claimed_at) == (device, AT)
    assert device.events.get(kind="stickered").details == {"code": sticker.code}
    assert last_deed("devices.claim").subject == f"devices.Device:{device.pk}"


def test_a_sticker_is_claimed_for_one_device_and_again_for_the_same_changes_nothing() -> None:
    device, other = make_device(), make_device()
    sticker = make_sticker(device)
    claim(actor=SYSTEM, device=device, code=sticker.code, at=AT)
    assert last_deed("devices.claim").outcome == "unchanged"
    with pytest.raises(StickerTaken):
        claim(actor=SYSTEM, device=other, code=sticker.code, at=AT)


@pytest.mark.parametrize("code", ["", "2222222222", "no code", "ZX338TQQPB"])
def test_an_unknown_code_claims_nothing(code: str) -> None:
    with pytest.raises(UnknownSticker):
        claim(actor=SYSTEM, device=make_device(), code=code, at=AT)


def test_a_revoked_sticker_claims_nothing_and_is_revoked_once() -> None:
    sticker = make_sticker()
    stella = make_actor("stella", "data_steward")
    revoke(actor=stella, sticker=sticker, at=AT)
    with pytest.raises(StickerRevoked):
        claim(actor=SYSTEM, device=make_device(), code=sticker.code, at=AT)
    revoke(actor=stella, sticker=sticker, at=AT)
    assert last_deed("devices.revoke_sticker").outcome == "unchanged"


def test_a_sticker_torn_off_stays_in_the_life_of_its_device() -> None:
    device = make_device()
    revoke(actor=SYSTEM, sticker=make_sticker(device), reason="撕坏", at=AT)
    event = device.events.get(kind="sticker_revoked")
    assert event.note == "撕坏"


def test_a_retired_device_gets_no_sticker() -> None:
    device, sticker = make_device(), make_sticker()
    retire(actor=SYSTEM, device=device, reason="报废", at=AT)
    with pytest.raises(DeviceRetired):
        claim(actor=SYSTEM, device=device, code=sticker.code, at=AT)
    with pytest.raises(DeviceRetired):
        print_stickers(actor=SYSTEM, devices=[device], at=AT)


def test_who_may_not_print_or_claim() -> None:
    device, sticker = make_device(), make_sticker()
    with pytest.raises(NoRight):
        print_stickers(actor=make_actor("fred", "field_engineer"), count=1, at=AT)
    with pytest.raises(NoRight):
        claim(actor=make_actor("dana", "dispatcher", branch=device.branch_id), device=device, code=sticker.code, at=AT)


def test_the_public_sees_claimed_stickers_only() -> None:
    device, public = make_device(), public_actor()
    blank, torn, used = make_sticker(), make_sticker(device), make_sticker(device)
    revoke(actor=SYSTEM, sticker=torn, at=AT)
    assert list(Sticker.objects.visible_to(public)) == [used]
    assert sticker_by_code(used.code) == used
    assert sticker_by_code(blank.code) == blank
    assert sticker_by_code("2222222222") is None
