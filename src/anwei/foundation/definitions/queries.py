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
