import pytest

from anwei.core.errors import NoRight
from anwei.core.search import matching, terms
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.inventory.parts.errors import PartExists
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.operations import register
from anwei.inventory.parts.tests.factory import make_part

pytestmark = pytest.mark.django_db


def test_a_part_is_found_by_number_name_and_initials() -> None:
    part = make_part(number="FS-2210", name_zh="流量传感器", name_en="Flow sensor")
    for typed in ("2210", "fs22", "传感", "llcgq", "sensor"):
        assert list(matching(Part.objects.all(), terms(typed))) == [part], typed


def test_a_number_is_taken_once() -> None:
    make_part(number="FS-2210")
    with pytest.raises(PartExists):
        make_part(number="FS-2210")


def test_an_engineer_may_not_add_parts() -> None:
    with pytest.raises(NoRight):
        register(actor=make_actor("tom", "field_engineer"), number="X", name_zh="甲", name_en="A")


def test_the_deed_is_in_the_trail() -> None:
    part = make_part()
    assert Deed.objects.get(verb="parts.register").subject == f"parts.Part:{part.pk}"
