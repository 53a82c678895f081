"""Quantities: an exact amount of one unit."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal
from anwei.core.exact import Exact

PLACES = 6
LONGEST_UNIT = 20


class QuantityUnfit(Refusal):
    """Refuse what is no quantity: a float, no number, too large, too finely divided."""

    code = "quantity_unfit"
    status = 422
    sentence = _("%(amount)s is no quantity: an exact number with at most six decimals is expected.")


class UnitUnfit(Refusal):
    """Refuse a unit that is blank or too long."""

    code = "unit_unfit"
    status = 422
    sentence = _("%(unit)s is no unit.")


class UnitsDiffer(Refusal):
    """Refuse to reckon with two units at once."""

    code = "units_differ"
    sentence = _("Quantities in %(one)s and %(other)s cannot be reckoned together.")


class QuantityNotPositive(Refusal):
    """Refuse a quantity that is zero or less where something has to move."""

    code = "quantity_not_positive"
    status = 422
    sentence = _("The quantity must be greater than zero, not %(quantity)s.")


@dataclass(frozen=True, slots=True)
class Quantity(Exact):
    """Hold an exact amount of a unit, at most twelve digits before and six after the point.

    :raises QuantityUnfit: the amount is a float, not finite, too large or too finely divided
    :raises UnitUnfit: the unit is blank, has spaces at its ends or is too long
    """

    places = PLACES
    unfit = QuantityUnfit
    amount: Decimal
    unit: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", self.checked(self.amount))
        if not self.unit or self.unit != self.unit.strip() or len(self.unit) > LONGEST_UNIT or not self.unit.isprintable():
            raise UnitUnfit(unit=repr(self.unit))

    @classmethod
    def of(cls, amount: str | int | Decimal, unit: str) -> "Quantity":
        """Read a quantity from a text such as "2.5", or take a whole number.

        :raises QuantityUnfit: the text is no plain number
        """
        return cls(cls.read(amount), unit)

    def positive(self) -> "Quantity":
        """Return the quantity itself if it is greater than zero.

        :raises QuantityNotPositive: it is not
        """
        if self.amount <= 0:
            raise QuantityNotPositive(quantity=self)
        return self

    def __str__(self) -> str:
        return f"{self.amount:,f} {self.unit}"

    def _with(self, amount: Decimal) -> "Quantity":
        return Quantity(amount, self.unit)

    def _same(self, other: "Quantity") -> Decimal:
        if not isinstance(other, Quantity):
            raise TypeError("a quantity is reckoned with quantities only")
        if other.unit != self.unit:
            raise UnitsDiffer(one=self.unit, other=other.unit)
        return other.amount
