"""The tables of stock."""

from anwei.inventory.stock.models.pieces import Balance, Expiry, Move, Reservation
from anwei.inventory.stock.models.places import Condition, Place, within

__all__ = ["Balance", "Condition", "Expiry", "Move", "Place", "Reservation", "within"]
