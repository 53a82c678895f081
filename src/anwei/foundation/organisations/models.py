from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.search import SearchField
from anwei.core.tables import M, Rows, Table
from anwei.foundation.branches.models import Branch


class OrganisationRows(Rows["Organisation"]):
    def visible_to(self, actor: Actor) -> "OrganisationRows":
        """Who sees everywhere sees all; others the bodies of their branches and those granted by name; outsiders their own."""
        if actor.everywhere:
            return self
        granted = Q(pk__in=actor.ids("hospital") | actor.ids("distributor"))
        return self.filter(granted | Q(branch__in=actor.ids("branch"))) if actor.side == "ours" else self.filter(granted)

    def living(self) -> "OrganisationRows":
        """Those not merged into another."""
        return self.filter(merged_into=None)

    def hospitals(self) -> "OrganisationRows":
        return self.filter(roles__contains=["hospital"])


class Organisation(Table):
    """A legal body with one or more roles: a maker may also supply and pay."""

    class Role(models.TextChoices):
        HOSPITAL = "hospital"
        DISTRIBUTOR = "distributor"
        MAKER = "maker"
        SUPPLIER = "supplier"

    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    roles = ArrayField(models.CharField(max_length=12, choices=Role.choices))
    level = models.CharField(max_length=20, blank=True)  # canonical key of a hospital's grade, see governance.standards
    province = models.CharField(max_length=40, blank=True)
    city = models.CharField(max_length=40, blank=True)
    county = models.CharField(max_length=40, blank=True)
    adcode = models.CharField(max_length=6, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phones = models.JSONField(default=list)
    tax_number = models.CharField(max_length=20, blank=True)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10, default="zh-hans")  # of reports and letters to this body
    search = SearchField()

    objects = OrganisationRows.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="organisation_search"),
            models.Index(fields=["branch", "name"], name="organisation_branch"),
            models.Index(fields=["name", "id"], name="organisation_name"),
            models.Index(fields=["province", "city"], name="organisation_place"),
        ]

    def __str__(self) -> str:
        return self.name

    def search_texts(self) -> list[str]:
        """What it is found by; aliases are added by the operation that writes them."""
        return [self.name, self.name_en, self.city, *getattr(self, "alias_names", [])]


class PartRows(Rows[M]):
    """Rows that belong to a body: who sees the body sees them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the bodies that the actor sees."""
        return self.filter(organisation__in=Organisation.objects.visible_to(actor))


class Alias(Table):
    """Another name of a body: a former name, a second plate, a short form. Searchable, never a second body."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=200)

    objects = PartRows["Alias"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="alias_once")]


class Department(Table):
    """A ward or department of a body."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="departments")
    name = models.CharField(max_length=100)

    objects = PartRows["Department"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="department_once")]

    def __str__(self) -> str:
        return self.name


class Contact(Table):
    """A person at a body whom we may call."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=60, blank=True)
    duty = models.CharField(max_length=100, blank=True)

    objects = PartRows["Contact"].as_manager()
    personal = ("name", "phone")
