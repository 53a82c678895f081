from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Q, Value, When

from anwei.core.actor import Actor
from anwei.core.search import SearchField
from anwei.core.tables import Rows, Table
from anwei.equipment.devices.models import Device
from anwei.foundation.branches.models import Branch
from anwei.foundation.definitions.models import Version
from anwei.foundation.organisations.models import Department, Organisation
from anwei.foundation.staff.models import Engineer
from anwei.workorders.orders.rules import URGENCIES
from anwei.workorders.orders.symptoms import title_of


class OrderRows(Rows["WorkOrder"]):
    def visible_to(self, actor: Actor) -> "OrderRows":
        """By branch, hospital, distributor, or granted by name (dispatching grants the engineer)."""
        if actor.everywhere or actor.side == "system":
            return self
        mine = Q(pk__in=actor.ids("order")) | Q(hospital__in=actor.ids("hospital")) | Q(distributor__in=actor.ids("distributor"))
        return self.filter(mine | Q(branch__in=actor.ids("branch"))) if actor.side == "ours" else self.filter(mine)

    def open(self) -> "OrderRows":
        return self.exclude(category__in=[WorkOrder.Category.DONE, WorkOrder.Category.CANCELLED])


class WorkOrder(Table):
    """One job on one device: from the accepted request to the closed record. Its state is moved by its flow alone."""

    class Category(models.TextChoices):
        OPEN = "open"
        WORKING = "working"
        WAITING = "waiting"
        DONE = "done"
        CANCELLED = "cancelled"

    number = models.CharField(max_length=20, unique=True)
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    distributor = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=12, default="direct")
    kind = models.CharField(max_length=20, default="corrective")  # work type, as checklists name it
    flow = models.ForeignKey(Version, models.PROTECT, related_name="+")
    template = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=30)
    category = models.CharField(max_length=10, choices=Category)
    turn = models.CharField(max_length=40, blank=True)  # role whose turn it is
    priority = models.CharField(max_length=10, choices=[(key, key) for key in URGENCIES], default="normal")
    urgency = models.GeneratedField(  # the place of the priority among the levels, 0 the gravest, to sort by
        expression=Case(*(When(priority=key, then=Value(place)) for place, key in enumerate(URGENCIES)), default=len(URGENCIES)),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    title = models.CharField(max_length=200)
    symptom = models.CharField(max_length=60, blank=True)  # key of a symptom chip
    description = models.TextField(blank=True)
    device_down = models.BooleanField(null=True)
    harm = models.CharField(max_length=10, default="unknown")  # none, near, harm, unknown
    reporter_name = models.CharField(max_length=100, blank=True)
    reporter_phone = models.CharField(max_length=60, blank=True)
    reported_at = models.DateTimeField()
    coverage = models.JSONField(default=dict)  # the coverage answer it was accepted with
    engineer = models.ForeignKey(Engineer, models.PROTECT, null=True, related_name="+")
    fault = models.CharField(max_length=60, blank=True)  # key of a fault code
    cause = models.TextField(blank=True)
    work_done = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)  # of its running clocks, for lists
    search = SearchField()

    objects = OrderRows.as_manager()
    personal = ("reporter_name", "reporter_phone")

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="order_search"),
            models.Index(fields=["-reported_at", "id"], name="order_reported"),
            models.Index(fields=["branch", "category", "next_due_at", "id"], name="order_branch_due"),
            models.Index(fields=["category", "next_due_at", "id"], name="order_due"),
            models.Index(fields=["urgency", "reported_at", "id"], name="order_urgency"),
            models.Index(fields=["priority", "-reported_at"], name="order_priority"),
            models.Index(fields=["state", "-reported_at"], name="order_state"),
            models.Index(fields=["hospital", "-reported_at"], name="order_hospital"),
            models.Index(fields=["device", "-reported_at"], name="order_device"),
            models.Index(fields=["engineer", "category"], name="order_engineer"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def shown_title(self) -> str:
        """The title in the reader's language where it is the words of a symptom, else as it was typed."""
        return str(title_of(self.symptom, self.title))

    def search_texts(self) -> list[str]:
        """What it is found by."""
        return [self.number, self.title, self.device.serial, self.device.number, self.hospital.name]


class StepRows(Rows["Step"]):
    def visible_to(self, actor: Actor) -> "StepRows":
        """Those of the orders that the actor sees."""
        return self.filter(order__in=WorkOrder.objects.visible_to(actor))


class Step(Table):
    """One transition of an order. Clocks, replay, figures and timelines read steps, never the trail; imports write them too."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=100)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    objects = StepRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["order", "at", "id"], name="step_order")]
