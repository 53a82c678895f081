"""Agreeing prices, and comparing what is offered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.inventory.parts.tests.factory import make_part
from anwei.procurement.suppliers.errors import PeriodUnfit, PriceUnfit
from anwei.procurement.suppliers.models import PriceAgreement
from anwei.procurement.suppliers.operations import agree_price
from anwei.procurement.suppliers.queries import offers
from anwei.procurement.suppliers.tests.factory import make_price, make_supplier

pytestmark = pytest.mark.django_db


def test_a_new_price_ends_the_former_the_day_before() -> None:
    supplier, part, today = make_supplier(), make_part(), timezone.localdate()
    make_price(supplier, part, "100")
    make_price(supplier, part, "90", valid_from=today)
    assert [offer.agreement.price for offer in offers([part.pk], today)[part.pk]] == [Decimal(90)]
    assert [offer.agreement.price for offer in offers([part.pk], today - timedelta(1))[part.pk]] == [Decimal(100)]


def test_the_same_price_entered_twice_is_one_agreement() -> None:
    supplier, part = make_supplier(), make_part()
    assert make_price(supplier, part) == make_price(supplier, part)
    assert PriceAgreement.objects.count() == 1


def test_offers_that_may_not_be_used_come_last_whatever_they_cost() -> None:
    part, unlicensed = make_part(), make_supplier("Cheap", licensed=False)
    make_price(unlicensed, part, "10")
    make_price(make_supplier("Dear"), part, "120", lead_days=2)
    make_price(make_supplier("Fair"), part, "100", lead_days=9)
    found = offers([part.pk], timezone.localdate())[part.pk]
    assert [str(offer.supplier) for offer in found] == ["Fair", "Dear", "Cheap"]
    assert [bool(offer.obstacles) for offer in found] == [False, False, True]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"price": "0"}, PriceUnfit),
        ({"tax_rate": Decimal(13)}, PriceUnfit),
        ({"minimum": Decimal(0)}, PriceUnfit),
        ({"valid_until": timezone.localdate() - timedelta(9)}, PeriodUnfit),
    ],
)
def test_what_is_no_agreement_is_refused(changed: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        make_price(make_supplier(), make_part(), **changed)  # type: ignore[arg-type]
    assert not PriceAgreement.objects.exists()


def test_prices_are_agreed_by_buyers_only() -> None:
    with pytest.raises(NoRight):
        agree_price(
            actor=make_actor("sue", "storekeeper"), supplier=make_supplier(), part=make_part(), price=Decimal(1), tax_rate=Decimal(0),
            valid_from=timezone.localdate(), lead_days=1,
        )  # fmt: skip
