"""What the flow asks of the work on site."""

from anwei.workorders.orders.facts import Moment
from anwei.workorders.visits.models import PartUse, Reading, Signature
from anwei.workorders.visits.queries import awaited_of, open_tasks, parts_in_van_of, readings_of
from anwei.workorders.visits.rules import IDENTITY


def device_identified(moment: Moment) -> bool:
    """Say whether the label was scanned and is this device's, or "carries no UDI" was recorded."""
    reading = readings_of(moment.order).get(IDENTITY)
    return reading is not None and reading.verdict != Reading.Verdict.FAIL


def checklist_complete(moment: Moment) -> bool:
    """Say whether every required task has its answer."""
    return not open_tasks(moment.order)


def parts_settled(moment: Moment) -> bool:
    """Say whether every part whose old piece goes back has it recorded."""
    return not PartUse.objects.filter(order=moment.order, quantity__gt=0, part__core_return=True, old_condition="").exists()


def part_request(moment: Moment) -> bool:
    """Say whether a part was asked for that is not in the van yet."""
    return bool(awaited_of(moment.order))


def parts_in_van(moment: Moment) -> bool:
    """Say whether every part that was asked for lies in the engineer's van."""
    return parts_in_van_of(moment.order)


def quote_needed(moment: Moment) -> bool:
    """No quotation is asked for as long as settlement writes none."""
    return False


def customer_signature(moment: Moment) -> bool:
    """Say whether the ward signed on this visit."""
    return Signature.objects.filter(visit__order=moment.order, meaning="accepted").exists()
