from django.db import models
from django.db.models import F, Q

from anwei.core.tables import AmountField, Rows, Table


class Account(Table):
    """An account of the books; an upper app opens a sub-account per party and keeps the party's id here."""

    class Kind(models.TextChoices):
        ASSET = "asset"
        LIABILITY = "liability"
        EQUITY = "equity"
        INCOME = "income"
        EXPENSE = "expense"

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind)
    party = models.UUIDField(null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = Rows["Account"].as_manager()

    def __str__(self) -> str:
        return self.code


class Entry(Table):
    """One posting: lines that balance, from one source, never edited; a mistake is reversed by another entry."""

    on = models.DateField(db_index=True)
    source = models.CharField(max_length=60)  # "stock.Move"
    source_id = models.UUIDField()
    posting = models.CharField(max_length=40)  # what kind of posting of that source
    currency = models.CharField(max_length=3, default="CNY")
    branch = models.UUIDField(null=True)
    text = models.CharField(max_length=200, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    objects = Rows["Entry"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id", "posting"], name="one_source_per_posting")]


class Line(Table):
    """One side of an entry: either a debit or a credit, above zero."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    debit = AmountField(default=0)
    credit = AmountField(default=0)

    objects = Rows["Line"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(debit__gte=0, credit__gte=0), name="sides_not_negative"),
            models.CheckConstraint(condition=(Q(debit=0) | Q(credit=0)) & ~Q(debit=F("credit")), name="one_side"),
        ]
