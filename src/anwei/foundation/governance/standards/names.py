"""Names of organisations: what stands in brackets behind a name is another name, a campus, or part of the name."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from anwei.foundation.governance.findings import Finding, FindingKind, Severity, Standardised
from anwei.foundation.governance.standards.texts import tidy_text

ALIAS = FindingKind("name.alias", Severity.REPAIR, _("“%(value)s” was taken out of “%(original)s” as another name."))
CAMPUS = FindingKind("name.campus", Severity.WARN, _("“%(original)s” names a campus, %(value)s; it stays a place of its own."))
BRACKET_KEPT = FindingKind("name.bracket_kept", Severity.WARN, _("The words in brackets stay part of the name “%(original)s”."))


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """The name to show, other names it goes by, and the campus where the name points to one."""

    name: str
    aliases: tuple[str, ...] = ()
    campus: str = ""


_TAIL = re.compile(r"\s*[(（]([^()（）]*)[)）]$")
_BRACKET = re.compile(r"[(（]")
_CAMPUS = re.compile(r"院区|校区|分院$|^(?:总|本|东|西|南|北|新|老|旧|主|分|中).?[院区部]$|^本部$|^[东西南北]部$|^..[新老]院$")
_BODY = re.compile(r"(?:医院|卫生院|保健院|卫生室|卫生所|诊所|中心|公司|研究所|防治院|疗养院|西院|东院)$")
_REMARK = re.compile(r"定点")


def organisation_name(text: str, field: str = "name") -> Standardised[OrganisationName]:
    """Give the name without the other names behind it; both widths of brackets count.

    A campus (院区) stays in the name: two campuses are two places.
    """
    whole, tidied = tidy_text(text, field)
    name, aliases, campus = whole, list[str](), ""
    findings: list[Finding] = list(tidied)
    while (found := _TAIL.search(name)) and found.start() and not campus:
        inside = found.group(1).strip()
        if _CAMPUS.search(inside):
            campus = inside
            findings.append(CAMPUS.on(field, whole, campus))
        elif _BODY.search(inside) and not _REMARK.search(inside):
            name = name[: found.start()]
            aliases.insert(0, inside.removeprefix("原"))
            findings.append(ALIAS.on(field, whole, aliases[0]))
        else:
            break
    if _BRACKET.search(name) and not campus:
        findings.append(BRACKET_KEPT.on(field, name))
    return Standardised(OrganisationName(name, tuple(aliases), campus), tuple(findings))


def match_key(name: str) -> str:
    """Give the name for comparing: half width, lower case, without spaces and punctuation."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name)).casefold()
