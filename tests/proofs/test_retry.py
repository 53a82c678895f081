"""T12: a restartable fault at any statement of a deed leaves the state of an undisturbed deed; one that stays ends cleanly."""

import threading
from typing import Any

import pytest
from django.db import OperationalError, connection

from anwei.core.actor import Actor
from anwei.core.operation import ATTEMPTS, REGISTER, operation, record
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.operations import register
from anwei.foundation.organisations.permissions import KEEP_ORGANISATIONS
from tests.proofs.deeds import DEEDS
from tests.proofs.faults import DEADLOCK, SERIALIZATION, Fault, Proven, gained, injected, state

pytestmark = pytest.mark.commit
NEVER = 10_000


@pytest.mark.parametrize("deed", DEEDS, ids=[d.verb for d in DEEDS])
@pytest.mark.parametrize("sqlstate", [SERIALIZATION, DEADLOCK])
def test_a_fault_at_any_statement_leaves_what_an_undisturbed_deed_leaves(committed: str, deed: Proven, sqlstate: str) -> None:
    deed.perform(*deed.arrange(0), "first")  # what is read once and kept in memory is read here
    actor, document = deed.arrange(1)
    before = state()
    with injected(Fault(NEVER, sqlstate)) as counter:
        assert deed.perform(actor, document, "undisturbed").status == 200
    expected = gained(before)
    assert expected["deeds done"] == 1 and counter.seen >= 3
    for at in range(1, counter.seen + 1):
        actor, document = deed.arrange(at + 1)
        before = state()
        with injected(Fault(at, sqlstate)) as fault:
            answer = deed.perform(actor, document, f"struck-{at}")
        assert (fault.struck, answer.status, answer.replayed) == (1, 200, False)
        assert gained(before) == expected, f"struck at statement {at} of {counter.seen}"


@pytest.mark.parametrize("deed", DEEDS, ids=[d.verb for d in DEEDS])
def test_a_fault_that_stays_is_tried_four_times_and_leaves_nothing(committed: str, deed: Proven) -> None:
    actor, document = deed.arrange(0)
    before = state()
    with injected(Fault(3, DEADLOCK, times=NEVER)) as fault, pytest.raises(OperationalError):
        deed.perform(actor, document, "hopeless")
    assert fault.struck == ATTEMPTS and gained(before) == {}
    assert deed.perform(actor, document, "hopeless").status == 200


def test_two_deeds_that_lock_crosswise_both_end_well(committed: str) -> None:
    system = system_actor("test")
    first, second = (register(actor=system, name=name, roles=["hospital"]) for name in ("甲医院", "乙医院"))
    both_hold_one = threading.Barrier(2)
    attempts: list[str] = []

    @operation("proofs.rename_two", right=KEEP_ORGANISATIONS, on="one")
    def rename_two(*, actor: Actor, one: Organisation, other: Organisation) -> Organisation:
        """Rename two bodies."""
        attempts.append(one.name)
        if len(attempts) <= 2:
            both_hold_one.wait(10)
        Organisation.objects.select_for_update().get(pk=other.pk)
        for body in (one, other):
            Organisation.objects.filter(pk=body.pk).update(address=str(actor.name))
        record(one, "proofs.renamed")
        return one

    results: list[Any] = []

    def run(one: Organisation, other: Organisation) -> None:
        try:
            results.append(rename_two(actor=system, one=one, other=other))
        finally:
            connection.close()

    try:
        threads = [threading.Thread(target=run, args=pair) for pair in ((first, second), (second, first))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    finally:
        del REGISTER["proofs.rename_two"]
    assert len(results) == 2 and len(attempts) == 3
