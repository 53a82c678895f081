"""The pages of suppliers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.organisations.operations import register as register_body
from anwei.inventory.parts.tests.factory import make_part
from anwei.procurement.suppliers.models import Licence, PriceAgreement, Supplier
from anwei.procurement.suppliers.tests.factory import make_licence, make_price, make_supplier

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea(client: Client) -> Client:
    """The browser of a buyer."""
    client.force_login(make_user("bea", "buyer"))
    client.post("/language/", {"language": "en"})
    return client


def test_a_supplier_is_admitted_with_a_paper_and_a_price(bea: Client) -> None:
    register_body(actor=system_actor("test"), name="Medparts", roles=["supplier"])
    part = make_part()
    bea.post(reverse("suppliers:admit"), {"organisation": "Medparts", "email": "s@example.org", "payment_days": "45"})
    supplier = Supplier.objects.get()
    paper = {"kind": "licence", "number": "L-1", "valid_until": "2099-01-31"}
    bea.post(reverse("suppliers:file_licence", args=[supplier.pk]), paper)
    price = {"part": part.number, "price": "120.50", "tax_rate": "0.13", "lead_days": "5", "minimum": "1", "valid_from": "2026-01-01"}
    bea.post(reverse("suppliers:agree_price", args=[supplier.pk]), price)
    text = bea.get(reverse("suppliers:supplier", args=[supplier.pk])).content.decode()
    assert "L-1" in text and "120.50" in text and "45 days" in text and PriceAgreement.objects.count() == 1


def test_a_refusal_keeps_what_was_typed_and_says_why(bea: Client) -> None:
    supplier = make_supplier(licensed=False)
    answer = bea.post(
        reverse("suppliers:file_licence", args=[supplier.pk]), {"kind": "licence", "number": "L-9", "valid_until": "2020-01-01"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and "L-9 ended on 2020-01-01" in text and 'value="L-9"' in text


def test_a_paper_is_withdrawn_with_a_reason(bea: Client) -> None:
    make_supplier()
    licence = Licence.objects.get()
    bea.post(reverse("suppliers:withdraw", args=[licence.pk]), {"reason": "revoked by the authority"})
    assert "revoked by the authority" in bea.get(reverse("suppliers:supplier", args=[licence.supplier_id])).content.decode()


def test_terms_are_changed(bea: Client) -> None:
    supplier = make_supplier()
    bea.post(reverse("suppliers:change", args=[supplier.pk]), {"email": "new@example.org", "payment_days": "10"})
    supplier.refresh_from_db()
    assert (supplier.email, supplier.payment_days) == ("new@example.org", 10)


def test_offers_of_a_part_stand_side_by_side_with_what_stands_against_them(bea: Client) -> None:
    part, ended = make_part(), make_supplier("Late", licensed=False)
    make_licence(ended, number="L-77", days=-3)
    make_price(ended, part, "80")
    make_price(make_supplier("Good"), part, "100")
    text = bea.get(reverse("suppliers:compare", args=[part.pk])).content.decode()
    assert text.index("Good") < text.index("Late") and "Operating licence L-77 expired on" in text


def test_the_list_names_suppliers_whose_licence_has_ended(bea: Client) -> None:
    make_supplier("Good")
    make_licence(make_supplier("Late", licensed=False), days=-3)
    text = bea.get(reverse("suppliers:list"), {"tab": "expired"}).content.decode()
    assert "Late" in text and "Good" not in text


def test_suggestions_and_the_panel_of_the_body(bea: Client) -> None:
    supplier, part = make_supplier("Medparts"), make_part()
    assert "Medparts" in bea.get(reverse("suppliers:bodies"), {"organisation": "medp"}).content.decode()
    assert part.number in bea.get(reverse("suppliers:parts"), {"part": part.number}).content.decode()
    panel = bea.get(reverse("suppliers:on_organisation", args=[supplier.organisation_id])).content.decode()
    assert reverse("suppliers:supplier", args=[supplier.pk]) in panel


@pytest.mark.parametrize("page", ["suppliers:list", "suppliers:prices"])
def test_more_rows_ask_no_more_questions(bea: Client, page: str) -> None:
    counts = []
    for round_ in range(2):
        for number in range(5):
            make_price(make_supplier(f"Supplier {round_}{number}"), make_part())
        with CaptureQueriesContext(connection) as asked:
            assert bea.get(reverse(page)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_prices_are_not_shown_to_who_may_not_see_them(client: Client) -> None:
    client.force_login(make_user("sue", "storekeeper"))
    supplier = make_supplier()
    make_price(supplier, make_part(), "98765.00")
    assert "98,765" not in client.get(reverse("suppliers:supplier", args=[supplier.pk])).content.decode()
    assert client.get(reverse("suppliers:prices")).status_code == 403
    assert client.get(reverse("suppliers:admit")).status_code == 403
