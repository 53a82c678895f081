from django.db import models

from anwei.core.actor import Actor
from anwei.core.labels import Label
from anwei.core.tables import Rows, Table


class BranchRows(Rows["Branch"]):
    def visible_to(self, actor: Actor) -> "BranchRows":
        """Everybody of ours knows all branches; their names are no secret inside the company."""
        return self if actor.everywhere or actor.side in ("ours", "system") else self.none()


class Branch(Table):
    """One of our branches. Its code stands in every short number: `SH-2611-0042`."""

    code = models.CharField(max_length=4, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    provinces = models.JSONField(default=list)  # names of the provinces it serves
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    adcode = models.CharField(max_length=6, blank=True)

    objects = BranchRows.as_manager()

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """Its name, in the reader's language."""
        return str(Label(self.name_zh, self.name_en))


class NumberSeries(Table):
    """The next short number of a branch, a kind and a month. Gaps are allowed; legal series are kept where they are due."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    month = models.CharField(max_length=4)
    last = models.PositiveIntegerField(default=0)

    objects = Rows["NumberSeries"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "kind", "month"], name="one_series")]
