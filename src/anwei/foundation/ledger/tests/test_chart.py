import pytest

from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.ledger.models import Account
from anwei.foundation.ledger.operations import install_chart

pytestmark = pytest.mark.django_db


def test_the_chart_is_opened_once_and_asking_again_changes_nothing() -> None:
    install_chart(actor=system_actor("test"))
    before = Account.objects.count()
    assert before and install_chart(actor=system_actor("test")) == 0
    assert Account.objects.count() == before
    assert Deed.objects.filter(verb="ledger.install_chart").latest("received").outcome == "unchanged"
