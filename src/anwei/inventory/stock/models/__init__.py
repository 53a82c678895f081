"""The tables of stock."""

from anwei.inventory.stock.models.counts import Count, CountLine
from anwei.inventory.stock.models.dues import Due
from anwei.inventory.stock.models.pieces import Balance, Expiry, Move, Reservation
from anwei.inventory.stock.models.places import Condition, Place, within
from anwei.inventory.stock.models.transfers import Transfer, TransferLine

__all__ = [
    "Balance", "Condition", "Count", "CountLine", "Due", "Expiry", "Move", "Place", "Reservation", "Transfer", "TransferLine", "within",
]  # fmt: skip
