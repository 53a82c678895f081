from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.search import SearchField
from anwei.core.tables import Rows, Table
from anwei.foundation.branches.models import Branch
from anwei.foundation.organisations.models import Department, Organisation


class ModelRows(Rows["DeviceModel"]):
    def visible_to(self, actor: Actor) -> "ModelRows":
        """The catalogue of models is no secret to anybody who signs in."""
        return self


class DeviceModel(Table):
    """A model of a maker, with the device identifier of its UDI where it has one."""

    name = models.CharField(max_length=200)
    maker = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    maker_name = models.CharField(max_length=200, blank=True)
    brand = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=40, blank=True)  # key of a device category
    udi_di = models.CharField(max_length=40, blank=True)
    udi_issuer = models.CharField(max_length=10, blank=True)
    gmdn = models.CharField(max_length=200, blank=True)
    search = SearchField()

    objects = ModelRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["udi_di"], condition=~Q(udi_di=""), name="udi_di_once"),
            models.UniqueConstraint(fields=["maker_name", "name", "udi_di"], name="model_once"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="model_search"),
            models.Index(fields=["category", "name"], name="model_category"),
            models.Index(fields=["name", "id"], name="model_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def search_texts(self) -> list[str]:
        """What it is found by."""
        return [self.name, self.maker_name, self.brand, self.udi_di]


class DeviceRows(Rows["Device"]):
    def visible_to(self, actor: Actor) -> "DeviceRows":
        """By branch, hospital, distributor, or granted by name (an engineer's order brings its device)."""
        if actor.everywhere or actor.side == "system":
            return self
        mine = Q(pk__in=actor.ids("device")) | Q(hospital__in=actor.ids("hospital")) | Q(distributor__in=actor.ids("distributor"))
        return self.filter(mine | Q(branch__in=actor.ids("branch"))) if actor.side == "ours" else self.filter(mine)


class Device(Table):
    """One unit with its own serial number, from its registration to its end (one file per unit: Order 739, article 50)."""

    class State(models.TextChoices):
        REGISTERED = "registered"
        INSTALLED = "installed"
        RETIRED = "retired"

    number = models.CharField(max_length=20, unique=True)
    model = models.ForeignKey(DeviceModel, models.PROTECT, related_name="+", verbose_name=_("Model"))
    serial = models.CharField(_("Serial number"), max_length=60)
    serial_key = models.CharField(max_length=60)  # normalised: the same serial is never registered twice
    udi = models.CharField(max_length=300, blank=True)  # as scanned
    has_no_udi = models.BooleanField(default=False)  # "carries no UDI" is a recorded answer
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Hospital"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    room = models.CharField(max_length=100, blank=True)
    distributor = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.REGISTERED)
    purchased_on = models.DateField(null=True)
    installed_on = models.DateField(null=True)
    warranty_until = models.DateField(null=True)
    retired_on = models.DateField(null=True)
    software = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    is_blocked = models.BooleanField(default=False)  # the sum of its open blocks: do not use
    search = SearchField()

    objects = DeviceRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "serial_key"], name="serial_once_per_model")]
        indexes = [
            GinIndex(fields=["search"], name="device_search"),
            models.Index(fields=["hospital", "number"], name="device_hospital"),
            models.Index(fields=["branch", "number"], name="device_branch"),
            models.Index(fields=["serial_key"], name="device_serial"),
            models.Index(fields=["state", "number"], name="device_state"),
            models.Index(fields=["warranty_until", "id"], name="device_warranty"),
        ]

    def __str__(self) -> str:
        return self.number

    def search_texts(self) -> list[str]:
        """What it is found by."""
        return [self.number, self.serial, self.udi, self.model.name, self.model.maker_name, self.hospital.name]

    @property
    def place(self) -> str:
        """Where in its hospital it stands."""
        return " ".join(part for part in (self.department.name if self.department else "", self.room) if part)


class EventRows(Rows["Event"]):
    def visible_to(self, actor: Actor) -> "EventRows":
        """Those of the devices that the actor sees."""
        return self.filter(device__in=Device.objects.visible_to(actor))


class Event(Table):
    """A happening in a device's life: registered, installed, moved, transferred, blocked, freed, retired. Imports write them too."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    by = models.CharField(max_length=100, blank=True)

    objects = EventRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["device", "-at"], name="event_device")]


class BlockRows(Rows["Block"]):
    def visible_to(self, actor: Actor) -> "BlockRows":
        """Those of the devices that the actor sees."""
        return self.filter(device__in=Device.objects.visible_to(actor))

    def open(self) -> "BlockRows":
        """Those that hold now."""
        return self.filter(ended_at=None)


class Block(Table):
    """A reason why a device must not be used, with its source and its end; a device may carry several."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="blocks")
    reason = models.TextField()
    source = models.CharField(max_length=120)  # "orders.WorkOrder:…"; by hand: "accounts.User:…"
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    objects = BlockRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "source"], condition=Q(ended_at=None), name="one_open_block_per_source")]


class StickerRows(Rows["Sticker"]):
    def visible_to(self, actor: Actor) -> "StickerRows":
        """Blank ones to our own people, claimed ones to who sees the device, to the public by its code while it is in use."""
        if actor.side == "public":
            return self.living().exclude(device=None)
        claimed = Q(device__in=Device.objects.visible_to(actor))
        return self.filter(claimed | Q(device=None)) if actor.side in ("ours", "system") else self.filter(claimed)

    def living(self) -> "StickerRows":
        """Those not revoked."""
        return self.filter(revoked_at=None)


class Sticker(Table):
    """A printed code; blank until it is claimed for a device by scan."""

    code = models.CharField(max_length=16, unique=True)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="stickers")
    claimed_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField()
    batch = models.UUIDField(null=True, db_index=True)  # the print job that holds it last
    revoked_at = models.DateTimeField(null=True)

    objects = StickerRows.as_manager()

    def __str__(self) -> str:
        return self.code
