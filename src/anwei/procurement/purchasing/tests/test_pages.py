"""The pages of purchasing: three clicks to a sent order, a scan a box, the three-way match."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.governance.models import Proposal
from anwei.inventory.parts.tests.factory import make_part
from anwei.procurement.purchasing.models import Inspection, PurchaseOrder, Receipt, SupplierInvoice
from anwei.procurement.purchasing.queries import rules_of
from anwei.procurement.purchasing.tests.factory import Scene, in_days, make_scene
from anwei.procurement.suppliers.tests.factory import make_licence, make_price, make_supplier

pytestmark = pytest.mark.django_db
GTIN = "09506000134352"


@pytest.fixture
def scene() -> Scene:
    return make_scene(tracking="serial", udi_di=GTIN)


def browser(actor_id: object) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor_id))
    client.post("/language/", {"language": "en"})
    return client


def clerk() -> Client:
    return browser(make_user("fay", "finance_clerk").pk)


def test_shortages_are_selected_ordered_and_sent(scene: Scene) -> None:
    """F17: select, make purchase orders, send."""
    bea, demand = browser(scene.buyer.id), scene.short(needed_by=in_days(1), label="SH-2611-0042")
    shown = bea.get(reverse("home"), follow=True)
    text = shown.content.decode()
    assert shown.redirect_chain[-1][0] == reverse("purchasing:demands") and "SH-2611-0042" in text and "Medparts SH" in text
    made = bea.post(reverse("purchasing:make"), {"id": [str(demand.pk), "no key"]})
    order = PurchaseOrder.objects.get()
    assert order.number in bea.get(made["Location"]).content.decode()
    sent = bea.post(reverse("purchasing:made"), {"id": [str(order.pk)]})
    order.refresh_from_db()
    assert sent["Location"] == reverse("purchasing:orders") and order.state == "sent"
    page = bea.get(reverse("purchasing:order", args=[order.pk])).content.decode()
    assert "SH-2611-0042" in page and reverse("files:file", args=[order.file_id]) in page
    assert bea.get(reverse("files:file", args=[order.file_id])).status_code == 200


def test_what_cannot_be_ordered_says_why_on_the_row_and_after_the_click(scene: Scene) -> None:
    bea, part, late = browser(scene.buyer.id), make_part(), make_supplier("Late", licensed=False)
    make_licence(late, number="L-77", days=-1)
    make_price(late, part, "10")
    demand = scene.short(part=part)
    assert "L-77 expired" in bea.get(reverse("purchasing:demands")).content.decode()
    after = bea.post(reverse("purchasing:make"), {"id": [str(demand.pk)]}, follow=True).content.decode()
    assert "Nothing can be ordered" in after and not PurchaseOrder.objects.exists()
    good = scene.short()
    partly = bea.post(reverse("purchasing:make"), {"id": [str(demand.pk), str(good.pk)]}, follow=True).content.decode()
    assert "Still short" in partly and PurchaseOrder.objects.count() == 1


def test_an_order_above_the_limit_is_proposed(scene: Scene) -> None:
    bea, order = browser(scene.buyer.id), scene.ordered(scene.short(300))
    bea.post(reverse("purchasing:ask_approval", args=[order.pk]), {"reason": "device down"})
    assert Proposal.objects.get().verb == "purchasing.approve"
    assert "device down" in bea.get(reverse("purchasing:order", args=[order.pk])).content.decode()
    refused = bea.post(reverse("purchasing:send", args=[order.pk]), follow=True).content.decode()
    assert "a second person must approve it" in refused


def test_promise_chase_change_and_end(scene: Scene) -> None:
    bea, order = browser(scene.buyer.id), scene.ordered()
    line = order.lines.get()
    bea.post(reverse("purchasing:line", args=[order.pk, line.pk]), {"quantity": "2", "unit_price": "90"})
    bea.post(reverse("purchasing:send", args=[order.pk]))
    bea.post(reverse("purchasing:chase", args=[order.pk]))
    bea.post(reverse("purchasing:promise", args=[order.pk]), {"promised_on": "2099-01-02", "note": "strike"})
    order.refresh_from_db()
    assert (order.net, order.chases.count(), order.promised_on.isoformat()) == (Decimal(180), 2, "2099-01-02")  # type: ignore[union-attr]
    assert "strike" in bea.get(reverse("purchasing:order", args=[order.pk])).content.decode()
    bea.post(reverse("purchasing:end", args=[order.pk]), {"reason": "no longer made"})
    order.refresh_from_db()
    assert order.state == "cancelled"


def test_a_box_is_one_scan_and_all_are_one_confirmation(scene: Scene) -> None:
    """F15."""
    sue, order = browser(scene.keeper.id), scene.sent(scene.short(), scene.short())
    url, carried = reverse("purchasing:receive", args=[order.pk]), list[str]()
    for serial in ("S1", "S2"):
        page = sue.post(url, {"scan": f"(01){GTIN}(17)290131(21){serial}", "do": "add", "box": carried}).content.decode()
        carried = [text.replace("&quot;", '"') for text in re.findall(r'name="box" value="([^"]*)"', page)]
    assert len(carried) == 2
    again = sue.post(url, {"scan": f"(01){GTIN}(21)S1", "do": "add", "box": carried})
    assert again.status_code == 422 and "S1 is scanned already" in again.content.decode()
    dropped = sue.post(url, {"do": "drop-0", "box": carried}).content.decode()
    assert dropped.count('name="box"') == 1
    done = sue.post(url, {"do": "confirm", "box": carried, "delivery_note": "DN-1"})
    receipt = Receipt.objects.get()
    assert done["Location"] == reverse("purchasing:inspect", args=[receipt.pk])
    assert set(receipt.lines.values_list("serial", flat=True)) == {"S1", "S2"} and receipt.delivery_note == "DN-1"


def test_a_box_that_belongs_elsewhere_keeps_what_was_scanned(scene: Scene) -> None:
    sue, order = browser(scene.keeper.id), scene.sent()
    answer = sue.post(reverse("purchasing:receive", args=[order.pk]), {"scan": "(01)00614141999996(21)1", "do": "add"})
    assert answer.status_code == 422 and "is no part of" in answer.content.decode() and "00614141999996" in answer.content.decode()


def test_the_inspection_is_recorded_and_shown(scene: Scene) -> None:
    sue, demand = browser(scene.keeper.id), scene.short()
    receipt = scene.received(scene.sent(demand), 1, serial="S1")
    assert receipt.number in sue.get(reverse("purchasing:to_inspect")).content.decode()
    line, url = receipt.lines.get().line, reverse("purchasing:inspect", args=[receipt.pk])
    sheet = {f"{line.pk}-target": str(scene.store.pk), f"{line.pk}-registrant": "Registrant X"}
    unticked = sue.post(url, sheet)
    assert unticked.status_code == 422 and "was not passed" in unticked.content.decode() and "Registrant X" in unticked.content.decode()
    ticks = {f"check-{line.pk}-{key}": "1" for key, _zh, _en in rules_of(receipt.order.rules).checks}
    sue.post(url, sheet | ticks)
    demand.refresh_from_db()
    assert Inspection.objects.get().registrant == "Registrant X" and demand.state == "reserved"
    assert "Registrant X" in sue.get(url).content.decode()


def test_rejected_pieces_are_sent_back_from_the_page(scene: Scene) -> None:
    sue, receipt = browser(scene.keeper.id), scene.received(scene.sent(), 1, serial="S1")
    line = receipt.lines.get().line
    sheet = {f"{line.pk}-target": str(scene.store.pk), f"rejected-{receipt.lines.get().pk}": "1"}
    sue.post(reverse("purchasing:inspect", args=[receipt.pk]), sheet)
    sue.post(reverse("purchasing:send_back", args=[Inspection.objects.get().pk]))
    assert Inspection.objects.get().returned is not None


def test_an_invoice_is_matched_line_by_line(scene: Scene) -> None:
    fay = clerk()
    scene.passed(scene.received(scene.sent(), 1, serial="S1"))
    line = PurchaseOrder.objects.get().lines.get()
    chosen = fay.post(reverse("purchasing:choose_supplier"), {"supplier": str(scene.supplier.pk)})
    url = reverse("purchasing:enter_bill", args=[scene.supplier.pk])
    assert chosen["Location"] == url and str(line.pk) in fay.get(url).content.decode()
    head = {"number": "F-1", "issued_on": "2026-11-20", "tax": "14.30", "gross": "124.30"}
    row = {f"take-{line.pk}": "1", f"quantity-{line.pk}": "1", f"price-{line.pk}": "110"}
    wrong = fay.post(url, head | row | {f"price-{line.pk}": "much"})
    assert wrong.status_code == 422 and 'value="much"' in wrong.content.decode()
    fay.post(url, head | row)
    bill = SupplierInvoice.objects.get()
    page = fay.get(reverse("purchasing:bill", args=[bill.pk])).content.decode()
    assert bill.state == "differs" and "billed at 110, ordered at 100" in page
    fay.post(reverse("purchasing:propose_difference", args=[bill.pk]), {"reason": "list of July"})
    assert Proposal.objects.get().verb == "purchasing.accept_difference"
    fay.post(reverse("purchasing:bill_back", args=[bill.pk]), {"reason": "wrong price"})
    bill.refresh_from_db()
    assert bill.state == "sent_back" and "F-1" in fay.get(reverse("purchasing:bills")).content.decode()


def test_panels_show_orders_of_a_supplier_and_of_a_part(scene: Scene) -> None:
    bea, order = browser(scene.buyer.id), scene.sent()
    for name, id in (("on_supplier", scene.supplier.pk), ("on_part", scene.part.pk)):
        assert order.number in bea.get(reverse(f"purchasing:{name}", args=[id])).content.decode()


def test_who_may_open_what(scene: Scene) -> None:
    sue, order = browser(scene.keeper.id), scene.sent()
    assert sue.get(reverse("purchasing:demands")).status_code == 403
    assert sue.get(reverse("purchasing:bills")).status_code == 403
    assert browser(scene.buyer.id).get(reverse("purchasing:receive", args=[order.pk])).status_code == 403
    stranger = browser(make_scene("BJ").keeper.id)
    assert stranger.get(reverse("purchasing:order", args=[order.pk])).status_code == 404


@pytest.mark.parametrize("page", ["purchasing:demands", "purchasing:orders"])
def test_more_rows_ask_no_more_questions(scene: Scene, page: str) -> None:
    bea, counts = browser(scene.buyer.id), []
    for _round in range(2):
        for _number in range(4):
            scene.short()
            scene.sent()
        bea.get(reverse(page))
        with CaptureQueriesContext(connection) as asked:
            assert bea.get(reverse(page)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
