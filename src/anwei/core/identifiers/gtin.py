"""The check digit of a GTIN (GS1 General Specifications, section 7.9)."""

from anwei.core.identifiers.errors import CheckDigitWrong, UdiUnreadable

LENGTHS = (8, 12, 13, 14)


def gtin_check_digit(body: str) -> str:
    """Return the check digit of a GTIN without it."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def read_gtin(digits: str, raw: str) -> str:
    """Return a GTIN of 8, 12, 13 or 14 digits in its form of fourteen.

    :raises UdiUnreadable: it is none
    :raises CheckDigitWrong: its last digit does not fit the others
    """
    if len(digits) not in LENGTHS or not (digits.isascii() and digits.isdigit()) or not int(digits):
        raise UdiUnreadable(raw)
    expected = gtin_check_digit(digits[:-1])
    if digits[-1] != expected:
        raise CheckDigitWrong(raw, found=digits[-1], expected=expected)
    return digits.zfill(14)
