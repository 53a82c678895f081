"""What every table shares: a key made in the application and the two times of its row."""

from typing import Any, Self, TypeVar

from django.db import models

from anwei.core.actor import Actor
from anwei.core.ids import uuid7

M = TypeVar("M", bound=models.Model)


class Table(models.Model):
    """A row of the business: UUIDv7 key, when it was made, when it last changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        abstract = True


def version_of(row: models.Model) -> str:
    """Return the version of a row that a program or a form saw, empty where its table keeps none."""
    changed = getattr(row, "changed_at", None)
    return format(int(changed.timestamp() * 1_000_000), "x") if changed else ""


class Rows(models.QuerySet[M]):
    """Rows that are narrowed to an actor before anything else is asked of them."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the rows this actor may see. Tables without a narrower rule show all rows to our own people and none to others."""
        return self if actor.everywhere or actor.side in ("ours", "system") else self.none()


class AmountField(models.DecimalField):  # type: ignore[type-arg]
    """An amount of money to two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_digits": 18, "decimal_places": 2} | kwargs))


class QuantityField(models.DecimalField):  # type: ignore[type-arg]
    """A quantity to three decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_digits": 14, "decimal_places": 3} | kwargs))
