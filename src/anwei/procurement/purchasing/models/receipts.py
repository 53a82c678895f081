from django.db import models
from django.db.models import F, Q

from anwei.core.actor import Actor
from anwei.core.tables import QuantityField, Rows, Table
from anwei.foundation.accounts.models import User
from anwei.foundation.files.models import StoredFile
from anwei.inventory.stock.models import Move
from anwei.procurement.purchasing.models.orders import OfOrder, OrderLine, PurchaseOrder


class Receipt(Table):
    """One delivery for an order, as it came to the door."""

    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="receipts")
    number = models.CharField(max_length=24, unique=True)
    delivery_note = models.CharField(max_length=60, blank=True)  # the supplier's number
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = OfOrder["Receipt"].as_manager()

    def __str__(self) -> str:
        return self.number


class ReceiptLineRows(Rows["ReceiptLine"]):
    def visible_to(self, actor: Actor) -> "ReceiptLineRows":
        """Those of the orders that the actor sees."""
        return self.filter(receipt__order__in=PurchaseOrder.objects.visible_to(actor))

    def waiting(self) -> "ReceiptLineRows":
        """Those that are not inspected yet."""
        return self.filter(inspection=None)


class ReceiptLine(Table):
    """A box: pieces of one lot or one serial number, with what its label said; it waits in quarantine for its inspection."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="receipts")
    quantity = QuantityField()
    lot = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    expires_on = models.DateField(null=True)
    scan = models.CharField(max_length=300, blank=True)  # raw, as the scanner gave it
    move = models.OneToOneField(Move, models.PROTECT, related_name="+")

    objects = ReceiptLineRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="box_is_not_empty")]


class InspectionRows(Rows["Inspection"]):
    def visible_to(self, actor: Actor) -> "InspectionRows":
        """Those of the orders that the actor sees."""
        return self.filter(box__receipt__order__in=PurchaseOrder.objects.visible_to(actor))


class Inspection(Table):
    """The incoming-inspection record of a box, kept as it was that day.

    Its facts are those of 《医疗器械经营监督管理办法》 (2022), article 32.
    """

    box = models.OneToOneField(ReceiptLine, models.PROTECT, related_name="inspection")
    accepted = QuantityField()
    rejected = QuantityField(default=0)
    checks = models.JSONField()  # key of a check → true (passed) or false
    name = models.CharField(max_length=200)
    model = models.CharField(max_length=200, blank=True)
    quantity = QuantityField()
    registration_number = models.CharField(max_length=80, blank=True)
    registrant = models.CharField(max_length=200, blank=True)
    manufacturer = models.CharField(max_length=200, blank=True)
    maker_licence = models.CharField(max_length=80, blank=True)
    lot = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    expires_on = models.DateField(null=True)
    bought_on = models.DateField()
    supplier_name = models.CharField(max_length=200)
    supplier_address = models.CharField(max_length=300, blank=True)
    supplier_contact = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    returned = models.OneToOneField(Move, models.PROTECT, null=True, related_name="+")  # what was rejected went back to the supplier
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = InspectionRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity=F("accepted") + F("rejected"), accepted__gte=0, rejected__gte=0), name="box_is_judged_whole"
            )
        ]


class InspectionPhotoRows(Rows["InspectionPhoto"]):
    def visible_to(self, actor: Actor) -> "InspectionPhotoRows":
        """Those of the inspections that the actor sees."""
        return self.filter(inspection__in=Inspection.objects.visible_to(actor))


class InspectionPhoto(Table):
    """A photo or paper kept with an inspection."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = InspectionPhotoRows.as_manager()
