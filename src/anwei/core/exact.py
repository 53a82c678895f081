"""Exact decimals: within bounds, never rounded in passing, never a float."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from typing import ClassVar, Self
from unicodedata import normalize

from anwei.core.errors import Refusal

LIMIT = Decimal(10) ** 12  # amounts stay below: twelve digits before the point
FINEST = 80  # decimals beyond which a number is not even looked at
_EXACT = Context(prec=100, traps=[Inexact, InvalidOperation])
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")


@contextmanager
def exactly() -> Iterator[None]:
    """Compute without rounding: a result that would have to be rounded raises `decimal.Inexact`."""
    with localcontext(_EXACT):
        yield


def is_exact(value: object, places: int) -> bool:
    """Tell whether `value` is a whole number or finite Decimal below the limit with at most `places` decimals (trailing zeros are none)."""
    number = Decimal(value) if type(value) is int else value
    if not isinstance(number, Decimal) or not number.is_finite() or number.copy_abs() >= LIMIT:
        return False
    return not number or (_exponent(number) >= -FINEST and _exponent(tidy(number)) >= -places)


def tidy(value: Decimal) -> Decimal:
    """Return the same value without superfluous zeros, exponent or minus zero."""
    with exactly():
        plain = value.normalize() if value else Decimal(0)
        return plain.quantize(Decimal(1)) if _exponent(plain) > 0 else plain


def read_decimal(value: str | int | Decimal) -> Decimal | None:
    """Read a plain number such as "-1200.50", full-width digits included; anything else (1e3, 1,200, NaN, a float) is none."""
    if isinstance(value, str):
        plain = normalize("NFKC", value).strip()
        return Decimal(plain) if _NUMBER.fullmatch(plain) else None
    return Decimal(value) if type(value) is int else value if isinstance(value, Decimal) else None


class Exact:
    """Reckon exactly with amounts of one kind; money and quantities are such amounts."""

    __slots__ = ()
    places: ClassVar[int]  # the most decimals
    unfit: ClassVar[type[Refusal]]  # raised for what is no such amount
    amount: Decimal

    @classmethod
    def read(cls, amount: str | int | Decimal) -> Decimal:
        """Read an amount from a text such as "1200.50", or take a whole number.

        :raises Refusal: the text is no plain number; which refusal says the kind of amount
        """
        value = read_decimal(amount)
        if value is None:
            raise cls.unfit(amount=repr(amount))
        return value

    @classmethod
    def checked(cls, number: int | Decimal) -> Decimal:
        """Return a number without superfluous zeros.

        :raises Refusal: it is a float, not finite, too large or too finely divided
        """
        if not is_exact(number, cls.places):
            raise cls.unfit(amount=repr(number))
        return tidy(Decimal(number))

    def __mul__(self, factor: Decimal | int) -> Self:
        """Multiply exactly; round the result where it is to be paid."""
        with exactly():
            return self._with(self.amount * self.checked(factor))

    def _with(self, amount: Decimal) -> Self:
        """Make the same kind of thing with another amount."""
        raise NotImplementedError

    def _same(self, other: Self) -> Decimal:
        """Return the amount of `other`, which must be of the same kind."""
        raise NotImplementedError

    def __add__(self, other: Self) -> Self:
        with exactly():
            return self._with(self.amount + self._same(other))

    def __sub__(self, other: Self) -> Self:
        with exactly():
            return self._with(self.amount - self._same(other))

    def __neg__(self) -> Self:
        return self._with(self.amount.copy_negate())

    def __abs__(self) -> Self:
        return self._with(self.amount.copy_abs())

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: Self) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Self) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Self) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Self) -> bool:
        return self.amount >= self._same(other)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent
