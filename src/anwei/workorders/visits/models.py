from django.db import models
from django.db.models import F, Q

from anwei.core.actor import Actor
from anwei.core.tables import QuantityField, Rows, Table
from anwei.equipment.instruments.models import Instrument
from anwei.foundation.files.models import StoredFile
from anwei.foundation.staff.models import Engineer
from anwei.inventory.demands.models import Demand
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Condition, Move
from anwei.workorders.orders.models import WorkOrder


class VisitRows(Rows["Visit"]):
    def visible_to(self, actor: Actor) -> "VisitRows":
        """Those of the orders that the actor sees."""
        return self.filter(order__in=WorkOrder.objects.visible_to(actor))


class Visit(Table):
    """An appointment of an engineer for an order, and what became of it."""

    class State(models.TextChoices):
        PLANNED = "planned"
        ACCEPTED = "accepted"
        TRAVELLING = "travelling"
        ON_SITE = "on_site"
        WORKING = "working"
        DONE = "done"
        CANCELLED = "cancelled"

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="visits")
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    travelled_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    reasons = models.JSONField(default=list)  # why this engineer was chosen, as the dispatcher saw it

    objects = VisitRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="visit_has_length"),
            models.UniqueConstraint(fields=["order"], condition=~Q(state__in=["done", "cancelled"]), name="one_open_visit_per_order"),
        ]
        indexes = [models.Index(fields=["engineer", "from_at"], name="visit_engineer_day")]


class ReadingRows(Rows["Reading"]):
    def visible_to(self, actor: Actor) -> "ReadingRows":
        """Those of the orders that the actor sees."""
        return self.filter(visit__order__in=WorkOrder.objects.visible_to(actor))


class Reading(Table):
    """One value or answer of a checklist, with its limits, its verdict and the instrument it was taken with."""

    class Verdict(models.TextChoices):
        PASS = "pass"  # noqa: S105  a verdict
        FAIL = "fail"
        RECORD = "record"  # nothing to judge, only to keep
        NOT_APPLICABLE = "n/a"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="readings")
    task = models.CharField(max_length=80)  # key of the task in the order's template
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    text = models.CharField(max_length=500, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    low = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    verdict = models.CharField(max_length=6, choices=Verdict)
    reason = models.TextField(blank=True)  # why work went on with a value out of its limits
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = ReadingRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "task"], name="one_reading_per_task")]


class PhotoRows(Rows["Photo"]):
    def visible_to(self, actor: Actor) -> "PhotoRows":
        """Those of the orders that the actor sees."""
        return self.filter(order__in=WorkOrder.objects.visible_to(actor))


class Photo(Table):
    """A photo of an order: from the reporter, or from site at a step of the checklist."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="photos")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    task = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = PhotoRows.as_manager()


class PartUseRows(Rows["PartUse"]):
    def visible_to(self, actor: Actor) -> "PartUseRows":
        """Those of the orders that the actor sees."""
        return self.filter(order__in=WorkOrder.objects.visible_to(actor))


class PartUse(Table):
    """A part fitted for an order, and what became of the old one. Its moves carry the stock and the money."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="part_uses")
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="part_uses")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    quantity = QuantityField()
    serial = models.CharField(max_length=60, blank=True)
    lot = models.CharField(max_length=60, blank=True)
    move = models.OneToOneField(Move, models.PROTECT, null=True, related_name="+")
    old_serial = models.CharField(max_length=60, blank=True)
    old_condition = models.CharField(max_length=10, choices=Condition, blank=True)
    old_move = models.OneToOneField(Move, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = PartUseRows.as_manager()


class PartRequestRows(Rows["PartRequest"]):
    def visible_to(self, actor: Actor) -> "PartRequestRows":
        """Those of the orders that the actor sees."""
        return self.filter(order__in=WorkOrder.objects.visible_to(actor))

    def open(self) -> "PartRequestRows":
        """Those that have neither got their pieces nor been taken back."""
        return self.exclude(demand__state__in=Demand.OVER)


class PartRequest(Table):
    """What an engineer asked for on site; how far it is stands on its demand."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="part_requests")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="part_requests")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    instead_of = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")  # the part whose substitute was chosen
    quantity = QuantityField()
    demand = models.OneToOneField(Demand, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PartRequestRows.as_manager()


class SignatureRows(Rows["Signature"]):
    def visible_to(self, actor: Actor) -> "SignatureRows":
        """Those of the orders that the actor sees."""
        return self.filter(visit__order__in=WorkOrder.objects.visible_to(actor))


class Signature(Table):
    """Who signed what, with name, time and meaning (21 CFR 11.50), bound to the hash of what was shown."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=100)
    duty = models.CharField(max_length=100, blank=True)
    meaning = models.CharField(max_length=40)  # "accepted", "performed"
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    shown_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = SignatureRows.as_manager()
    personal = ("name",)
