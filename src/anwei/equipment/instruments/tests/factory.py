"""Test instruments, made through the operations."""

from datetime import date

from django.utils import timezone

from anwei.equipment.instruments.models import Instrument
from anwei.equipment.instruments.operations import record_calibration, register
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.branches.models import Branch


def make_instrument(
    branch: Branch, number: str = "EST-01", kind: str = "est", calibrated_on: date | None = None, due_on: date | None = None
) -> Instrument:
    """Register an instrument, calibrated where a day is given."""
    system = system_actor("test")
    instrument = register(actor=system, number=number, kind=kind, branch=branch, at=timezone.now())
    if calibrated_on and due_on:
        record_calibration(
            actor=system, instrument=instrument, calibrated_on=calibrated_on, due_on=due_on, laboratory="NIM", certificate="JZ-1",
            at=timezone.now(),
        )  # fmt: skip
        instrument.refresh_from_db()
    return instrument
