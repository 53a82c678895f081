from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.tests.factory import make_branch
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Balance, Count, Due, Transfer
from anwei.inventory.stock.operations import Counted, count
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.inventory.stock.tests.test_old_parts import take_out
from anwei.inventory.stock.tests.test_transfers import SYSTEM, Two, there

pytestmark = pytest.mark.django_db
GTIN = "06901234000016"


class Desk:
    """Sue at her desk: a store with a bin, a van, and a part with a label."""

    def __init__(self) -> None:
        self.branch = make_branch("SH")
        self.store = make_place(branch=self.branch)
        self.bin, self.van = make_place("bin", "A-01", parent=self.store), make_place("van", "Van Tom", branch=self.branch)
        self.part = make_part(tracking="lot", udi_di=GTIN)
        make_stock(self.part, self.bin, 4, lot="L1")
        self.user = make_user("sue", "storekeeper", branch=self.branch.pk)
        self.client = Client()
        self.client.force_login(self.user)


def test_a_scan_a_line_and_one_confirmation_issue_to_a_van() -> None:
    desk = Desk()
    scans = f"(01){GTIN}(17)271231(10)L1\n{desk.part.number}*2"
    given = {"van": str(desk.van.pk), "scans": scans, "document": str(uuid4())}
    assert desk.client.post(reverse("stock:issue"), given).status_code == 302
    assert there(desk.van) == 3 and there(desk.bin) == 1


def test_a_scan_that_fits_nothing_is_named_and_what_was_scanned_is_kept() -> None:
    desk = Desk()
    answer = desk.client.post(
        reverse("stock:issue"), {"van": str(desk.van.pk), "scans": f"{desk.part.number}\nNOPE-1", "document": str(uuid4())}
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and "NOPE-1" in text and desk.part.number in text and there(desk.van) == 0


def test_what_was_sent_is_received_on_the_other_side() -> None:
    two = Two()
    transfer = two.send()
    client = Client()
    client.force_login(make_user("kim", "storekeeper", branch=two.beijing.pk))
    key = transfer.lines.get().pk
    page = client.get(reverse("stock:transfer", args=[transfer.pk])).content.decode()
    assert f"whole_{key}" in page
    client.post(reverse("stock:transfer", args=[transfer.pk]), {f"whole_{key}": "2", f"damaged_{key}": "0"})
    assert Transfer.objects.get().state == "short" and there(two.far) == 2


def test_the_sender_takes_back_what_nobody_received() -> None:
    two = Two()
    transfer = two.send()
    client = Client()
    client.force_login(make_user("kim", "storekeeper", branch=two.shanghai.pk))
    client.post(reverse("stock:cancel_transfer", args=[transfer.pk]))
    assert there(two.here) == 5


def test_an_old_part_is_judged_by_one_form() -> None:
    desk = Desk()
    take_out(actor=SYSTEM, part=make_part(tracking="serial"), van=desk.van)
    due = Due.objects.get()
    assert "OLD-1" in desk.client.get(reverse("stock:dues")).content.decode()
    assert desk.client.post(reverse("stock:due", args=[due.pk]), {"fate": "good"}).status_code == 422
    desk.client.post(reverse("stock:due", args=[due.pk]), {"fate": "good", "store": str(desk.bin.pk)})
    due.refresh_from_db()
    assert (due.fate, due.place) == ("good", desk.bin)


def test_scrapping_is_proposed_to_a_second_person() -> None:
    desk = Desk()
    take_out(actor=SYSTEM, part=make_part(tracking="serial"), van=desk.van)
    due = Due.objects.get()
    desk.client.post(reverse("stock:hand_in", args=[due.pk]))
    answer = desk.client.post(reverse("stock:scrap", args=[due.pk]), {"witness": "Ann", "reason": "burnt"})
    assert answer.status_code == 302 and "governance" in answer.headers["Location"]
    due.refresh_from_db()
    assert due.state == "back"


def test_a_count_is_blind() -> None:
    desk = Desk()
    make_stock(make_part(tracking="serial"), desk.bin, serial="HIDDEN-7")
    page = desk.client.get(reverse("stock:count_place"), {"place": "a-01"})
    text = desk.client.get(page.headers["Location"]).content.decode()
    assert desk.part.number in text and "L1" in text and "HIDDEN-7" not in text and "4.000" not in text
    balance = Balance.objects.get(place=desk.bin, lot="L1")
    desk.client.post(page.headers["Location"], {f"of_{balance.pk}": "3", "scans": "hidden-7"})
    made = Count.objects.get()
    assert made.state == "differs"
    own = desk.client.get(reverse("stock:count", args=[made.pk])).content.decode()
    desk.client.force_login(make_user("ben", "storekeeper", branch=desk.branch.pk))
    other = desk.client.get(reverse("stock:count", args=[made.pk])).content.decode()
    assert "账面" not in own.partition("<main")[2].partition("<table")[2].partition("</table>")[0] and "账面" in other
    desk.client.post(reverse("stock:count", args=[made.pk]), {"note": "ok"})
    assert there(desk.bin) == 4


@pytest.mark.parametrize("page", ["stock:dues", "stock:transfers", "stock:counts"])
def test_more_rows_ask_no_more_questions(page: str) -> None:
    desk, counts = Desk(), []
    sue = actor_for(desk.user, "page")
    for number in range(2):
        for piece in range(5):
            part, shelf = make_part(), make_place("bin", f"B-{number}{piece}", parent=desk.store)
            take_out(actor=SYSTEM, part=part, van=desk.van)
            count(actor=sue, place=shelf, lines=[Counted(part, Decimal(1))], at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            assert desk.client.get(reverse(page)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
