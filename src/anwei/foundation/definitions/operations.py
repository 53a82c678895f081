"""Drafting and publishing rules, and installing those that lie in the tree."""

from datetime import datetime
from typing import Any

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.core.registers import registers
from anwei.foundation.definitions.errors import NothingToPublish, RuleHasFaults, UnknownKind
from anwei.foundation.definitions.models import Definition, Status, Version
from anwei.foundation.definitions.permissions import DRAFT_RULES, PUBLISH_RULES


@operation("definitions.draft", right=DRAFT_RULES)
def draft(*, actor: Actor, kind: str, key: str, name_zh: str, name_en: str, body: dict[str, Any], note: str = "") -> Version:
    """Write the draft of a rule: a new rule, or the next version of one that exists.

    :raises UnknownKind: no app registered this kind of rule
    """
    if kind not in registers.definition_kinds:
        raise UnknownKind(kind=kind)
    definition, _made = Definition.objects.get_or_create(kind=kind, key=key, defaults={"name_zh": name_zh, "name_en": name_en})
    definition = Definition.objects.select_for_update().get(pk=definition.pk)
    version = definition.versions.filter(status=Status.DRAFT).first()
    if version is None:
        last = definition.versions.order_by("-number").values_list("number", flat=True).first() or 0
        version = Version(definition=definition, number=last + 1, made_by=actor.id)
    version.body, version.note = body, note
    version.save()
    record(version, "definitions.drafted")
    return version


@operation("definitions.publish", right=PUBLISH_RULES, on="definition")
def publish(*, actor: Actor, definition: Definition, at: datetime) -> Version:
    """Publish the draft of a rule; the version before it is superseded, records that keep it stay as they are.

    :raises NothingToPublish: there is no draft
    :raises RuleHasFaults: the kind's own check found faults, each named
    """
    version = definition.versions.filter(status=Status.DRAFT).first()
    if version is None:
        raise NothingToPublish(key=definition.key)
    if faults := registers.definition_kinds[definition.kind].check(version.body):
        raise RuleHasFaults(faults="; ".join(faults))
    definition.versions.filter(status=Status.PUBLISHED).update(status=Status.SUPERSEDED)
    version.status, version.published_by, version.published_at = Status.PUBLISHED, actor.id, at
    version.save()
    record(version, "definitions.published", at=at)
    return version


@operation("definitions.install", right=PUBLISH_RULES)
def install(*, actor: Actor, kind: str, key: str, name_zh: str, name_en: str, body: dict[str, Any], at: datetime) -> Version | None:
    """Install a shipped rule as its first published version; a company that has the rule already keeps its own.

    :raises RuleHasFaults: the shipped rule is broken
    """
    if Definition.objects.filter(kind=kind, key=key).exists():
        unchanged()
        return None
    version = draft(actor=actor, kind=kind, key=key, name_zh=name_zh, name_en=name_en, body=body)
    return publish(actor=actor, definition=version.definition, at=at)
