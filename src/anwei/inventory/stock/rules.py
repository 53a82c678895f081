"""What a piece is worth when it leaves, and which accounts a move touches."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# the account in which pieces at a kind of place are kept; a move between two kinds of the same account posts nothing
ACCOUNTS = {"store": "1405", "van": "1405", "returns": "1405", "fitted": "6401", "supplier": "2202", "scrap": "6711", "adjustment": "1901"}


def leaving_value(*, value: Decimal, quantity: Decimal, taken: Decimal) -> Decimal:
    """Return what `taken` of `quantity` pieces worth `value` are worth: their share, and all of it when nothing stays.

    Moving average cost; so a balance of nothing is worth exactly nothing.
    """
    if taken == quantity:
        return value
    return min(value, (value * taken / quantity).quantize(CENT, ROUND_HALF_UP))
