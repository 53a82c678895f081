"""Hospital lists: names with aliases and campuses, levels, telephones, places, and rows that repeat others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from anwei.foundation.governance.findings import FindingKind, Severity
from anwei.foundation.governance.standards import Phone, hospital_level, match_key, organisation_name, phones
from anwei.foundation.organisations.geography import locate, official_province
from anwei.initialisation.migration.columns import MappedRow
from anwei.initialisation.migration.kinds.candidates import REPEATS, Checked, RowCheck

NAME_MISSING = FindingKind("hospital.name_missing", Severity.REJECT, _("The hospital's name is missing."))
CITY_MISSING = FindingKind("hospital.city_missing", Severity.REJECT, _("The city is missing; names are only unique within one."))
SAME_ADDRESS = FindingKind(
    "hospital.same_address", Severity.WARN, _("Row %(value)s has the same address under another name; they stay two.")
)
ALIAS_ELSEWHERE = FindingKind(
    "hospital.alias_elsewhere", Severity.WARN, _("“%(original)s” is also a name in row %(value)s of the same city.")
)
PROVINCE_REWRITTEN = FindingKind("hospital.province_rewritten", Severity.REPAIR, _("Province “%(original)s” was written as %(value)s."))
PROVINCE_UNKNOWN = FindingKind("hospital.province_unknown", Severity.WARN, _("“%(original)s” is no province of China."))
NOT_LOCATED = FindingKind(
    "hospital.not_located", Severity.WARN, _("No city or county was recognised in “%(original)s”; distances stay unknown.")
)


@dataclass(frozen=True, slots=True)
class HospitalCandidate:
    """A hospital as it would be registered."""

    name: str
    aliases: tuple[str, ...]
    campus: str
    province: str
    city: str
    county: str
    address: str
    level: str  # one of governance.standards.LEVELS, or ""
    phones: tuple[Phone, ...]
    adcode: str  # six digits of the county or city, or ""
    name_en: str
    tax_number: str


@dataclass(slots=True)
class _Seen:
    """Rows met so far, by what tells them apart."""

    names: dict[tuple[str, str], int] = field(default_factory=dict)
    aliases: dict[tuple[str, str], int] = field(default_factory=dict)
    addresses: dict[tuple[str, str], int] = field(default_factory=dict)


def check_hospitals(rows: Iterable[MappedRow]) -> Iterator[Checked[HospitalCandidate]]:
    """Turn each row into a candidate or hold it.

    A row with the city and name of an earlier one is held; the same address under another name is only a warning: 人民医院 and
    妇幼保健院 share addresses and are two.
    """
    seen = _Seen()
    for row in rows:
        check = RowCheck(row)
        candidate = _candidate(check)
        _compare(check, candidate, seen)
        yield check.close(candidate)


def _candidate(check: RowCheck) -> HospitalCandidate:
    row = check.row
    check.require("name", NAME_MISSING)
    check.require("city", CITY_MISSING)
    name = check.take(organisation_name(check.text("name", 200)))
    listed = [alias.strip() for alias in row.text("aliases").replace("；", ";").replace("、", ";").split(";")]
    province, city, county = _province(check), check.text("city", 40), check.text("county", 40)
    address = check.text("address", 300)
    return HospitalCandidate(
        name=name.name,
        aliases=tuple(dict.fromkeys(filter(None, (*name.aliases, *listed)))),
        campus=name.campus,
        province=province,
        city=city,
        county=county,
        address=address,
        level=check.take(hospital_level(row.text("level"))),
        phones=check.take(phones(row.text("phone"))),
        adcode=_adcode(check, province, city, f"{county} {address} {row.text('name')}"),
        name_en=check.text("name_en", 200),
        tax_number=check.text("tax_number", 20),
    )


def _province(check: RowCheck) -> str:
    written = check.text("province", 40)
    official = official_province(written)
    if written and not official:
        check.findings.append(PROVINCE_UNKNOWN.on("province", written))
    elif official != written:
        check.findings.append(PROVINCE_REWRITTEN.on("province", written, official))
    return official or written


def _adcode(check: RowCheck, province: str, city: str, text: str) -> str:
    """Give the code of the county or city; the list's own code of the city counts where the table knows no such city."""
    if place := locate(text, province, city):
        return place.adcode
    code = check.row.text("city_code")
    if len(code) == 6 and code.isdecimal():
        return code
    check.findings.append(NOT_LOCATED.on("city", f"{province}{city}"))
    return ""


def _compare(check: RowCheck, candidate: HospitalCandidate, seen: _Seen) -> None:
    """Compare a row with those before it."""
    number, city = check.row.number, match_key(candidate.city)
    if not candidate.name or not city:
        return
    key = (city, match_key(candidate.name))
    if first := seen.names.get(key):
        check.findings.append(REPEATS.on("name", candidate.name, first))
        return
    if other := seen.aliases.get(key):
        check.findings.append(ALIAS_ELSEWHERE.on("name", candidate.name, other))
    for alias in candidate.aliases:
        if other := seen.names.get((city, match_key(alias))):
            check.findings.append(ALIAS_ELSEWHERE.on("name", alias, other))
        seen.aliases.setdefault((city, match_key(alias)), number)
    seen.names[key] = number
    if candidate.address:
        first = seen.addresses.setdefault((city, match_key(candidate.address)), number)
        if first != number:
            check.findings.append(SAME_ADDRESS.on("address", candidate.address, first))
