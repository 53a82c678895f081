from datetime import UTC, datetime

import pytest

from anwei.core.actor import Actor
from anwei.core.doors.arguments import Malformed
from anwei.core.errors import NoRight, NotFound
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import set_language, take_role
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.models import Deed
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


@pytest.fixture
def uma() -> User:
    """The user that proposals here are about."""
    return make_user("uma", "dispatcher")


@pytest.fixture
def adam() -> Actor:
    """Somebody who may disable users, and proposes to."""
    return make_actor("adam", "administrator")


def proposed(actor: Actor, uma: User, **changed: object) -> Proposal:
    given: dict[str, object] = {
        "verb": "accounts.disable", "payload": {"user": str(uma.pk)}, "subject": f"accounts.User:{uma.pk}", "reason": "已离职",
    }  # fmt: skip
    return propose(actor=actor, at=AT, **(given | changed))  # type: ignore[arg-type]


def is_active(uma: User) -> bool:
    uma.refresh_from_db()
    return uma.is_active


def test_a_proposal_changes_nothing_until_it_is_approved(adam: Actor, uma: User) -> None:
    proposal = proposed(adam, uma)
    assert (proposal.state, proposal.subject_name, proposal.seen_at) == ("open", "Uma", uma.changed_at)
    assert is_active(uma)
    assert Deed.objects.get(verb="governance.propose").words == ["governance.proposed"]


def test_an_approved_proposal_is_performed_in_the_same_deed(adam: Actor, uma: User) -> None:
    proposal, stella = proposed(adam, uma), make_actor("stella", "data_steward")
    approve(actor=stella, proposal=proposal, answer="好", at=AT)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by_id, proposal.decided_at, proposal.answer) == ("performed", stella.id, AT, "好")
    assert not is_active(uma)
    deed = Deed.objects.get(verb="governance.approve")
    assert (deed.actor, deed.words) == (stella.id, ["accounts.disabled", "governance.performed"])


def test_nobody_decides_their_own_proposal(uma: User) -> None:
    both = make_actor("both", "administrator", "data_steward")
    proposal = proposed(both, uma)
    for deed in (approve, decline):
        with pytest.raises(NotYourOwnProposal):
            deed(actor=both, proposal=proposal, answer="好", at=AT)
    assert is_active(uma)


def test_a_record_that_moved_meanwhile_is_not_touched(adam: Actor, uma: User) -> None:
    proposal = proposed(adam, uma)
    set_language(actor=system_actor("test"), user=uma, language="en")
    closed = approve(actor=make_actor("stella", "data_steward"), proposal=proposal, at=AT)
    assert closed.state == Proposal.State.OVERTAKEN
    assert is_active(uma)


def test_a_declined_proposal_says_why_and_is_done_with(adam: Actor, uma: User) -> None:
    proposal, stella = proposed(adam, uma), make_actor("stella", "data_steward")
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
        ({"verb": "accounts.sell"}, UnknownDeed),
        ({"reason": "  "}, ReasonMissing),
        ({"payload": {}}, Malformed),
        ({"payload": {"user": 7}}, Malformed),
        ({"payload": {"user": "01920000-0000-7000-8000-000000000000", "more": 1}}, Malformed),
        ({"subject": "accounts.User:0"}, NotFound),
        ({"subject": "no.Such:0192"}, NotFound),
        ({"subject": "contenttypes.ContentType:01920000-0000-7000-8000-000000000000"}, NotFound),
        ({"subject": ""}, NotFound),
    ],
)
def test_what_cannot_be_proposed_is_refused(adam: Actor, uma: User, changed: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        proposed(adam, uma, **changed)
    assert not Proposal.objects.exists()


def test_the_same_change_is_proposed_once_at_a_time(adam: Actor, uma: User) -> None:
    first = proposed(adam, uma)
    with pytest.raises(ProposedAlready):
        proposed(adam, uma)
    decline(actor=make_actor("stella", "data_steward"), proposal=first, answer="否", at=AT)
    proposed(adam, uma)


def test_only_who_might_do_a_deed_proposes_it(uma: User) -> None:
    with pytest.raises(NotYoursToPropose):
        proposed(make_actor("dana", "dispatcher"), uma)
    with pytest.raises(NotYoursToPropose):
        proposed(system_actor("import"), uma)  # a program is no person
    with pytest.raises(NoRight):
        proposed(make_actor("audra", "auditor"), uma)


def test_who_may_not_decide_does_not(adam: Actor, uma: User) -> None:
    proposal = proposed(adam, uma)
    with pytest.raises(NoRight):
        approve(actor=make_actor("other", "administrator"), proposal=proposal, at=AT)


def test_a_proposer_who_has_lost_the_right_meanwhile_performs_nothing(adam: Actor, uma: User) -> None:
    proposal = proposed(adam, uma)
    take_role(actor=system_actor("test"), user=User.objects.get(pk=adam.id), role="administrator")
    with pytest.raises(NoRight):
        approve(actor=make_actor("stella", "data_steward"), proposal=proposal, at=AT)
    assert is_active(uma)


def test_proposals_are_seen_by_who_sees_everywhere(adam: Actor, uma: User) -> None:
    proposal = proposed(adam, uma)
    assert list(Proposal.objects.visible_to(make_actor("audra", "auditor"))) == [proposal]
    assert not Proposal.objects.visible_to(make_actor("dana", "dispatcher")).exists()
