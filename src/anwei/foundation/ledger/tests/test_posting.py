"""Posting: balanced, to accounts that exist, and once per source whoever asks."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.core.operation import record
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.ledger.errors import PostedAlready, Unbalanced, UnknownAccount
from anwei.foundation.ledger.models import Account, Entry
from anwei.foundation.ledger.operations import Side, install_chart, post_entry
from tests.trail.factory import deed

pytestmark = pytest.mark.django_db
BANK, REVENUE = "1002", "6001"


@deed
def _post(*, actor: Actor, source: UUID, sides: list[Side], posting: str = "receive") -> Entry:
    entry = post_entry(source="tests.Source", source_id=source, posting=posting, on=timezone.localdate(), sides=sides)
    record(entry, "tests.posted")
    return entry


def post(source: UUID, *sides: Side, posting: str = "receive") -> Entry:
    made: Entry = _post(actor=system_actor("test"), source=source, sides=list(sides), posting=posting)
    return made


def test_an_entry_holds_a_line_for_each_side() -> None:
    entry = post(uuid7(), Side(BANK, Decimal("106.00")), Side(REVENUE, Decimal("-106.00")))
    found = list(entry.lines.order_by("debit").values_list("account__code", "debit", "credit"))
    assert found == [(REVENUE, Decimal(0), Decimal(106)), (BANK, Decimal(106), Decimal(0))]


def test_a_source_is_posted_once_for_each_kind_of_posting() -> None:
    source, sides = uuid7(), (Side(BANK, Decimal(1)), Side(REVENUE, Decimal(-1)))
    post(source, *sides)
    with pytest.raises(PostedAlready):
        post(source, *sides)
    post(source, *sides, posting="refund")
    assert Entry.objects.filter(source_id=source).count() == 2


@pytest.mark.parametrize(
    ("sides", "refusal"),
    [
        ([Side(BANK, Decimal(1)), Side(REVENUE, Decimal("-1.01"))], Unbalanced),
        ([], Unbalanced),
        ([Side(BANK, Decimal(1)), Side("no such account", Decimal(-1))], UnknownAccount),
    ],
)
def test_what_does_not_balance_or_has_no_account_is_not_posted(sides: list[Side], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        post(uuid7(), *sides)
    assert not Entry.objects.exists()


def test_the_chart_of_accounts_is_installed_once() -> None:
    before = Account.objects.count()
    assert before > 3 and install_chart(actor=system_actor("test")) == 0
    assert Account.objects.count() == before
