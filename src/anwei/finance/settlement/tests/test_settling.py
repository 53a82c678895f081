"""Settling: a payer changed with a reason, confirmed once, and never while a payer is open."""

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.core.flow.errors import ConditionNotMet
from anwei.equipment.devices.tests.factory import make_device
from anwei.finance.settlement.errors import Confirmed, NobodyToBill, PayerReasonNeeded, UnknownPayer
from anwei.finance.settlement.operations import choose_payer, confirm
from anwei.finance.settlement.tests.factory import make_settlement
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed

pytestmark = pytest.mark.django_db


def test_another_payer_is_chosen_with_a_reason_that_stays() -> None:
    fay, settlement = make_actor("fay", "finance_clerk"), make_settlement(make_device(), payer="open")
    line = settlement.lines.order_by("id")[0]
    choose_payer(actor=fay, settlement=settlement, line=line, payer="hospital", reason="院方已同意自费")
    line.refresh_from_db()
    assert (line.payer, line.reason, line.reason_note, line.payer_body) == (
        "hospital", "chosen", "院方已同意自费", settlement.order.hospital,
    )  # fmt: skip
    assert Deed.objects.filter(verb="settlement.choose_payer", subject=f"settlement.Settlement:{settlement.pk}").exists()


@pytest.mark.parametrize(
    ("payer", "reason", "refusal"),
    [("nobody", "x", UnknownPayer), ("open", "x", UnknownPayer), ("ours", "  ", PayerReasonNeeded), ("distributor", "x", NobodyToBill)],
)
def test_an_unfit_choice_changes_nothing(payer: str, reason: str, refusal: type[Exception]) -> None:
    fay, settlement = make_actor("fay", "finance_clerk"), make_settlement(make_device())
    line = settlement.lines.order_by("id")[0]
    with pytest.raises(refusal):
        choose_payer(actor=fay, settlement=settlement, line=line, payer=payer, reason=reason)
    line.refresh_from_db()
    assert (line.payer, line.reason) == ("hospital", "cover_none")


def test_a_line_of_another_settlement_is_not_changed() -> None:
    fay, mine, other = make_actor("fay", "finance_clerk"), make_settlement(make_device()), make_settlement(make_device())
    with pytest.raises(UnknownPayer):
        choose_payer(actor=fay, settlement=mine, line=other.lines.order_by("id")[0], payer="ours", reason="x")


def test_a_settlement_with_an_open_payer_is_not_confirmed() -> None:
    settlement = make_settlement(make_device(), payer="open")
    with pytest.raises(ConditionNotMet):
        confirm(actor=make_actor("fay", "finance_clerk"), settlement=settlement, at=timezone.now())
    settlement.refresh_from_db()
    assert settlement.state == "proposed"


def test_a_settlement_is_confirmed_once_and_then_stands() -> None:
    fay, settlement = make_actor("fay", "finance_clerk"), make_settlement(make_device())
    confirm(actor=fay, settlement=settlement, at=timezone.now())
    settlement.order.refresh_from_db()
    assert settlement.order.state == "settled" and settlement.order.settled_at
    with pytest.raises(Confirmed):
        confirm(actor=fay, settlement=settlement, at=timezone.now())
    with pytest.raises(Confirmed):
        choose_payer(actor=fay, settlement=settlement, line=settlement.lines.order_by("id")[0], payer="ours", reason="x")
    assert list(settlement.order.steps.filter(verb="settle").values_list("to_state", flat=True)) == ["settled"]


@pytest.mark.parametrize("role", ["auditor", "quality_officer", "service_manager"])
def test_only_the_finance_clerk_settles(role: str) -> None:
    with pytest.raises(NoRight):
        confirm(actor=make_actor("x", role), settlement=make_settlement(make_device()), at=timezone.now())
