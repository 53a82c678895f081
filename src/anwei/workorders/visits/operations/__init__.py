"""What is planned and done on site."""

from anwei.workorders.visits.operations.moving import (
    accept,
    arrive,
    decline,
    finish,
    resume,
    start,
    travel,
    wait_for_customer,
    wait_for_part,
)
from anwei.workorders.visits.operations.parts import fit_part, take_part_back
from anwei.workorders.visits.operations.planning import OPEN, cancel_visits, put_visit
from anwei.workorders.visits.operations.recording import ReadingInput, add_photo, put_photo, record_readings
from anwei.workorders.visits.operations.requesting import cancel_request, let_parts_go, request_part
from anwei.workorders.visits.operations.signing import sign
from anwei.workorders.visits.operations.waking import FOLLOWED, follow_parts, wake

__all__ = [
    "FOLLOWED",
    "OPEN",
    "ReadingInput",
    "accept",
    "add_photo",
    "arrive",
    "cancel_request",
    "cancel_visits",
    "decline",
    "finish",
    "fit_part",
    "follow_parts",
    "let_parts_go",
    "put_photo",
    "put_visit",
    "record_readings",
    "request_part",
    "resume",
    "sign",
    "start",
    "take_part_back",
    "travel",
    "wait_for_customer",
    "wait_for_part",
    "wake",
]
