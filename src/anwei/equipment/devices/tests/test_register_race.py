from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from anwei.equipment.devices.errors import SerialTaken
from anwei.equipment.devices.models import Device, Event
from anwei.equipment.devices.operations import register
from anwei.equipment.devices.tests.factory import make_hospital, make_model
from anwei.foundation.accounts.queries import system_actor

WRITTEN = (
    "LB60-23A0417",
    "lb60-23a0417",
    "ＬＢ６０－２３Ａ０４１７",
    " LB60-23A0417 ",
    "LB60‐23A0417",
    "Lb60-23a0417",
    "LB60 -23A0417",
    "ｌｂ60-23A0417",
)


@pytest.mark.commit
def test_eight_at_once_register_the_same_serial_number_once(committed: str) -> None:
    hospital, model, start = make_hospital(), make_model(), Barrier(len(WRITTEN))
    answers: list[str] = []

    def one(serial: str) -> None:
        start.wait()
        try:
            device = register(actor=system_actor("test"), model=model, hospital=hospital, serial=serial, at=timezone.now())
            answers.append(device.number)
        except SerialTaken as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(serial,)) for serial in WRITTEN]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("serial_taken") == len(WRITTEN) - 1
    assert Device.objects.count() == Event.objects.count() == 1
