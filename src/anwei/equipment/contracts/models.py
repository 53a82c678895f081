from datetime import date

from django.db import models
from django.db.models import F, Q

from anwei.core.actor import Actor
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
    covers_labour = models.BooleanField(default=True)
    covers_travel = models.BooleanField(default=True)
    covers_parts = models.BooleanField(default=False)
    excluded_groups = models.JSONField(default=list)  # keys of part groups that are not covered

    objects = ContractRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="contract_has_length")]
        indexes = [models.Index(fields=["customer", "ends_on"], name="contract_customer")]

    def __str__(self) -> str:
        return self.number


class CoveredRows(Rows["CoveredDevice"]):
    def on(self, day: date) -> "CoveredRows":
        return self.filter(contract__starts_on__lte=day, contract__ends_on__gte=day)


class CoveredDevice(Table):
    """A device that a contract covers."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="covered")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")

    objects = CoveredRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "device"], name="covered_once")]
