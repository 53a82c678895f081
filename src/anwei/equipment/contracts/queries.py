"""Who pays: the coverage of a device, with its reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from anwei.core.labels import Label, Listing, Said
from anwei.equipment.contracts.models import Contract, CoveredDevice
from anwei.equipment.contracts.rules import MAJOR_GROUPS, AnswerKey, Cover, Way, judge
from anwei.equipment.devices.models import Device
from anwei.foundation.definitions.models import Version
from anwei.foundation.definitions.queries import all_published, domain

DEFAULT_TIER = "basic"
MOST_LEVELS = 5  # a device is part of a device is part of …

ANSWERS: Mapping[AnswerKey, Promise] = {
    "warranty": _("Under the maker's warranty"),
    "contract": _("Covered by contract"),
    "expired": _("Cover has ended"),
    "none": _("No cover known"),
}
SENTENCES: Mapping[str, Promise] = {
    "warranty_holds": _("The maker's warranty holds until %(until)s."),
    "warranty_ended": _("The maker's warranty ended on %(until)s."),
    "warranty_unknown": _("No end of a maker's warranty is recorded."),
    "contract_by_device": _("Contract %(number)s covers this device until %(until)s."),
    "contract_by_parent": _("Contract %(number)s covers the device that this one is part of, until %(until)s."),
    "contract_by_customer": _("Contract %(number)s covers every device of %(customer)s until %(until)s."),
    "contract_starts": _("Contract %(number)s begins only on %(starts)s."),
    "contract_ended": _("Contract %(number)s ended on %(until)s."),
    "contract_of_other": _("Contract %(number)s was made with %(customer)s, to whom the device belongs no more."),
    "no_contract": _("No contract names this device."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is as it is; as text it is a sentence in the reader's language."""

    code: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        return str(Said(SENTENCES[self.code], self.values))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who pays for a device on a day. A contract may hold beside a warranty: it then says how fast, the warranty who pays."""

    answer: AnswerKey
    until: date | None
    contract: Contract | None
    covers_labour: bool
    covers_travel: bool
    covers_parts: bool
    excluded_groups: Sequence[str]
    sla: Version | None  # the contract's, else the basic level where one is published
    reasons: Sequence[Reason]

    @property
    def label(self) -> Promise:
        """The answer in words."""
        return ANSWERS[self.answer]

    @property
    def pays(self) -> Sequence[str]:
        """What is paid for and what is not, in sentences; empty where nobody but the customer pays."""
        if self.answer in ("expired", "none"):
            return []
        parts = {_("labour"): self.covers_labour, _("travel"): self.covers_travel, _("parts"): self.covers_parts}
        paid, charged = (Listing(name for name, covered in parts.items() if covered is wanted) for wanted in (True, False))
        said = [(_("Paid for: %(what)s."), paid), (_("Charged: %(what)s."), charged)]
        said += [(_("Parts left out: %(what)s."), Listing(groups_named(self.excluded_groups)))]
        return [str(Said(sentence, {"what": what})) for sentence, what in said if what.names]

    def as_data(self) -> dict[str, Any]:
        """Return the answer as plain data in both languages: what an order keeps of the day it was accepted."""
        return {
            "answer": self.answer,
            "until": self.until.isoformat() if self.until else None,
            "contract": str(self.contract.pk) if self.contract else None,
            "contract_number": self.contract.number if self.contract else "",
            "covers_labour": self.covers_labour,
            "covers_travel": self.covers_travel,
            "covers_parts": self.covers_parts,
            "excluded_groups": list(self.excluded_groups),
            "sla": str(self.sla.pk) if self.sla else None,
            "reasons": [{"code": r.code, "values": dict(r.values), "zh": _in("zh-hans", r), "en": _in("en", r)} for r in self.reasons],
        }


def _in(language: str, reason: Reason) -> str:
    with override(language):
        return str(reason)


def coverage(device: Device, on: date) -> Coverage:
    """Return who pays for a device on a day, by what or why not: its own contracts, those of the device it is part of, those for all."""
    contracts = _contracts(device)
    verdict = judge(device.warranty_until, [cover for _contract, cover in contracts], on)
    contract = contracts[verdict.holds][0] if verdict.holds is not None else None
    pays_all = verdict.answer == "warranty"
    return Coverage(
        answer=verdict.answer,
        until=verdict.until,
        contract=contract,
        covers_labour=pays_all or bool(contract and contract.covers_labour),
        covers_travel=pays_all or bool(contract and contract.covers_travel),
        covers_parts=pays_all or bool(contract and contract.covers_parts),
        excluded_groups=contract.excluded_groups if contract and not pays_all else [],
        sla=contract.sla if contract else all_published("sla").get(DEFAULT_TIER),
        reasons=[Reason(ground.code, ground.values) for ground in verdict.grounds],
    )


def _contracts(device: Device) -> list[tuple[Contract, Cover]]:
    """Return every contract that has or had to do with a device, with what it says about it."""
    above = _above(device)
    owners = [key for key in (device.hospital_id, device.distributor_id) if key]
    listed = CoveredDevice.objects.filter(device__in=[device.pk, *above]).values("contract")
    rows = Contract.objects.filter(Q(pk__in=listed) | Q(covers_all_devices=True, customer__in=owners)).select_related("sla", "customer")
    own = set(CoveredDevice.objects.filter(device=device.pk).values_list("contract_id", flat=True))
    upper = set(CoveredDevice.objects.filter(device__in=above).values_list("contract_id", flat=True)) if above else set()
    return [(row, _cover(row, device, own, upper)) for row in rows.order_by("-last_day", "number")]


def _above(device: Device) -> list[UUID]:
    """Return the devices that this one is part of, the nearest first."""
    found: list[UUID] = []
    key = device.parent_id
    while key and key not in found and len(found) < MOST_LEVELS:
        found.append(key)
        key = Device.objects.values_list("parent_id", flat=True).get(pk=key)
    return found


def _cover(contract: Contract, device: Device, own: set[UUID], upper: set[UUID]) -> Cover:
    way: Way = "device" if contract.pk in own else "parent" if contract.pk in upper else "customer"
    is_hospital = "hospital" in contract.customer.roles
    return Cover(
        number=contract.number,
        customer=contract.customer.name,
        starts_on=contract.starts_on,
        last_day=contract.last_day,
        way=way,
        parts=contract.covers_parts,
        is_of_owner=not is_hospital or contract.customer_id == device.hospital_id,
    )


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a cover pays for."""

    key: str
    label: Label
    labour: bool
    travel: bool
    parts: bool
    excluded_groups: Sequence[str]


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return the covers that a contract can have, by their key."""
    rows = [row for row in domain("service_levels")["schemes"] if row["key"] not in ("warranty", "single")]
    return {row["key"]: _scheme(row) for row in rows}


def _scheme(row: Mapping[str, Any]) -> Scheme:
    pays = {name: not str(value).startswith("charged") for name, value in row["covers"].items()}
    excluded = MAJOR_GROUPS if "major_parts" in row["exclusions"] else ()
    return Scheme(row["key"], Label(row["zh"], row["en"]), pays["labour"], pays["travel"], pays["parts"], excluded)


@cache
def tier_names() -> Mapping[str, Label]:
    """Return the tiers of service levels by their key; which of them are published, the definitions say."""
    return {row["key"]: Label(row["zh"], row["en"]) for row in domain("service_levels")["tiers"]}


@cache
def part_groups() -> Mapping[str, Label]:
    """Return the groups of parts that a contract may leave out, by their key."""
    return {row["key"]: Label(row["zh"], row["en"]) for row in domain("parts")["groups"]}


def groups_named(keys: Iterable[str]) -> list[Label]:
    """Return the names of part groups."""
    return [part_groups().get(key, Label(key, key)) for key in keys]
