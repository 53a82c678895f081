from datetime import UTC, datetime

import pytest

from anwei.core.actor import Actor
from anwei.core.doors.arguments import Malformed
from anwei.core.errors import NoRight, NotFound
from anwei.core.operation import REGISTER, operation, record
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import take_role
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.governance.errors import (
    DecidedAlready,
    NotYourOwnProposal,
    NotYoursToPropose,
    ProposedAlready,
    ReasonMissing,
    UnknownDeed,
)
from anwei.foundation.governance.models import Proposal
from anwei.foundation.governance.operations import approve, decline, propose

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
NEW = {"code": "GZ", "name_zh": "广州分公司", "name_en": "Guangzhou", "provinces": ["广东省"]}


@pytest.fixture
def branch() -> Branch:
    """The record that proposals here are about."""
    return make_branch("SH")


@pytest.fixture
def adam() -> Actor:
    """Somebody who may open branches, and proposes to."""
    return make_actor("adam", "administrator")


def subject(branch: Branch) -> str:
    return f"branches.Branch:{branch.pk}"


def proposed(actor: Actor, branch: Branch, **changed: object) -> Proposal:
    given: dict[str, object] = {"verb": "branches.open", "payload": NEW, "subject": subject(branch), "reason": "华南需要分公司"}
    return propose(actor=actor, at=AT, **(given | changed))  # type: ignore[arg-type]


def test_a_proposal_changes_nothing_until_it_is_approved(adam: Actor, branch: Branch) -> None:
    proposal = proposed(adam, branch)
    assert (proposal.state, proposal.subject_name, proposal.seen_at) == ("open", "SH", branch.changed_at)
    assert not Branch.objects.filter(code="GZ").exists()
    assert Deed.objects.get(verb="governance.propose").words == ["governance.proposed"]


def test_an_approved_proposal_is_performed_in_the_same_deed(adam: Actor, branch: Branch) -> None:
    proposal, stella = proposed(adam, branch), make_actor("stella", "data_steward")
    approve(actor=stella, proposal=proposal, answer="好", at=AT)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by_id, proposal.decided_at, proposal.answer) == ("performed", stella.id, AT, "好")
    assert Branch.objects.get(code="GZ").name_zh == "广州分公司"
    deed = Deed.objects.get(verb="governance.approve")
    assert (deed.actor, deed.words) == (stella.id, ["branches.opened", "governance.performed"])


def test_nobody_decides_their_own_proposal(branch: Branch) -> None:
    both = make_actor("both", "administrator", "data_steward")
    proposal = proposed(both, branch)
    for deed in (approve, decline):
        with pytest.raises(NotYourOwnProposal):
            deed(actor=both, proposal=proposal, answer="好", at=AT)
    assert not Branch.objects.filter(code="GZ").exists()


def test_a_record_that_moved_meanwhile_is_not_touched(adam: Actor, branch: Branch) -> None:
    proposal = proposed(adam, branch)
    touch(adam, branch)
    closed = approve(actor=make_actor("stella", "data_steward"), proposal=proposal, at=AT)
    assert closed.state == Proposal.State.OVERTAKEN
    assert not Branch.objects.filter(code="GZ").exists()


def touch(actor: Actor, branch: Branch) -> None:
    """Change the record by a deed of its own."""

    @operation("branches.touch_in_a_test", right="branches.keep", on="branch")
    def deed(*, actor: Actor, branch: Branch) -> Branch:
        """Save a branch."""
        branch.save()
        record(branch, "branches.touched")
        return branch

    try:
        deed(actor=actor, branch=branch)
    finally:
        del REGISTER["branches.touch_in_a_test"]


def test_a_declined_proposal_says_why_and_is_done_with(adam: Actor, branch: Branch) -> None:
    proposal, stella = proposed(adam, branch), make_actor("stella", "data_steward")
    with pytest.raises(ReasonMissing):
        decline(actor=stella, proposal=proposal, answer=" ", at=AT)
    decline(actor=stella, proposal=proposal, answer="明年再议", at=AT)
    for deed in (approve, decline):
        with pytest.raises(DecidedAlready):
            deed(actor=stella, proposal=proposal, answer="x", at=AT)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("declined", "明年再议")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"verb": "branches.sell"}, UnknownDeed),
        ({"reason": "  "}, ReasonMissing),
        ({"payload": {"code": "GZ"}}, Malformed),
        ({"payload": NEW | {"code": 7}}, Malformed),
        ({"subject": "branches.Branch:0"}, NotFound),
        ({"subject": "no.Such:0192"}, NotFound),
        ({"subject": "contenttypes.ContentType:01920000-0000-7000-8000-000000000000"}, NotFound),
        ({"subject": ""}, NotFound),
    ],
)
def test_what_cannot_be_proposed_is_refused(adam: Actor, branch: Branch, changed: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        proposed(adam, branch, **changed)
    assert not Proposal.objects.exists()


def test_the_same_change_is_proposed_once_at_a_time(adam: Actor, branch: Branch) -> None:
    first = proposed(adam, branch)
    with pytest.raises(ProposedAlready):
        proposed(adam, branch)
    decline(actor=make_actor("stella", "data_steward"), proposal=first, answer="否", at=AT)
    proposed(adam, branch)


def test_only_who_might_do_a_deed_proposes_it(branch: Branch) -> None:
    with pytest.raises(NotYoursToPropose):
        proposed(make_actor("dana", "dispatcher"), branch)
    with pytest.raises(NotYoursToPropose):
        proposed(system_actor("import"), branch)  # a program is no person
    with pytest.raises(NoRight):
        proposed(make_actor("audra", "auditor"), branch)


def test_who_may_not_decide_does_not(adam: Actor, branch: Branch) -> None:
    proposal = proposed(adam, branch)
    with pytest.raises(NoRight):
        approve(actor=make_actor("other", "administrator"), proposal=proposal, at=AT)


def test_a_proposer_who_has_lost_the_right_meanwhile_performs_nothing(adam: Actor, branch: Branch) -> None:
    proposal = proposed(adam, branch)
    take_role(actor=system_actor("test"), user=User.objects.get(pk=adam.id), role="administrator")
    with pytest.raises(NoRight):
        approve(actor=make_actor("stella", "data_steward"), proposal=proposal, at=AT)
    assert not Branch.objects.filter(code="GZ").exists()


def test_proposals_are_seen_by_their_proposer_and_by_who_sees_everywhere(branch: Branch) -> None:
    adam = make_actor("adam", "administrator")
    proposal = proposed(adam, branch)
    assert list(Proposal.objects.visible_to(make_actor("audra", "auditor"))) == [proposal]
    assert not Proposal.objects.visible_to(make_actor("dana", "dispatcher", branch=branch.pk)).exists()
