"""The van on the phone: what comes, what goes back, what goes to a colleague."""

import pytest
from django.test import Client
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import record
from anwei.foundation.accounts.queries import actor_for, system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Balance, Due, Transfer
from anwei.inventory.stock.operations import Taken, hand_over
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.workorders.orders.models import WorkOrder
from tests.journeys.company import Company, make_engineer
from tests.journeys.visit import fit
from tests.trail.factory import deed

pytestmark = pytest.mark.django_db


@deed
def mark(*, actor: Actor, part: Part) -> None:
    part.hazards, part.data_bearing = ["infectious"], True
    part.save()
    record(part, "parts.registered")


class Ann:
    """A colleague with a van and one piece in it."""

    def __init__(self, company: Company) -> None:
        self.user = make_user("ann", "field_engineer")
        self.engineer = make_engineer(self.user, company.branch)
        self.van = make_place("van", "Van Ann", branch=company.branch, engineer=self.engineer)
        make_stock(make_part(tracking="serial"), self.van, serial="ANN-1")


def test_what_a_colleague_sent_is_accepted_by_one_tap(phone: Client, company: Company) -> None:
    ann = Ann(company)
    lines = [Taken(Balance.objects.get(place=ann.van))]
    hand_over(actor=actor_for(ann.user, "phone"), colleague=company.engineer.pk, lines=lines, at=timezone.now(), note="at the gate")
    transfer = Transfer.objects.get()
    page = phone.get("/field/van/").content.decode()
    assert "ANN-1" in page and "at the gate" in page
    assert phone.post(f"/field/van/coming/{transfer.pk}/").status_code == 302
    assert Balance.objects.get(place=company.van, serial="ANN-1").quantity == 1


def test_pieces_are_handed_to_a_colleague(phone: Client, company: Company) -> None:
    ann = Ann(company)
    piece = Balance.objects.get(place=company.van, serial="FS-1")
    assert phone.post("/field/van/hand-over/", {"colleague": str(ann.engineer.pk)}).status_code == 422
    phone.post("/field/van/hand-over/", {"colleague": str(ann.engineer.pk), "pieces": [str(piece.pk)], "note": ""})
    assert Transfer.objects.get().target == ann.van


def test_what_goes_to_others_is_not_accepted(phone: Client, company: Company, client: Client) -> None:
    ann = Ann(company)
    tom = actor_for(company.users["tom"], "phone")
    hand_over(actor=tom, colleague=ann.engineer.pk, lines=[Taken(Balance.objects.get(place=company.van, serial="FS-1"))], at=timezone.now())
    assert phone.post(f"/field/van/coming/{Transfer.objects.get().pk}/").status_code == 404


def test_the_old_part_stands_in_the_van_with_its_deadline(phone: Client, company: Company, working: WorkOrder) -> None:
    fit(company, working)
    page = phone.get("/field/van/").content.decode()
    due = Due.objects.get()
    assert "FS-0" in page and working.number in page and str(due.due_on) in page and (due.rule, due.holder) == ("core", company.van)


def test_an_old_part_that_is_not_clean_is_cleaned_and_its_data_are_wiped(phone: Client, company: Company, working: WorkOrder) -> None:
    mark(actor=system_actor("test"), part=company.part)
    fit(company, working)
    due = Due.objects.get()
    assert (due.state, due.place.kind) == ("not_clean", "fitted")
    phone.post(f"/field/van/due/{due.pk}/clean/")
    due.refresh_from_db()
    assert (due.state, due.rule) == ("open", "data_bearing")
    assert phone.post(f"/field/van/due/{due.pk}/wipe/", {"witness": ""}).status_code == 422
    phone.post(f"/field/van/due/{due.pk}/wipe/", {"witness": "王护士长"})
    due.refresh_from_db()
    assert (due.holds_data, due.witness, due.rule) == (False, "王护士长", "core")
