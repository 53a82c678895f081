"""What each kind of import does with a checked row: what is there already, how it is loaded, how it is taken back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Text
from anwei.equipment.devices.models import DeviceModel
from anwei.equipment.devices.operations import register_model
from anwei.foundation.definitions.queries import domain
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.operations import register as register_body
from anwei.initialisation.migration.columns import MappedRow
from anwei.initialisation.migration.kinds import check_device_models, check_hospitals, gmdn_categories
from anwei.initialisation.migration.kinds.candidates import Checked


@dataclass(frozen=True, slots=True)
class Loader:
    """One kind of import."""

    kind: str
    label: Text
    check: Callable[[Iterable[MappedRow]], Iterator[Checked[Any]]]
    plain: Callable[[Any], dict[str, Any]]  # a candidate as it is kept with its row
    existing: Callable[[list[dict[str, Any]]], dict[int, UUID]]  # which of these rows are there already, by place in the list
    load: Callable[[Actor, Mapping[str, Any]], UUID]
    take_back: Callable[[UUID], bool]  # False: something holds on to the record


def _hospital(candidate: Any) -> dict[str, Any]:
    return asdict(candidate) | {"phones": [str(phone) for phone in candidate.phones], "aliases": list(candidate.aliases)}


def _existing_hospitals(rows: list[dict[str, Any]]) -> dict[int, UUID]:
    there = Organisation.objects.living().filter(name__in=[r["name"] for r in rows]).only("name", "city")
    names = {(o.name, o.city): o.pk for o in there}
    return {place: names[r["name"], r["city"]] for place, r in enumerate(rows) if (r["name"], r["city"]) in names}


def _load_hospital(actor: Actor, row: Mapping[str, Any]) -> UUID:
    body = register_body(
        actor=actor, name=row["name"], roles=["hospital"], province=row["province"], city=row["city"], county=row["county"],
        adcode=row["adcode"], address=row["address"], level=row["level"], phones=row["phones"], name_en=row["name_en"],
        aliases=row["aliases"],
    )  # fmt: skip
    return body.pk


def _deleted(delete: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():  # what other records hold on to stays; the rest of the import is taken back all the same
            delete()
    except ProtectedError:
        return False
    return True


def _take_hospital_back(record: UUID) -> bool:
    body = Organisation.objects.filter(pk=record).first()
    if body is None:
        return True

    def delete() -> None:
        body.aliases.all().delete()
        body.delete()

    return _deleted(delete)


@cache
def _gmdn() -> dict[str, str]:
    return gmdn_categories(domain("categories"))


def _existing_models(rows: list[dict[str, Any]]) -> dict[int, UUID]:
    known = {m.udi_di: m.pk for m in DeviceModel.objects.filter(udi_di__in=[r["udi_di"] for r in rows if r["udi_di"]]).only("udi_di")}
    return {place: known[r["udi_di"]] for place, r in enumerate(rows) if r["udi_di"] in known}


def _load_model(actor: Actor, row: Mapping[str, Any]) -> UUID:
    return register_model(
        actor=actor, name=row["name"], maker_name=row["maker_name"], brand=row["brand"], category=row["category"], udi_di=row["udi_di"],
        gmdn=row["gmdn"],
    ).pk  # fmt: skip


def _take_model_back(record: UUID) -> bool:
    model = DeviceModel.objects.filter(pk=record).first()
    return model is None or _deleted(model.delete)


LOADERS = {
    loader.kind: loader
    for loader in (
        Loader("hospital", _("Hospitals"), check_hospitals, _hospital, _existing_hospitals, _load_hospital, _take_hospital_back),
        Loader(
            "device_model",
            _("Device models"),
            lambda rows: check_device_models(rows, _gmdn()),
            asdict,
            _existing_models,
            _load_model,
            _take_model_back,
        ),
    )
}
