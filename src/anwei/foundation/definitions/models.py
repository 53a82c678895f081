from typing import Self

from django.db import models

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table


class Definition(Table):
    """A rule with versions: one flow, one service level, one role …"""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    shipped = models.JSONField(null=True)  # the text that the installed code shipped last; null: a rule of the company's own

    objects = Rows["Definition"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="definition_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


class Status(models.TextChoices):
    """The life of a version; a later one replaces, nothing is edited in place."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class VersionRows(Rows["Version"]):
    def visible_to(self, actor: Actor) -> Self:
        """The rules hold for all of us; each is read with its definition, which names it."""
        return super().visible_to(actor).select_related("definition")


class Version(Table):
    """One state of a definition's text. Records keep the version they were judged by."""

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    note = models.TextField(blank=True)
    made_by = models.UUIDField(null=True)
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)

    objects = VersionRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["definition", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["definition"], condition=models.Q(status="published"), name="one_published_version"),
            models.UniqueConstraint(fields=["definition"], condition=models.Q(status="draft"), name="one_draft_version"),
        ]

    def __str__(self) -> str:
        return f"{self.definition} v{self.number}"
