"""Signing contracts, covering more devices, ending early."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
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
from anwei.equipment.contracts.models import Contract, CoveredDevice
from anwei.equipment.contracts.permissions import KEEP_CONTRACTS
from anwei.equipment.contracts.queries import part_groups, schemes
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.operations import put_event
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.operations import next_number
from anwei.foundation.definitions.queries import all_published
from anwei.foundation.organisations.models import Organisation


@operation("contracts.sign", right=KEEP_CONTRACTS)
def sign(
    *, actor: Actor, customer: Organisation, scheme: str, tier: str, starts_on: date, ends_on: date, at: datetime,
    devices: list[Device] | None = None, covers_all_devices: bool = False, excluded_groups: list[str] | None = None,
    title: str = "", number: str = "", branch: Branch | None = None, id: UUID | None = None,
) -> Contract:  # fmt: skip
    """Enter a signed contract: its cover pays by its scheme, its tier is kept in the version that is published today.

    Without a number of its own it gets one of the branch; groups of parts left out come on top of those of the scheme.

    :raises UnknownScheme: no such cover
    :raises UnknownTier: no service level of this name is published
    :raises UnknownGroup: no such group of parts
    :raises PeriodUnfit: it ends before it begins
    :raises NothingCovered: neither devices nor all of them
    :raises DeviceOfOther: a device belongs to somebody else
    :raises BranchMissing: no branch serves the customer and none was named
    :raises NumberTaken: the number is there already
    """
    if scheme not in schemes():
        raise UnknownScheme(scheme=scheme, field="scheme")
    if (sla := all_published("sla").get(tier)) is None:
        raise UnknownTier(tier=tier, field="tier")
    if ends_on < starts_on:
        raise PeriodUnfit(starts=starts_on, ends=ends_on, field="ends_on")
    if not devices and not covers_all_devices:
        raise NothingCovered(field="devices")
    if (at_branch := branch or customer.branch) is None:
        raise BranchMissing(customer=customer.name, field="customer")
    cover = schemes()[scheme]
    contract = Contract(
        number=number.strip() or next_number(at_branch, "C", at), title=title.strip() or str(customer), customer=customer,
        branch=at_branch, scheme=scheme, tier=tier, sla=sla, starts_on=starts_on, ends_on=ends_on,
        covers_all_devices=covers_all_devices, covers_labour=cover.labour, covers_travel=cover.travel, covers_parts=cover.parts,
        excluded_groups=_groups([*cover.excluded_groups, *(excluded_groups or [])]),
    )  # fmt: skip
    if id:
        contract.id = id
    _save(contract)
    _put_cover(actor, contract, devices or [], at)
    record(contract, "contracts.signed", at=at)
    return contract


def _groups(keys: Iterable[str]) -> list[str]:
    for key in keys:
        if key not in part_groups():
            raise UnknownGroup(group=key, field="excluded_groups")
    return list(dict.fromkeys(keys))


def _save(contract: Contract) -> None:
    try:
        with transaction.atomic():
            contract.save(force_insert=True)
    except IntegrityError as error:
        if "number" not in str(error):
            raise
        raise NumberTaken(number=contract.number, field="number") from error


def _put_cover(actor: Actor, contract: Contract, devices: Iterable[Device], at: datetime) -> list[CoveredDevice]:
    there = set(contract.covered.values_list("device_id", flat=True))
    fresh = [device for device in {d.pk: d for d in devices}.values() if device.pk not in there]
    for device in fresh:
        if contract.customer_id not in (device.hospital_id, device.distributor_id):
            raise DeviceOfOther(number=device.number, customer=contract.customer.name, field="devices")
        details = {"number": contract.number, "starts": contract.starts_on.isoformat(), "ends": contract.ends_on.isoformat()}
        put_event(actor=actor, device=device, kind="covered", at=at, details=details)
    return CoveredDevice.objects.bulk_create([CoveredDevice(contract=contract, device=device) for device in fresh])


@operation("contracts.cover", right=KEEP_CONTRACTS, on="contract")
def cover(*, actor: Actor, contract: Contract, devices: list[Device], at: datetime) -> Contract:
    """Cover more devices of the customer by a contract; those it covers already stay as they are.

    :raises EndedAlready: the contract was ended early
    :raises DeviceOfOther: a device belongs to somebody else
    """
    if contract.ended_on:
        raise EndedAlready(number=contract.number)
    if not _put_cover(actor, contract, devices, at):
        unchanged(contract)
        return contract
    record(contract, "contracts.covered", at=at)
    return contract


@operation("contracts.end", right=KEEP_CONTRACTS, on="contract")
def end(*, actor: Actor, contract: Contract, ended_on: date, reason: str, at: datetime) -> Contract:
    """End a contract early; `ended_on` is its last day. Orders that were accepted under it keep their cover.

    :raises EndedAlready: it was ended before
    :raises ReasonMissing: no reason was given
    :raises PeriodUnfit: the day lies outside the contract
    """
    if contract.ended_on:
        raise EndedAlready(number=contract.number)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if not contract.starts_on <= ended_on <= contract.ends_on:
        raise PeriodUnfit(starts=contract.starts_on, ends=ended_on, field="ended_on")
    contract.ended_on, contract.ended_because = ended_on, reason.strip()
    contract.save()
    for covered in contract.covered.select_related("device"):
        details = {"number": contract.number, "until": ended_on.isoformat()}
        put_event(actor=actor, device=covered.device, kind="cover_ended", at=at, note=reason.strip(), details=details)
    record(contract, "contracts.ended", at=at)
    return contract
