"""The catalogue of models."""

from uuid import UUID

from django.db import IntegrityError, transaction

from anwei.core.actor import Actor
from anwei.core.identifiers import CheckDigitWrong, Issuer, issuer_of, read_gtin
from anwei.core.operation import operation, record
from anwei.equipment.devices.errors import DiUnfit, ModelNameMissing, SameModelExists, UnknownCategory, WrongRole
from anwei.equipment.devices.models import DeviceModel
from anwei.equipment.devices.permissions import KEEP_MODELS
from anwei.equipment.devices.queries import categories
from anwei.foundation.organisations.models import Organisation

__all__ = ["CheckDigitWrong", "register_model"]


@operation("devices.register_model", right=KEEP_MODELS)
def register_model(
    *, actor: Actor, name: str, maker: Organisation | None = None, maker_name: str = "", brand: str = "", category: str = "",
    udi_di: str = "", gmdn: str = "", id: UUID | None = None,
) -> DeviceModel:  # fmt: skip
    """Register a model of a maker; the issuer of its device identifier is read from the identifier itself.

    :raises ModelNameMissing: no name was given
    :raises UnknownCategory: the category is none of the domain's
    :raises WrongRole: the maker is not registered as a maker
    :raises DiUnfit: the device identifier has no issuer's form
    :raises CheckDigitWrong: the check digit of a GTIN tells of a misreading
    :raises SameModelExists: the same model of this maker, or the same device identifier, is there already
    """
    name, udi_di = name.strip(), udi_di.strip()
    if not name:
        raise ModelNameMissing(field="name")
    if category and category not in categories():
        raise UnknownCategory(category=category, field="category")
    if maker and Organisation.Role.MAKER not in maker.roles:
        raise WrongRole(name=maker.name, field="maker")
    model = DeviceModel(
        name=name, maker=maker, maker_name=maker.name if maker else maker_name.strip(), brand=brand, category=category,
        udi_di=udi_di, udi_issuer=_issuer(udi_di), gmdn=gmdn,
    )  # fmt: skip
    if id:
        model.id = id
    try:
        with transaction.atomic():
            model.save(force_insert=True)
    except IntegrityError as error:
        raise SameModelExists(name=name, maker=model.maker_name or "—") from error
    record(model, "devices.model_registered")
    return model


def _issuer(udi_di: str) -> str:
    if not udi_di:
        return ""
    issuer = issuer_of(udi_di)
    if issuer is None:
        raise DiUnfit(di=udi_di, field="udi_di")
    if issuer is Issuer.GS1:
        read_gtin(udi_di, udi_di)
    return issuer.value
