import pytest

from anwei.core.errors import NoRight
from anwei.core.identifiers import CheckDigitWrong
from anwei.equipment.devices.errors import DiUnfit, ModelNameMissing, SameModelExists, UnknownCategory, WrongRole
from anwei.equipment.devices.models import DeviceModel
from anwei.equipment.devices.operations import register_model
from anwei.equipment.devices.tests.factory import make_hospital
from anwei.equipment.devices.tests.trail import last_deed
from anwei.foundation.accounts.tests.factory import make_actor

pytestmark = pytest.mark.django_db
GTIN = "06971234500014"


def test_a_steward_registers_a_model_and_its_issuer_is_read_from_the_identifier() -> None:
    model = register_model(
        actor=make_actor("stella", "data_steward"), name=" LB-V60 ", maker_name="澜泊医疗", category="ventilator", udi_di=GTIN
    )
    assert (model.name, model.udi_issuer) == ("LB-V60", "GS1")
    assert last_deed("devices.register_model").subject == f"devices.DeviceModel:{model.pk}"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": "  "}, ModelNameMissing),
        ({"category": "spaceship"}, UnknownCategory),
        ({"udi_di": "no-such-form"}, DiUnfit),
        ({"udi_di": "06971234500015"}, CheckDigitWrong),
    ],
)
def test_a_model_that_cannot_be_is_refused(given: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        register_model(actor=make_actor("stella", "data_steward"), **({"name": "LB-V60"} | given))  # type: ignore[arg-type]
    assert not DeviceModel.objects.exists()


def test_a_hospital_is_no_maker() -> None:
    with pytest.raises(WrongRole):
        register_model(actor=make_actor("stella", "data_steward"), name="LB-V60", maker=make_hospital())


def test_the_same_model_of_a_maker_is_refused_the_second_time() -> None:
    stella = make_actor("stella", "data_steward")
    register_model(actor=stella, name="LB-V60", maker_name="澜泊医疗")
    with pytest.raises(SameModelExists):
        register_model(actor=stella, name="LB-V60", maker_name="澜泊医疗")
    register_model(actor=stella, name="LB-V60", maker_name="another maker")
    assert DeviceModel.objects.count() == 2


def test_a_device_identifier_belongs_to_one_model() -> None:
    stella = make_actor("stella", "data_steward")
    register_model(actor=stella, name="LB-V60", udi_di=GTIN)
    with pytest.raises(SameModelExists):
        register_model(actor=stella, name="LB-V61", udi_di=GTIN)


def test_an_intake_clerk_may_not_register_models() -> None:
    with pytest.raises(NoRight):
        register_model(actor=make_actor("ida", "intake_clerk"), name="LB-V60")
