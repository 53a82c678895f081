from datetime import UTC, date, datetime
from typing import Any

import pytest

from anwei.core.errors import NoRight
from anwei.equipment.instruments.errors import (
    CalibrationDatesUnfit,
    CalibrationOutdated,
    CertificateMissing,
    InstrumentRetired,
    NumberMissing,
    NumberTaken,
    UnknownKind,
)
from anwei.equipment.instruments.models import Instrument
from anwei.equipment.instruments.operations import record_calibration, register, retire
from anwei.equipment.instruments.queries import kinds, months_of, usable_on
from anwei.equipment.instruments.tests.factory import make_instrument
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
SYSTEM = system_actor("test")
CERTIFICATE: dict[str, Any] = {
    "calibrated_on": date(2026, 6, 1),
    "due_on": date(2027, 5, 31),
    "laboratory": "湖北省计量院",
    "certificate": "JZ-2026-118",
    "at": AT,
}


def test_a_quality_officer_registers_an_instrument_that_nobody_may_use_yet() -> None:
    branch = make_branch()
    made = register(actor=make_actor("quinn", "quality_officer"), number=" EST-01 ", kind="est", branch=branch, at=AT)
    assert (made.number, made.name_zh, made.name_en) == ("EST-01", kinds()["est"].zh, kinds()["est"].en)
    assert not Instrument.objects.usable_on(date(2026, 11, 24)).exists()
    assert Deed.objects.get(verb="instruments.register").subject == f"instruments.Instrument:{made.pk}"


@pytest.mark.parametrize(
    ("given", "refusal"), [({"number": " "}, NumberMissing), ({"kind": "hammer"}, UnknownKind), ({"number": "EST-01"}, NumberTaken)]
)
def test_an_instrument_that_cannot_be_is_refused(given: dict[str, str], refusal: type[Exception]) -> None:
    branch = make_branch()
    make_instrument(branch, "EST-01")
    with pytest.raises(refusal):
        register(actor=SYSTEM, branch=branch, at=AT, **({"number": "EST-02", "kind": "est"} | given))
    assert Instrument.objects.count() == 1


def test_readings_count_from_the_calibration_to_the_day_it_is_due() -> None:
    instrument = make_instrument(make_branch())
    record_calibration(actor=make_actor("wanda", "storekeeper", branch=instrument.branch_id), instrument=instrument, **CERTIFICATE)
    usable = {day: Instrument.objects.usable_on(day).exists() for day in (date(2026, 5, 31), date(2026, 6, 1), date(2027, 5, 31))}
    assert list(usable.values()) == [False, True, True]
    assert not Instrument.objects.usable_on(date(2027, 6, 1)).exists()
    assert Deed.objects.get(verb="instruments.record_calibration").words == ["instruments.calibrated"]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"calibrated_on": date(2026, 11, 25)}, CalibrationDatesUnfit),
        ({"due_on": date(2026, 6, 1)}, CalibrationDatesUnfit),
        ({"laboratory": " "}, CertificateMissing),
        ({"certificate": ""}, CertificateMissing),
    ],
)
def test_a_certificate_that_cannot_be_is_refused(given: dict[str, Any], refusal: type[Exception]) -> None:
    instrument = make_instrument(make_branch())
    with pytest.raises(refusal):
        record_calibration(actor=SYSTEM, instrument=instrument, **(CERTIFICATE | given))
    assert not instrument.calibrations.exists()


def test_an_older_or_equal_certificate_adds_nothing() -> None:
    instrument = make_instrument(make_branch())
    record_calibration(actor=SYSTEM, instrument=instrument, **CERTIFICATE)
    for day in (date(2026, 6, 1), date(2026, 5, 1)):
        with pytest.raises(CalibrationOutdated):
            record_calibration(actor=SYSTEM, instrument=instrument, **(CERTIFICATE | {"calibrated_on": day}))
    assert instrument.calibrations.count() == 1


def test_a_retired_instrument_is_not_used_or_calibrated_any_more() -> None:
    instrument = make_instrument(make_branch(), calibrated_on=date(2026, 1, 1), due_on=date(2026, 12, 31))
    retire(actor=SYSTEM, instrument=instrument, at=AT)
    assert not Instrument.objects.usable_on(date(2026, 11, 24)).exists()
    with pytest.raises(InstrumentRetired):
        record_calibration(actor=SYSTEM, instrument=instrument, **CERTIFICATE)
    with pytest.raises(InstrumentRetired):
        retire(actor=SYSTEM, instrument=instrument, at=AT)


def test_an_engineer_may_not_calibrate_but_sees_what_can_be_used_at_the_branch() -> None:
    branch, other = make_branch("SH"), make_branch("GZ")
    days = {"calibrated_on": date(2026, 1, 1), "due_on": date(2026, 12, 31)}
    mine = make_instrument(branch, **days)  # type: ignore[arg-type]
    make_instrument(other, "EST-02", **days)  # type: ignore[arg-type]
    make_instrument(branch, "DA-01", "defib_analyser")
    fred = make_actor("fred", "field_engineer", branch=branch.pk)
    assert list(usable_on(fred, date(2026, 11, 24))) == [mine]
    assert not usable_on(fred, date(2026, 11, 24), "defib_analyser").exists()
    with pytest.raises(NoRight):
        record_calibration(actor=fred, instrument=mine, **CERTIFICATE)


def test_every_kind_says_how_often_it_is_calibrated() -> None:
    assert {months_of(kind) for kind in kinds()} <= {6, 12, 24, 36}
