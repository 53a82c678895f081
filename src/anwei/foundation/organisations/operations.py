from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.foundation.branches.models import Branch
from anwei.foundation.organisations.errors import RoleMissing, SameBodyExists
from anwei.foundation.organisations.models import Alias, Contact, Department, Organisation
from anwei.foundation.organisations.permissions import KEEP_ORGANISATIONS


@operation("organisations.register", right=KEEP_ORGANISATIONS)
def register(
    *, actor: Actor, name: str, roles: list[str], province: str = "", city: str = "", county: str = "", adcode: str = "", address: str = "",
    level: str = "", phones: list[str] | None = None, name_en: str = "", aliases: list[str] | None = None, branch: Branch | None = None,
    id: UUID | None = None,
) -> Organisation:  # fmt: skip
    """Register a legal body with its roles.

    Without a branch it goes to the one that serves its province.

    :raises RoleMissing: no role was given
    :raises SameBodyExists: the same name stands in the same city already
    """
    if not roles or set(roles) - set(Organisation.Role.values):
        raise RoleMissing
    if Organisation.objects.living().filter(name=name, city=city).exists():
        raise SameBodyExists(name=name, city=city or "—")
    body = Organisation(
        name=name, roles=sorted(set(roles)), province=province, city=city, county=county, adcode=adcode, address=address, level=level,
        phones=phones or [], name_en=name_en, branch=branch or _branch_of(province),
    )  # fmt: skip
    if id:
        body.id = id
    body.alias_names = aliases or []  # type: ignore[attr-defined]
    body.save(force_insert=True)
    Alias.objects.bulk_create([Alias(organisation=body, name=a) for a in dict.fromkeys(aliases or [])])
    record(body, "organisations.registered")
    return body


def _branch_of(province: str) -> Branch | None:
    return Branch.objects.filter(provinces__contains=[province]).first() if province else None


@operation("organisations.add_department", right=KEEP_ORGANISATIONS, on="organisation")
def add_department(*, actor: Actor, organisation: Organisation, name: str) -> Department:
    """Add a ward or department to a body; one that exists is returned as it is."""
    department, made = Department.objects.get_or_create(organisation=organisation, name=name)
    record(organisation, "organisations.department_added") if made else unchanged(organisation)
    return department


@operation("organisations.add_contact", right=KEEP_ORGANISATIONS, on="organisation")
def add_contact(
    *, actor: Actor, organisation: Organisation, name: str, phone: str = "", duty: str = "", department: Department | None = None
) -> Contact:
    """Add a person at a body whom we may call."""
    contact = Contact.objects.create(organisation=organisation, department=department, name=name, phone=phone, duty=duty)
    record(organisation, "organisations.contact_added")
    return contact
