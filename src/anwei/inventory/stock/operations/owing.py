"""The end of what is owed as unused: pieces that leave a van were fitted, or came back."""

from decimal import Decimal

from anwei.inventory.stock.models import Due, Move, Place

UNUSED, CONSUME = "unused", "consume"


def settle_unused(move: Move) -> None:
    """End what the holder of a van owes as unused, as far as a move takes it out of the van."""
    if move.source.kind != Place.Kind.VAN:
        return
    left: Decimal = move.quantity
    fate = Due.Fate.USED if move.kind == CONSUME else Due.Fate.RETURNED
    owed = Due.objects.filter(holder=move.source, part=move.part, lot=move.lot, serial=move.serial, rule=UNUSED, state=Due.State.OPEN)
    for due in owed.select_for_update().order_by("due_on", "id"):
        if not left:
            return
        taken = min(left, due.quantity)
        left -= taken
        if taken == due.quantity:
            due.state, due.fate, due.settled_at = Due.State.SETTLED, fate, move.at
        else:
            due.quantity -= taken
        due.save()
