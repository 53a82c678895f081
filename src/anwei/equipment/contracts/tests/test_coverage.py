import json
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from anwei.equipment.contracts.operations import end
from anwei.equipment.contracts.queries import coverage, schemes, tier_names
from anwei.equipment.contracts.tests.factory import make_contract
from anwei.equipment.devices.operations import amend, transfer
from anwei.equipment.devices.tests.factory import make_device, make_hospital
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.definitions.queries import all_published, published
from anwei.foundation.organisations.operations import register as register_body

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
SYSTEM = system_actor("test")


def test_a_device_under_contract_is_covered_as_its_scheme_says() -> None:
    device = make_device(warranty_until=date(2026, 3, 17))
    contract = make_contract(device, scheme="full_ex_major", tier="gold")
    found = coverage(device, ON)
    assert (found.answer, found.until, found.contract) == ("contract", date(2026, 12, 31), contract)
    assert (found.covers_labour, found.covers_travel, found.covers_parts) == (True, True, True)
    assert set(found.excluded_groups) == {"xray_source", "detector", "cryogenic"}
    assert found.sla == published("sla", "gold")
    assert [reason.code for reason in found.reasons] == ["contract_by_device", "warranty_ended"]


def test_a_device_that_nothing_covers_is_judged_by_the_basic_level() -> None:
    found = coverage(make_device(), ON)
    assert (found.answer, found.contract, found.covers_labour, found.covers_parts) == ("none", None, False, False)
    assert found.sla == published("sla", "basic")


def test_a_warranty_pays_for_all_while_the_contract_says_how_fast() -> None:
    device = make_device(warranty_until=date(2027, 1, 1))
    make_contract(device, scheme="labour_only", tier="gold")
    found = coverage(device, ON)
    assert (found.answer, found.covers_parts, list(found.excluded_groups)) == ("warranty", True, [])
    assert found.sla == published("sla", "gold")


def test_a_part_of_a_device_is_covered_with_it() -> None:
    tower, scope, deeper = make_device(), make_device(), make_device()
    amend(actor=SYSTEM, device=scope, parent=tower, at=AT)
    amend(actor=SYSTEM, device=deeper, parent=scope, at=AT)
    make_contract(tower)
    for part in (scope, deeper):
        part.refresh_from_db()
        assert coverage(part, ON).reasons[0].code == "contract_by_parent"


def test_a_contract_for_every_device_covers_those_that_come_later() -> None:
    device = make_device()
    make_contract(customer=device.hospital, covers_all_devices=True)
    assert coverage(make_device(device.hospital), ON).reasons[0].code == "contract_by_customer"
    assert coverage(make_device(make_hospital("二院")), ON).answer == "none"


def test_a_distributor_covers_the_devices_it_looks_after() -> None:
    distributor = register_body(actor=SYSTEM, name="楚天医械", roles=["distributor"], branch=make_hospital().branch)
    device = make_device(distributor=distributor)
    make_contract(device, customer=distributor)
    assert coverage(device, ON).answer == "contract"


def test_a_contract_stays_with_the_hospital_when_the_device_goes() -> None:
    device = make_device()
    make_contract(device)
    transfer(actor=SYSTEM, device=device, hospital=make_hospital("二院"), reason="协议", at=AT)
    device.refresh_from_db()
    found = coverage(device, ON)
    assert found.answer == "none"
    assert "contract_of_other" in [reason.code for reason in found.reasons]


def test_a_contract_that_was_ended_early_covers_no_longer() -> None:
    device = make_device()
    end(actor=SYSTEM, contract=make_contract(device), ended_on=date(2026, 10, 31), reason="解约", at=AT)
    assert coverage(device, date(2026, 10, 31)).answer == "contract"
    found = coverage(device, date(2026, 11, 1))
    assert (found.answer, found.until) == ("expired", date(2026, 10, 31))


def test_the_answer_is_kept_as_plain_data_in_both_languages() -> None:
    device = make_device(warranty_until=date(2026, 3, 17))
    make_contract(device)
    with translation.override("en"):
        data = json.loads(json.dumps(coverage(device, ON).as_data()))
    assert (data["answer"], data["until"], data["contract_number"]) == ("contract", "2026-12-31", "SH-C2611-0001")
    ended = data["reasons"][1]
    assert (ended["code"], ended["values"]) == ("warranty_ended", {"until": "2026-03-17"})
    assert (ended["zh"], ended["en"]) == ("厂家保修已于 2026-03-17 到期。", "The maker's warranty ended on 2026-03-17.")


def test_what_is_paid_for_is_said_in_sentences() -> None:
    device = make_device()
    make_contract(device, scheme="technical")
    with translation.override("en"):
        assert coverage(device, ON).pays == ["Paid for: labour, travel.", "Charged: parts."]


def test_an_answer_asks_as_often_for_many_contracts_as_for_few(django_assert_max_num_queries) -> None:
    device = make_device()
    for year in range(2010, 2027):
        make_contract(device, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
    with django_assert_max_num_queries(4):
        assert coverage(device, ON).answer == "contract"


def test_every_tier_of_the_domain_that_is_published_can_be_signed() -> None:
    assert set(all_published("sla")) <= set(tier_names())
    assert set(schemes()) == {"full", "full_ex_major", "technical", "labour_only", "visits"}
