from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from anwei.core.labels import Label
from anwei.core.search import SearchField
from anwei.core.tables import AmountField, Rows, Table


class Part(Table):
    """One kind of part, by its number."""

    class Tracking(models.TextChoices):
        SERIAL = "serial"
        LOT = "lot"
        NONE = "none"

    number = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    group = models.CharField(max_length=60, blank=True)  # key of a part group, as release tests and cover name it
    kind = models.CharField(max_length=20, default="spare")
    tracking = models.CharField(max_length=8, choices=Tracking, default=Tracking.NONE)
    unit = models.CharField(max_length=12, default="pcs")
    price = AmountField(default=0)  # sales price, net
    cost = AmountField(default=0)  # standard cost, net
    currency = models.CharField(max_length=3, default="CNY")
    core_return = models.BooleanField(default=False)  # the old part goes back
    data_bearing = models.BooleanField(default=False)  # the old part holds patient data
    expires = models.BooleanField(default=False)  # its label bears a date of expiry
    hazards = models.JSONField(default=list)  # keys of hazards, as the domain's parts name them
    udi_di = models.CharField(max_length=40, blank=True)  # the GTIN of its label, in fourteen digits
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")
    categories = models.JSONField(default=list)  # keys of device categories; ["*"] fits all
    search = SearchField()

    objects = Rows["Part"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["udi_di"], condition=~Q(udi_di=""), name="part_udi_di_once")]
        indexes = [GinIndex(fields=["search"], name="part_search")]

    def __str__(self) -> str:
        return self.number

    @property
    def label(self) -> Label:
        """Its name in the reader's language."""
        return Label(self.name_zh, self.name_en)

    def search_texts(self) -> list[str]:
        """What it is found by."""
        return [self.number, self.name_zh, self.name_en, self.udi_di]


class Substitute(Table):
    """Another part that may be fitted instead of one; `both_ways` where each may stand for the other."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="substitutes")
    other = models.ForeignKey(Part, models.PROTECT, related_name="+")
    both_ways = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    objects = Rows["Substitute"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "other"], name="substitute_once"),
            models.CheckConstraint(condition=~Q(part=F("other")), name="substitute_is_another"),
        ]
