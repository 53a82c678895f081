"""Drafting and publishing rules, installing those that lie in the tree, and bringing newer ones to a company that has its own."""

from datetime import datetime
from typing import Any

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.core.registers import registers
from anwei.foundation.definitions.errors import NothingToPublish, RuleHasFaults, UnknownKind
from anwei.foundation.definitions.models import Definition, Status, Version
from anwei.foundation.definitions.permissions import DRAFT_RULES, PUBLISH_RULES

UPGRADE = "upgrade"  # the note of a version that newer code brought


@operation("definitions.draft", right=DRAFT_RULES)
def draft(*, actor: Actor, kind: str, key: str, name_zh: str, name_en: str, body: dict[str, Any], note: str = "") -> Version:
    """Write the draft of a rule: a new rule, or the next version of one that exists.

    :raises UnknownKind: no app registered this kind of rule
    """
    if kind not in registers.definition_kinds:
        raise UnknownKind(kind=kind)
    definition, _made = Definition.objects.get_or_create(kind=kind, key=key, defaults={"name_zh": name_zh, "name_en": name_en})
    definition = Definition.objects.select_for_update().get(pk=definition.pk)
    version = definition.versions.filter(status=Status.DRAFT).first() or _next_version(actor, definition)
    version.body, version.note = body, note
    version.save()
    record(version, "definitions.drafted")
    return version


def _next_version(actor: Actor, definition: Definition) -> Version:
    last = definition.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return Version(definition=definition, number=last + 1, made_by=actor.id)


@operation("definitions.publish", right=PUBLISH_RULES, on="definition")
def publish(*, actor: Actor, definition: Definition, at: datetime) -> Version:
    """Publish the draft of a rule; the version before it is superseded, records that keep it stay as they are.

    :raises NothingToPublish: there is no draft
    :raises RuleHasFaults: the kind's own check found faults, each named
    """
    version = definition.versions.filter(status=Status.DRAFT).first()
    if version is None:
        raise NothingToPublish(key=definition.key)
    return _publish(actor, version, at)


def _publish(actor: Actor, version: Version, at: datetime) -> Version:
    definition = version.definition
    _refuse_faults(definition.kind, version.body)
    definition.versions.filter(status=Status.PUBLISHED).update(status=Status.SUPERSEDED)
    version.status, version.published_by, version.published_at = Status.PUBLISHED, actor.id, at
    version.save()
    record(version, "definitions.published", at=at)
    return version


def _refuse_faults(kind: str, body: dict[str, Any]) -> None:
    if faults := registers.definition_kinds[kind].check(body):
        raise RuleHasFaults(faults="; ".join(faults))


@operation("definitions.install", right=PUBLISH_RULES)
def install(*, actor: Actor, kind: str, key: str, name_zh: str, name_en: str, body: dict[str, Any], at: datetime) -> Version | None:
    """Install a shipped rule as its first published version; a company that has the rule already keeps its own.

    :raises RuleHasFaults: the shipped rule is broken
    """
    if Definition.objects.filter(kind=kind, key=key).exists():
        unchanged()
        return None
    version = draft(actor=actor, kind=kind, key=key, name_zh=name_zh, name_en=name_en, body=body)
    _remember_shipped(version.definition, body)
    return publish(actor=actor, definition=version.definition, at=at)


@operation("definitions.upgrade", right=PUBLISH_RULES, on="definition")
def upgrade(*, actor: Actor, definition: Definition, body: dict[str, Any], at: datetime) -> Version | None:
    """Bring the text that newer code ships to a company that has the rule, without overwriting what the company changed.

    A kind that registers a merge has the difference between the last shipped text and this one brought into the company's own text,
    published, and into its draft. Of any other kind, and where no earlier shipped text is known, it is offered as a draft; a draft of
    the company's own is never replaced, the offer waits until it is published. Returns the new version, None if there is none.

    :raises RuleHasFaults: the shipped rule is broken
    """
    _refuse_faults(definition.kind, body)
    before = definition.shipped or _shipped_first(definition)
    drafted = definition.versions.filter(status=Status.DRAFT).first()
    own = definition.versions.filter(status=Status.PUBLISHED).first()
    merge = registers.merges.get(definition.kind)
    if before == body or (drafted and not (merge and before)):
        unchanged(definition)
        return None
    _remember_shipped(definition, body)
    if not (own and merge and before):
        return None if own and own.body == body else _offer(actor, definition, body)
    if drafted:
        drafted.body = merge(before, drafted.body, body)
        drafted.save()
        record(drafted, "definitions.drafted", at=at)
    if (merged := merge(before, own.body, body)) == own.body:
        return None
    version = _next_version(actor, definition)
    version.body, version.note = merged, UPGRADE
    return _publish(actor, version, at)


def _shipped_first(definition: Definition) -> dict[str, Any] | None:
    """Return what was shipped before shipped texts were remembered: the first version, if it is no person's."""
    first = definition.versions.filter(number=1, made_by=None).first()
    return first.body if first else None


def _remember_shipped(definition: Definition, body: dict[str, Any]) -> None:
    definition.shipped = body
    definition.save()
    record(definition, "definitions.shipped")


def _offer(actor: Actor, definition: Definition, body: dict[str, Any]) -> Version:
    version = _next_version(actor, definition)
    version.body, version.note = body, UPGRADE
    version.save()
    record(version, "definitions.drafted")
    return version
