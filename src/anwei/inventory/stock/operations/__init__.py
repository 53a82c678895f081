"""What is done with stock."""

from anwei.inventory.stock.operations.allowing import DIRECT, DISTRIBUTOR, note_expiry
from anwei.inventory.stock.operations.counting import Counted, approve_count, count, discard_count
from anwei.inventory.stock.operations.deeds import area_of, fitted_on, open_place, put_place, receive, reverse, transfer
from anwei.inventory.stock.operations.moving import Cause, Pieces, post_move, take_back
from anwei.inventory.stock.operations.reserving import release, reserve
from anwei.inventory.stock.operations.returning import clean, hand_in, judge, leave, owe, owe_old_part, scrap, take_due_back, wipe
from anwei.inventory.stock.operations.transferring import (
    Arrived,
    Taken,
    cancel_transfer,
    hand_over,
    issue,
    receive_transfer,
    send,
    write_off_lost,
)

__all__ = [
    "DIRECT", "DISTRIBUTOR", "Arrived", "Cause", "Counted", "Pieces", "Taken", "approve_count", "area_of", "cancel_transfer", "clean",
    "count", "discard_count", "fitted_on", "hand_in", "hand_over", "issue", "judge", "leave", "note_expiry", "open_place", "owe",
    "owe_old_part", "post_move", "put_place", "receive", "receive_transfer", "release", "reserve", "reverse", "scrap", "send", "take_back",
    "take_due_back",
    "transfer", "wipe", "write_off_lost",
]  # fmt: skip
