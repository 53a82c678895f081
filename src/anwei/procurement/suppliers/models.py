from typing import Any

from django.db import models
from django.db.models import F, Q

from anwei.core.tables import AmountField, QuantityField, Rows, Table
from anwei.foundation.files.models import StoredFile
from anwei.foundation.organisations.models import Organisation
from anwei.inventory.parts.models import Part


class RateField(models.DecimalField):  # type: ignore[type-arg]
    """A tax rate as a share: 0.1300 for 13 %."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_digits": 5, "decimal_places": 4} | kwargs))


class Supplier(Table):
    """A body admitted to supply us: where orders go and when it is paid."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="supplier")
    email = models.EmailField(blank=True)
    contact = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    payment_days = models.PositiveSmallIntegerField(default=30)

    objects = Rows["Supplier"].as_manager()
    personal = ("contact", "phone")

    def __str__(self) -> str:
        return self.organisation.name


class Licence(Table):
    """A paper that lets a supplier sell to us, by kind and number: valid until a day, for parts of some groups or device categories."""

    class Kind(models.TextChoices):
        LICENCE = "licence"  # 医疗器械经营许可证
        RECORD = "record"  # 第二类医疗器械经营备案
        AUTHORISATION = "authorisation"  # 授权书
        REGISTRATION = "registration"  # 医疗器械注册证
        QUALITY = "quality"  # 质量保证协议

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="licences")
    kind = models.CharField(max_length=16, choices=Kind)
    number = models.CharField(max_length=80)
    valid_until = models.DateField(null=True)
    groups = models.JSONField(default=list)  # keys of part groups; none: all
    categories = models.JSONField(default=list)  # keys of device categories; none: all
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = Rows["Licence"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "kind", "number"], name="licence_once")]
        indexes = [models.Index(fields=["valid_until"], name="licence_until")]

    def __str__(self) -> str:
        return self.number


class PriceAgreement(Table):
    """What a part costs from a supplier, from and until a day, from so many pieces on, and how long it takes to come."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="agreements")
    part = models.ForeignKey(Part, models.PROTECT, related_name="agreements")
    price = AmountField()  # net, each
    currency = models.CharField(max_length=3, default="CNY")
    tax_rate = RateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    minimum = QuantityField(default=1)
    lead_days = models.PositiveSmallIntegerField()

    objects = Rows["PriceAgreement"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "part", "valid_from"], name="one_price_from_a_day"),
            models.CheckConstraint(condition=Q(price__gt=0, tax_rate__gte=0, tax_rate__lt=1, minimum__gt=0), name="price_is_sound"),
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="agreement_has_days"),
        ]
