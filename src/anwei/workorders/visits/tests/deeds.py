"""What every operation of a visit has in common."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight, NotFound, Refusal
from anwei.core.operation import Operation, deliver
from anwei.foundation.audit.models import Deed
from anwei.workorders.orders.models import WorkOrder
from tests.journeys.company import Company


def refused_without_right(op: Operation[..., Any], company: Company, order: WorkOrder, **given: Any) -> None:
    """Check that a dispatcher, who sees the order but does not work on it, is refused by right."""
    with pytest.raises(NoRight):
        op(actor=company.actor("dana"), order=order, at=timezone.now(), **given)


def refused_to_a_stranger(op: Operation[..., Any], other: Company, order: WorkOrder, **given: Any) -> None:
    """Check that another engineer, who was not sent, does not even see the order."""
    with pytest.raises((NotFound, Refusal)) as refusal:
        op(actor=other.actor("tom"), order=order, at=timezone.now(), **given)
    assert refusal.value.status == 404


def delivered_twice(op: Operation[..., Any], company: Company, count: Callable[[], int], **given: Any) -> None:
    """Check that the same request sent again is answered with the first answer and does nothing more."""
    request_id, at = str(uuid4()), timezone.now()
    answers = [
        deliver(
            op,
            company.actor("tom"),
            lambda: {**given, "actor": company.actor("tom"), "at": at},
            lambda made: {"done": True},
            request_id=request_id,
            body=b"same",
        )[0]
        for _turn in range(2)
    ]
    assert [answer.replayed for answer in answers] == [False, True] and {answer.status for answer in answers} == {200}
    assert count() == 1


def last_deed(verb: str) -> Deed:
    """Return the last deed of a verb, as the trail keeps it."""
    return Deed.objects.filter(verb=verb).order_by("-id")[0]
