"""Four eyes: a change is proposed by one person and decided by another. The rules that an upgrade brings, and what inspections find."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
from django.urls import reverse
from django.utils.translation import gettext_noop

from anwei.core.actor import Actor
from anwei.core.doors.arguments import Malformed, loader, parse
from anwei.core.errors import NoRight, NotFound
from anwei.core.operation import REGISTER, operation, record
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import actor_for, holders_of
from anwei.foundation.definitions.models import Definition, Status, Version
from anwei.foundation.definitions.operations import upgrade
from anwei.foundation.definitions.permissions import PUBLISH_RULES
from anwei.foundation.governance.errors import (
    DecidedAlready,
    NotYourOwnProposal,
    NotYoursToPropose,
    ProposedAlready,
    ReasonMissing,
    UnknownDeed,
)
from anwei.foundation.governance.models import Inspection, Proposal
from anwei.foundation.governance.permissions import DECIDE, INSPECT, PROPOSE
from anwei.foundation.governance.queries import subject_row
from anwei.foundation.governance.upgrades import ADMINISTRATOR, tell_administrators
from anwei.foundation.notices.operations import tell

__all__ = ["Malformed", "NotFound", "approve", "decline", "keep_inspection", "propose", "upgrade_rule"]

KEPT = 20  # rows of an invariant that does not hold: enough to begin with, and `anwei invariants` lists them all
BROKEN = gettext_noop("%(count)s of the things that must always hold do not: %(names)s")


@operation("governance.propose", right=PROPOSE)
def propose(*, actor: Actor, verb: str, payload: dict[str, Any], subject: str, reason: str, at: datetime) -> Proposal:
    """Propose a deed that another person decides: its name, its arguments as plain data, and the record it is about.

    `subject` is the record's label and key, such as "devices.Device:0192…"; its state is remembered.

    :raises UnknownDeed: no operation has this name
    :raises NotYoursToPropose: the proposer could not do it even with an approval
    :raises Malformed: the arguments do not fit the operation
    :raises NotFound: the record does not exist for the proposer
    :raises ReasonMissing: no reason was given
    :raises ProposedAlready: the same change waits already
    """
    if (op := REGISTER.get(verb)) is None:
        raise UnknownDeed(verb=verb)
    if actor.id is None or not actor.may(op.right):
        raise NotYoursToPropose
    if not reason.strip():
        raise ReasonMissing(field="reason")
    parse(op, orjson.dumps(payload))
    row: Any = subject_row(subject, actor)
    if Proposal.objects.open().filter(verb=verb, subject=subject, payload=payload).exists():
        raise ProposedAlready
    proposal = Proposal.objects.create(
        verb=verb, payload=payload, subject=subject, subject_name=str(row)[:200], seen_at=row.changed_at, proposer_id=actor.id,
        reason=reason.strip(),
    )  # fmt: skip
    record(proposal, "governance.proposed", at=at)
    return proposal


@operation("governance.approve", right=DECIDE, on="proposal")
def approve(*, actor: Actor, proposal: Proposal, at: datetime, answer: str = "") -> Proposal:
    """Approve a proposal: it is performed at once, as the proposer, with this person's approval.

    A record that has changed since it was proposed is not touched: the proposal is closed as overtaken.

    :raises DecidedAlready: it was decided before
    :raises NotYourOwnProposal: nobody decides their own
    :raises NotFound: the record is gone
    """
    _refuse_undecidable(actor, proposal)
    row: Any = subject_row(proposal.subject, actor)
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.changed_at != proposal.seen_at:
        return _close(actor, proposal, Proposal.State.OVERTAKEN, answer, at)
    _perform(actor, proposal)
    return _close(actor, proposal, Proposal.State.PERFORMED, answer, at)


def _refuse_undecidable(actor: Actor, proposal: Proposal) -> None:
    if proposal.state != Proposal.State.OPEN:
        raise DecidedAlready
    if proposal.proposer_id == actor.id:
        raise NotYourOwnProposal


def _perform(actor: Actor, proposal: Proposal) -> None:
    """Do what was proposed, with the proposer's rights and rows as they are today."""
    op = REGISTER[proposal.verb]
    proposer = User.objects.get(pk=proposal.proposer_id)
    doer = replace(actor_for(proposer, actor.door), approved_by=actor.id, reason=proposal.reason)
    form = parse(op, orjson.dumps(proposal.payload))
    op(actor=doer, **loader(op, form, doer)())


def _close(actor: Actor, proposal: Proposal, state: Proposal.State, answer: str, at: datetime) -> Proposal:
    proposal.state, proposal.decided_by_id, proposal.decided_at, proposal.answer = state, actor.id, at, answer.strip()
    proposal.save()
    record(proposal, f"governance.{state.value}", at=at)
    return proposal


@operation("governance.decline", right=DECIDE, on="proposal")
def decline(*, actor: Actor, proposal: Proposal, answer: str, at: datetime) -> Proposal:
    """Decline a proposal and say why; nothing is changed.

    :raises DecidedAlready: it was decided before
    :raises NotYourOwnProposal: nobody decides their own
    :raises ReasonMissing: nothing tells the proposer why
    """
    _refuse_undecidable(actor, proposal)
    if not answer.strip():
        raise ReasonMissing(field="answer")
    return _close(actor, proposal, Proposal.State.DECLINED, answer, at)


@operation("governance.keep_inspection", right=INSPECT)
def keep_inspection(*, actor: Actor, names: list[str], broken: list[dict[str, Any]], at: datetime) -> Inspection:
    """Keep what an inspection found, and tell the administrators of whatever does not hold.

    `broken` is `[{"name", "rows"}]`. The system alone reports: nobody's word stands in for a check.

    :raises NoRight: a person reports
    """
    if actor.side != "system":
        raise NoRight(verb="governance.keep_inspection")
    kept = [{"name": b["name"], "count": len(b["rows"]), "rows": b["rows"][:KEPT]} for b in broken]
    inspection = Inspection.objects.create(at=at, names=names, broken=kept)
    record(inspection, "governance.inspected", at=at)
    if kept:
        _raise_alarm(kept, at)
    return inspection


def _raise_alarm(kept: Sequence[dict[str, Any]], at: datetime) -> None:
    values = {"count": str(len(kept)), "names": ", ".join(b["name"] for b in kept)}
    for user in holders_of(ADMINISTRATOR):
        tell(user=user, message=BROKEN, values=values, url=reverse("governance:inspections"), at=at)


@operation("governance.upgrade_rule", right=PUBLISH_RULES, on="definition")
def upgrade_rule(*, actor: Actor, definition: Definition, body: dict[str, Any], at: datetime) -> Version | None:
    """Bring the text that newer code ships to a company's rule, and tell every administrator what that changed or offers.

    :raises RuleHasFaults: the shipped rule is broken
    """
    own = definition.versions.filter(status=Status.PUBLISHED).first()
    version = upgrade(actor=actor, definition=definition, body=body, at=at)
    if version:
        tell_administrators(version, own.body if own else {}, at)
    return version
