from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from anwei.equipment.instruments.models import Instrument
from anwei.equipment.instruments.tests.factory import make_instrument
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.tests.factory import make_branch

pytestmark = pytest.mark.django_db


def test_an_instrument_is_registered_and_calibrated_on_its_pages(client: Client) -> None:
    client.force_login(make_user("quinn", "quality_officer"))
    branch = make_branch()
    answer = client.post(reverse("instruments:register"), {"number": "EST-01", "kind": "est", "branch": str(branch.pk)})
    made = Instrument.objects.get()
    assert answer["Location"] == reverse("instruments:instrument", args=[made.pk])
    certificate = {"calibrated_on": "2026-06-01", "due_on": "2027-05-31", "laboratory": "湖北省计量院", "certificate": "JZ-1"}
    assert client.post(answer["Location"], certificate).status_code == 302
    made.refresh_from_db()
    assert made.calibration_due == date(2027, 5, 31)
    assert "JZ-1" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("day", ["", "never", "0001-01-01", "99999-01-01", "２０２６"])
def test_a_day_that_is_none_is_told_and_the_typed_text_kept(client: Client, day: str) -> None:
    client.force_login(make_user("quinn", "quality_officer"))
    instrument = make_instrument(make_branch())
    typed = {"calibrated_on": day, "due_on": "2027-05-31", "laboratory": "湖北省计量院", "certificate": "JZ-1"}
    answer = client.post(reverse("instruments:instrument", args=[instrument.pk]), typed)
    assert answer.status_code == 422
    assert "湖北省计量院" in answer.content.decode()
    assert not instrument.calibrations.exists()


def test_who_may_open_instruments(client: Client) -> None:
    instrument = make_instrument(make_branch())
    urls = [reverse("instruments:list"), reverse("instruments:register"), reverse("instruments:instrument", args=[instrument.pk])]

    def statuses(*roles: str, **given: object) -> list[int]:
        client.force_login(make_user(f"u-{roles[0]}", *roles, **given))  # type: ignore[arg-type]
        return [client.get(url).status_code for url in urls]

    assert [client.get(url).status_code for url in urls] == [302, 302, 302]
    assert statuses("quality_officer") == [200, 200, 200]
    assert statuses("field_engineer", branch=instrument.branch_id) == [200, 403, 200]
    assert statuses("dispatcher") == [200, 403, 404]
    assert statuses("hospital_engineer", side="hospital") == [403, 403, 403]
