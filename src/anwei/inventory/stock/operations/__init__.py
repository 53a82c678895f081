"""What is done with stock."""

from anwei.inventory.stock.operations.allowing import DIRECT, DISTRIBUTOR, note_expiry
from anwei.inventory.stock.operations.deeds import area_of, fitted_on, open_place, put_place, receive, reverse, transfer
from anwei.inventory.stock.operations.moving import Cause, Pieces, post_move, take_back
from anwei.inventory.stock.operations.reserving import release, reserve

__all__ = [
    "DIRECT", "DISTRIBUTOR", "Cause", "Pieces", "area_of", "fitted_on", "note_expiry", "open_place", "post_move", "put_place", "receive",
    "release", "reserve", "reverse", "take_back", "transfer",
]  # fmt: skip
