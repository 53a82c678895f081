import pytest

from anwei.core.errors import NoRight
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Change, Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.organisations.errors import RoleMissing, SameBodyExists
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.operations import register

pytestmark = pytest.mark.django_db


def test_a_steward_registers_a_hospital_for_the_branch_of_its_province() -> None:
    branch = make_branch("SH", provinces=["上海市"])
    stella = make_actor("stella", "data_steward")
    body = register(actor=stella, name="上海市第一医院", roles=["hospital"], province="上海市", city="上海市", aliases=["公济医院"])
    assert body.branch == branch
    assert [a.name for a in body.aliases.all()] == ["公济医院"]


def test_the_same_name_in_the_same_city_is_refused() -> None:
    stella = make_actor("stella", "data_steward")
    register(actor=stella, name="第一医院", roles=["hospital"], city="上海市")
    register(actor=stella, name="第一医院", roles=["hospital"], city="南京市")
    with pytest.raises(SameBodyExists):
        register(actor=stella, name="第一医院", roles=["hospital"], city="上海市")
    assert Organisation.objects.count() == 2


def test_a_body_without_a_role_is_refused() -> None:
    with pytest.raises(RoleMissing):
        register(actor=make_actor("stella", "data_steward"), name="第一医院", roles=[])


def test_a_dispatcher_may_not_register_bodies() -> None:
    with pytest.raises(NoRight):
        register(actor=make_actor("dana", "dispatcher"), name="第一医院", roles=["hospital"])
    assert Deed.objects.filter(verb="organisations.register", outcome="refused", refusal="no_right").count() == 1


def test_a_deed_and_its_changes_stand_in_the_trail() -> None:
    stella = make_actor("stella", "data_steward")
    body = register(actor=stella.because("new customer"), name="第一医院", roles=["hospital"])
    deed = Deed.objects.get(verb="organisations.register")
    assert (deed.actor, deed.reason, deed.outcome, deed.subject) == (
        stella.id,
        "new customer",
        "done",
        f"organisations.Organisation:{body.pk}",
    )
    change = Change.objects.get(deed=deed.id, tbl="organisations_organisation")
    assert change.op == "I" and change.delta["name"] == [None, "第一医院"]
