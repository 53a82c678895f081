"""Filing and withdrawing a supplier's papers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.files.operations import content_of
from anwei.foundation.organisations.operations import register as register_body
from anwei.inventory.parts.tests.factory import make_part
from anwei.procurement.suppliers.errors import AlreadyExpired, LicenceExists, NotASupplier, ReasonNeeded, WithdrawnAlready
from anwei.procurement.suppliers.models import Licence, Supplier
from anwei.procurement.suppliers.operations import admit, file_licence, withdraw_licence
from anwei.procurement.suppliers.queries import obstacles_to
from anwei.procurement.suppliers.tests.factory import make_licence, make_supplier

pytestmark = pytest.mark.django_db


def test_a_body_that_sells_is_admitted_once_and_its_terms_change() -> None:
    buyer = make_actor("bea", "buyer")
    body = register_body(actor=system_actor("test"), name="Medparts", roles=["maker"])
    made = admit(actor=buyer, organisation=body, email="a@example.org")
    assert admit(actor=buyer, organisation=body, email="b@example.org", payment_days=60) == made
    again = Supplier.objects.get()
    assert (again.email, again.payment_days) == ("b@example.org", 60)
    words = Deed.objects.filter(subject=f"suppliers.Supplier:{made.pk}").values_list("verb", flat=True)
    assert list(words) == ["suppliers.admit", "suppliers.admit"]


def test_admitting_again_without_a_change_leaves_everything_as_it_is() -> None:
    supplier = make_supplier()
    before = supplier.changed_at
    admit(actor=make_actor("bea", "buyer"), organisation=supplier.organisation, email=supplier.email)
    supplier.refresh_from_db()
    assert supplier.changed_at == before


def test_a_hospital_is_no_supplier() -> None:
    body = register_body(actor=system_actor("test"), name="Ward", roles=["hospital"])
    with pytest.raises(NotASupplier):
        admit(actor=make_actor("bea", "buyer"), organisation=body)
    assert not Supplier.objects.exists()


def test_a_paper_is_filed_with_its_scan() -> None:
    supplier = make_supplier(licensed=False)
    made = file_licence(
        actor=make_actor("bea", "buyer"), supplier=supplier, kind=Licence.Kind.LICENCE, number=" L-1 ", at=timezone.now(),
        valid_until=timezone.localdate(), content=b"%PDF-1.7", name="licence.pdf",
    )  # fmt: skip
    assert made.number == "L-1" and made.file is not None
    assert made.file.media_type == "application/pdf" and content_of(made.file) == b"%PDF-1.7"
    assert obstacles_to(supplier, make_part(), timezone.localdate()) == []


def test_a_paper_is_not_filed_twice_nor_after_its_end() -> None:
    supplier, buyer, now = make_supplier(), make_actor("bea", "buyer"), timezone.now()
    number = Licence.objects.get().number
    with pytest.raises(LicenceExists):
        file_licence(actor=buyer, supplier=supplier, kind=Licence.Kind.LICENCE, number=number, at=now)
    with pytest.raises(AlreadyExpired):
        file_licence(
            actor=buyer, supplier=supplier, kind=Licence.Kind.LICENCE, number="L-2", at=now, valid_until=timezone.localdate() - timedelta(1)
        )
    assert Licence.objects.count() == 1


def test_a_withdrawn_licence_allows_nothing_any_more() -> None:
    supplier, buyer, part = make_supplier(), make_actor("bea", "buyer"), make_part()
    licence = Licence.objects.get()
    with pytest.raises(ReasonNeeded):
        withdraw_licence(actor=buyer, licence=licence, reason=" ", at=timezone.now())
    withdraw_licence(actor=buyer, licence=licence, reason="revoked", at=timezone.now())
    assert [o.reason for o in obstacles_to(supplier, part, timezone.localdate())] == ["missing"]
    with pytest.raises(WithdrawnAlready):
        withdraw_licence(actor=buyer, licence=licence, reason="revoked", at=timezone.now())


def test_papers_and_admission_are_the_buyers_work() -> None:
    supplier, keeper = make_supplier(), make_actor("sue", "storekeeper")
    with pytest.raises(NoRight):
        file_licence(actor=keeper, supplier=supplier, kind=Licence.Kind.LICENCE, number="L-2", at=timezone.now())
    with pytest.raises(NoRight):
        withdraw_licence(actor=keeper, licence=make_licence(supplier, "quality"), reason="x", at=timezone.now())
    with pytest.raises(NoRight):
        admit(actor=keeper, organisation=supplier.organisation)
