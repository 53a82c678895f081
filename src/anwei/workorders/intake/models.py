from django.db import models
from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table
from anwei.equipment.devices.models import Device, Sticker
from anwei.foundation.branches.models import Branch
from anwei.foundation.files.models import StoredFile
from anwei.workorders.orders.models import WorkOrder


class RequestRows(Rows["FaultRequest"]):
    def visible_to(self, actor: Actor) -> "RequestRows":
        """By branch or hospital, or with the order that a request became (an engineer's own jobs)."""
        if actor.everywhere or actor.side in ("system", "public"):  # the public comes with a token that nobody guesses
            return self
        mine = Q(device__hospital__in=actor.ids("hospital")) | Q(order__in=actor.ids("order"))
        if actor.side == "ours":
            return self.filter(mine | Q(branch__in=actor.ids("branch")))
        return self.filter(mine).defer(*FaultRequest.callers)  # stays with us, and is not granted behind the wall

    def new(self) -> "RequestRows":
        return self.filter(state=FaultRequest.State.NEW)


class FaultRequest(Table):
    """What a ward reported, by scan or by phone, before it is an order. `token` opens its status page without login."""

    class State(models.TextChoices):
        NEW = "new"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        JOINED = "joined"  # to an order that was open on the device already
        SOLVED = "solved"  # by phone

    class Door(models.TextChoices):
        SCAN = "scan"
        PHONE = "phone"
        PORTAL = "portal"  # by a hospital user, from their own ledger

    token = models.CharField(max_length=32, unique=True)
    door = models.CharField(max_length=8, choices=Door)
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    sticker = models.ForeignKey(Sticker, models.PROTECT, null=True, related_name="+")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    symptom = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    device_down = models.BooleanField(null=True)
    harm = models.CharField(max_length=10, default="unknown")
    name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    order = models.ForeignKey(WorkOrder, models.PROTECT, null=True, related_name="requests")
    answer = models.TextField(blank=True)
    urged_at = models.DateTimeField(null=True)

    objects = RequestRows.as_manager()
    personal = ("name", "phone")
    callers = ("name", "phone")

    class Meta:
        indexes = [
            models.Index(fields=["state", "at"], name="request_queue"),
            models.Index(fields=["device", "-at"], name="request_device"),
        ]


class RequestPhotoRows(Rows["RequestPhoto"]):
    def visible_to(self, actor: Actor) -> "RequestPhotoRows":
        """Those of the requests that the actor sees."""
        return self.filter(request__in=FaultRequest.objects.visible_to(actor))


class RequestPhoto(Table):
    """A photo that came with a request."""

    request = models.ForeignKey(FaultRequest, models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = RequestPhotoRows.as_manager()
