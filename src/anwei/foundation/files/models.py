from django.db import models

from anwei.core.tables import Rows, Table


class StoredFile(Table):
    """A file kept once by its content. What it belongs to is said by the app that keeps its id."""

    class Kind(models.TextChoices):
        PHOTO = "photo"
        SIGNATURE = "signature"
        DOCUMENT = "document"
        UPLOAD = "upload"

    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    objects = Rows["StoredFile"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="file_content")]

    @property
    def path(self) -> str:
        """Where its content stands in the storage."""
        return f"{self.sha256[:2]}/{self.sha256}"
