"""Lists of device models: identifiers with their check digits and issuers, makers, brands, categories by GMDN term."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from anwei.core.identifiers import UdiRefusal, find_oddities, issuer_of, read_gtin
from anwei.foundation.governance.findings import FindingKind, Severity
from anwei.foundation.governance.standards import match_key
from anwei.initialisation.migration.columns import MappedRow
from anwei.initialisation.migration.kinds.candidates import REPEATS, Checked, RowCheck

NAME_MISSING = FindingKind("model.name_missing", Severity.REJECT, _("The model's name is missing."))
MAKER_MISSING = FindingKind("model.maker_missing", Severity.REJECT, _("The maker is missing."))
DI_FORM = FindingKind("model.di_form", Severity.REJECT, _("“%(original)s” has the form of no issuer's identifier."))
DI_CHECK_DIGIT = FindingKind(
    "model.di_check_digit", Severity.REJECT, _("The check digit of “%(original)s” is wrong. Compare it with the label.")
)
DI_ISSUER = FindingKind("model.di_issuer", Severity.REPAIR, _("The identifier is labelled “%(original)s”, but is one of %(value)s."))
DI_PADDED = FindingKind("model.di_padded", Severity.REPAIR, _("“%(original)s” was written with its leading zeros: %(value)s."))
BRAND_EMPTY = FindingKind("model.brand_empty", Severity.REPAIR, _("Brand “%(original)s” means none and was left empty."))
NO_CATEGORY = FindingKind("model.no_category", Severity.WARN, _("“%(original)s” belongs to no device category; choose one."))
TERM_UNKNOWN = FindingKind("model.term_unknown", Severity.WARN, _("The term “%(original)s” is not known; choose a device category."))

_NONE = frozenset({"n/a", "na", "n.a.", "none", "null", "-", "--", "/", "无", "不适用", "tbd", "unknown"})


@dataclass(frozen=True, slots=True)
class DeviceModelCandidate:
    """A device model as it would be registered."""

    name: str
    maker_name: str
    brand: str
    udi_di: str
    udi_issuer: str
    gmdn: str
    category: str  # key of a device category, or ""


def gmdn_categories(plain: Mapping[str, Any]) -> dict[str, str]:
    """Give the category's key by GMDN term, "" for terms known to have none.

    :param plain: the content of ``domain/categories.yaml``
    """
    terms = {term.casefold(): category["key"] for category in plain["categories"] for term in category["gmdn_terms"]}
    return terms | {term.casefold(): "" for group in plain["gmdn_without_category"] for term in group["terms"]}


def check_device_models(rows: Iterable[MappedRow], categories: Mapping[str, str]) -> Iterator[Checked[DeviceModelCandidate]]:
    """Turn each row into a candidate or hold it.

    An identifier whose check digit fails is never taken; one under a wrong issuer's label is taken under the right one.

    :param categories: device categories by GMDN term, see :func:`gmdn_categories`
    """
    identifiers: dict[str, int] = {}
    names: dict[tuple[str, str, str], int] = {}
    for row in rows:
        check = RowCheck(row)
        candidate = _candidate(check, categories)
        name = (match_key(candidate.maker_name), match_key(candidate.name), candidate.udi_di)
        if candidate.udi_di and (first := identifiers.setdefault(candidate.udi_di, row.number)) != row.number:
            check.findings.append(REPEATS.on("udi_di", candidate.udi_di, first))
        elif candidate.name and (first := names.setdefault(name, row.number)) != row.number:
            check.findings.append(REPEATS.on("name", candidate.name, first))
        yield check.close(candidate)


def _candidate(check: RowCheck, categories: Mapping[str, str]) -> DeviceModelCandidate:
    check.require("name", NAME_MISSING)
    check.require("maker", MAKER_MISSING)
    udi_di, issuer = _identifier(check)
    gmdn = check.text("gmdn", 200)
    return DeviceModelCandidate(
        name=check.text("name", 200),
        maker_name=check.text("maker", 200),
        brand=_brand(check),
        udi_di=udi_di,
        udi_issuer=issuer,
        gmdn=gmdn,
        category=_category(check, gmdn, categories),
    )


def _identifier(check: RowCheck) -> tuple[str, str]:
    """Give the device identifier and its issuer, whatever the label says."""
    written, label = check.text("udi_di", 40), check.row.text("issuer")
    if not written:
        return "", ""
    kinds = {"di_form": DI_FORM, "di_check_digit": DI_CHECK_DIGIT}
    found = {oddity.code for oddity in find_oddities(written, label)}
    check.findings += [kind.on("udi_di", written) for code, kind in kinds.items() if code in found]
    issuer = issuer_of(written)
    if issuer is None:
        return written, ""
    if label and "di_issuer" in found:
        check.findings.append(DI_ISSUER.on("issuer", label, issuer))
    try:
        full = read_gtin(written, written) if issuer == "GS1" else written
    except UdiRefusal:  # said above
        return written, issuer
    if full != written:
        check.findings.append(DI_PADDED.on("udi_di", written, full))
    return full, issuer


def _brand(check: RowCheck) -> str:
    brand = check.text("brand", 200)
    if brand.casefold() not in _NONE:
        return brand
    check.findings.append(BRAND_EMPTY.on("brand", brand))
    return ""


def _category(check: RowCheck, gmdn: str, categories: Mapping[str, str]) -> str:
    """Give the category written, else that of the GMDN term."""
    written = check.text("category", 40)
    if written or not gmdn:
        return written
    category = categories.get(gmdn.casefold())
    if not category:
        check.findings.append((TERM_UNKNOWN if category is None else NO_CATEGORY).on("gmdn", gmdn))
    return category or ""
