from functools import cache
from pathlib import Path
from typing import Any

import yaml

from anwei.foundation.definitions.errors import NotPublished
from anwei.foundation.definitions.models import Status, Version


def published(kind: str, key: str) -> Version:
    """Return the version of a rule that holds now.

    :raises NotPublished: no version is published
    """
    found = Version.objects.select_related("definition").filter(definition__kind=kind, definition__key=key, status=Status.PUBLISHED).first()
    if found is None:
        raise NotPublished(key=f"{kind}/{key}")
    return found


def all_published(kind: str) -> dict[str, Version]:
    """Return every published version of a kind by its key."""
    rows = Version.objects.select_related("definition").filter(definition__kind=kind, status=Status.PUBLISHED)
    return {v.definition.key: v for v in rows.order_by("definition__key")}


@cache
def domain(name: str) -> dict[str, Any]:
    """Return one file of the shipped domain content, such as "categories": read once, not to be changed."""
    path = Path(__file__).parent / "shipped" / "domain" / f"{name}.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


@cache
def shipped(kind: str) -> list[dict[str, Any]]:
    """Return the shipped definitions of a kind as their files write them, `{kind, key, zh, en, body}`: read once, not to be changed."""
    folder = Path(__file__).parent / "shipped"
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob(f"{kind}-*.yaml"))]
