from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from anwei.core.actor import Actor
from anwei.core.search import SearchField
from anwei.core.tables import Rows, Table
from anwei.equipment.devices.models import Device
from anwei.foundation.branches.models import Branch
from anwei.foundation.definitions.models import Version
from anwei.foundation.organisations.models import Organisation


class ContractRows(Rows["Contract"]):
    def visible_to(self, actor: Actor) -> "ContractRows":
        """By branch, or the customer's own."""
        if actor.everywhere or actor.side == "system":
            return self
        mine = Q(customer__in=actor.ids("hospital") | actor.ids("distributor"))
        return self.filter(mine | Q(branch__in=actor.ids("branch"))) if actor.side == "ours" else self.filter(mine)

    def on(self, day: date) -> "ContractRows":
        """Those that hold on a day: begun, and neither run out nor ended early."""
        return self.filter(starts_on__lte=day, last_day__gte=day)


class Contract(Table):
    """A service contract: how fast (its service level) and what is paid for (its cover)."""

    number = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=200)
    customer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=40)  # key of a cover scheme
    tier = models.CharField(max_length=20)  # key of a tier of service levels
    sla = models.ForeignKey(Version, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True)  # its last day, where it was ended early
    ended_because = models.TextField(blank=True)
    last_day = models.GeneratedField(expression=Coalesce("ended_on", "ends_on"), output_field=models.DateField(), db_persist=True)
    covers_all_devices = models.BooleanField(default=False)  # every device of the customer, listed or not
    covers_labour = models.BooleanField(default=True)
    covers_travel = models.BooleanField(default=True)
    covers_parts = models.BooleanField(default=False)
    excluded_groups = models.JSONField(default=list)  # keys of part groups that are not covered
    search = SearchField()

    objects = ContractRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="contract_has_length")]
        indexes = [
            GinIndex(fields=["search"], name="contract_search"),
            models.Index(fields=["customer", "ends_on"], name="contract_customer"),
            models.Index(fields=["last_day", "id"], name="contract_last_day"),
        ]

    def __str__(self) -> str:
        return self.number

    def search_texts(self) -> list[str]:
        """What it is found by."""
        return [self.number, self.title, self.customer.name]


class CoveredRows(Rows["CoveredDevice"]):
    def visible_to(self, actor: Actor) -> "CoveredRows":
        """Those of the contracts that the actor sees."""
        return self.filter(contract__in=Contract.objects.visible_to(actor))

    def on(self, day: date) -> "CoveredRows":
        """Those whose contract holds on a day."""
        return self.filter(contract__starts_on__lte=day, contract__last_day__gte=day)


class CoveredDevice(Table):
    """A device that a contract covers."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="covered")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")

    objects = CoveredRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "device"], name="covered_once")]
