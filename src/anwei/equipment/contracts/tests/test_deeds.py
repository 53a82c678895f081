from datetime import UTC, date, datetime
from typing import Any

import pytest

from anwei.core.errors import NoRight, NotFound
from anwei.equipment.contracts.errors import (
    BranchMissing,
    DeviceOfOther,
    EndedAlready,
    NothingCovered,
    NumberTaken,
    PeriodUnfit,
    ReasonMissing,
    UnknownGroup,
    UnknownScheme,
    UnknownTier,
)
from anwei.equipment.contracts.models import Contract
from anwei.equipment.contracts.operations import cover, end, sign
from anwei.equipment.contracts.tests.factory import make_contract
from anwei.equipment.devices.models import Event
from anwei.equipment.devices.tests.factory import make_device, make_hospital
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.organisations.operations import register as register_body

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
SYSTEM = system_actor("test")
PERIOD: dict[str, Any] = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "at": AT}


def test_a_manager_signs_a_contract_in_the_version_of_its_service_level_of_that_day() -> None:
    device = make_device()
    contract = sign(
        actor=make_actor("max", "service_manager"), customer=device.hospital, scheme="technical", tier="silver", devices=[device, device],
        excluded_groups=["battery"], **PERIOD,
    )  # fmt: skip
    assert (contract.number, contract.covers_parts, contract.excluded_groups) == ("SH-C2611-0001", False, ["battery"])
    assert (contract.sla.definition.key, contract.sla.status) == ("silver", "published")
    assert contract.covered.get().device == device
    assert Event.objects.get(device=device, kind="covered").details["number"] == contract.number
    assert Deed.objects.get(verb="contracts.sign").subject == f"contracts.Contract:{contract.pk}"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"scheme": "warranty"}, UnknownScheme),
        ({"tier": "platinum"}, UnknownTier),
        ({"excluded_groups": ["wings"]}, UnknownGroup),
        ({"ends_on": date(2025, 12, 31)}, PeriodUnfit),
        ({"devices": []}, NothingCovered),
    ],
)
def test_a_contract_that_cannot_be_is_refused(given: dict[str, Any], refusal: type[Exception]) -> None:
    device = make_device()
    usual: dict[str, Any] = {"customer": device.hospital, "scheme": "full", "tier": "gold", "devices": [device]}
    with pytest.raises(refusal):
        sign(actor=SYSTEM, **(usual | PERIOD | given))
    assert not Contract.objects.exists()


def test_a_contract_covers_no_device_of_somebody_else() -> None:
    device = make_device()
    with pytest.raises(DeviceOfOther):
        make_contract(device, customer=make_hospital("二院"))
    assert not Contract.objects.exists()


def test_a_number_is_given_once() -> None:
    device = make_device()
    make_contract(device, number="HT-2026-0088")
    with pytest.raises(NumberTaken):
        make_contract(device, number="HT-2026-0088")
    assert Contract.objects.count() == 1


def test_a_customer_without_a_branch_needs_one_to_be_named() -> None:
    body = register_body(actor=SYSTEM, name="边远医院", roles=["hospital"])
    with pytest.raises(BranchMissing):
        make_contract(customer=body, covers_all_devices=True)
    branch = make_branch()
    assert make_contract(customer=body, covers_all_devices=True, branch=branch).branch == branch


def test_more_devices_are_covered_and_those_that_were_stay_as_they_are() -> None:
    one, two = make_device(), make_device()
    contract = make_contract(one)
    cover(actor=SYSTEM, contract=contract, devices=[one, two], at=AT)
    assert contract.covered.count() == 2
    cover(actor=SYSTEM, contract=contract, devices=[one], at=AT)
    assert Deed.objects.filter(verb="contracts.cover").latest("received").outcome == "unchanged"
    assert Event.objects.filter(device=one, kind="covered").count() == 1


def test_a_contract_ends_early_once_within_its_time_and_with_a_reason() -> None:
    device = make_device()
    contract = make_contract(device)
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(PeriodUnfit):
            end(actor=SYSTEM, contract=contract, ended_on=day, reason="解约", at=AT)
    with pytest.raises(ReasonMissing):
        end(actor=SYSTEM, contract=contract, ended_on=date(2026, 10, 31), reason=" ", at=AT)
    end(actor=SYSTEM, contract=contract, ended_on=date(2026, 10, 31), reason="解约", at=AT)
    contract.refresh_from_db()
    assert (contract.last_day, contract.ended_because) == (date(2026, 10, 31), "解约")
    assert Event.objects.filter(device=device, kind="cover_ended").exists()
    with pytest.raises(EndedAlready):
        end(actor=SYSTEM, contract=contract, ended_on=date(2026, 9, 30), reason="again", at=AT)
    with pytest.raises(EndedAlready):
        cover(actor=SYSTEM, contract=contract, devices=[make_device()], at=AT)


def test_who_may_not_sign_or_end() -> None:
    device = make_device()
    contract = make_contract(device)
    with pytest.raises(NoRight):
        sign(actor=make_actor("ida", "intake_clerk"), customer=device.hospital, scheme="full", tier="gold", devices=[device], **PERIOD)
    with pytest.raises(NoRight):
        end(actor=make_actor("quinn", "quality_officer"), contract=contract, ended_on=date(2026, 10, 31), reason="x", at=AT)


def test_who_sees_which_contracts() -> None:
    north, south = make_branch("BJ"), make_branch("GZ")
    one = make_contract(make_device(make_hospital("北京一院", north)))
    other = make_contract(make_device(make_hospital("广州一院", south)))

    def seen(*roles: str, **rows: Any) -> set[Contract]:
        return set(Contract.objects.visible_to(make_actor(f"u-{roles[0]}", *roles, **rows)))

    assert seen("finance_clerk") == {one, other}
    assert seen("dispatcher", branch=north.pk) == {one}
    assert seen("hospital_engineer", side="hospital", hospital=other.customer_id) == {other}
    clerk = make_actor("ida", "intake_clerk", branch=north.pk)
    with pytest.raises((NoRight, NotFound)):
        end(actor=clerk, contract=other, ended_on=date(2026, 10, 31), reason="x", at=AT)
