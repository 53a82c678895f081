from typing import Any

import pytest
from django.utils import timezone

from anwei.foundation.files.errors import NotAPhoto
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.errors import NothingShown, SignerNeeded
from anwei.workorders.visits.models import Signature
from anwei.workorders.visits.operations import ReadingInput, record_readings, sign
from anwei.workorders.visits.queries import shown_hash
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import fit, picture

pytestmark = pytest.mark.django_db


def signing(order: WorkOrder, **changed: Any) -> dict[str, Any]:
    """Return what a good signature gives."""
    return {"name": "周敏", "duty": "护士长", "image": picture(), "shown_sha256": shown_hash(order)} | changed


def test_a_signature_carries_name_time_meaning_and_the_hash_of_what_was_shown(company: Company, working: WorkOrder) -> None:
    at = timezone.now()
    signature = sign(actor=company.actor("tom"), order=working, at=at, **signing(working))
    assert (signature.name, signature.duty, signature.meaning, signature.at) == ("周敏", "护士长", "accepted", at)
    assert signature.shown_sha256 == shown_hash(working) and signature.file.kind == "signature"
    assert last_deed("visits.sign").outcome == "done"


def test_what_changed_after_it_was_shown_is_not_signed(company: Company, working: WorkOrder) -> None:
    seen = signing(working)
    fit(company, working)
    with pytest.raises(NothingShown):
        sign(actor=company.actor("tom"), order=working, at=timezone.now(), **seen)
    assert not Signature.objects.exists()


def test_every_answer_changes_what_is_signed(company: Company, working: WorkOrder) -> None:
    hashes = {shown_hash(working)}
    for text in ("pass", "n/a"):
        readings = [ReadingInput("safety.free", text=text)]
        record_readings(actor=company.actor("tom"), order=working, readings=readings, at=timezone.now())
        hashes.add(shown_hash(working))
    assert len(hashes) == 3


def test_a_signature_without_a_name_is_none(company: Company, working: WorkOrder) -> None:
    with pytest.raises(SignerNeeded):
        sign(actor=company.actor("tom"), order=working, at=timezone.now(), **signing(working, name="  "))


def test_a_signature_is_a_picture(company: Company, working: WorkOrder) -> None:
    with pytest.raises(NotAPhoto):
        sign(actor=company.actor("tom"), order=working, at=timezone.now(), **signing(working, image=b"<svg/>"))


def test_only_who_was_sent_has_it_signed(company: Company, working: WorkOrder) -> None:
    refused_without_right(sign, company, working, **signing(working))
    refused_to_a_stranger(sign, make_company("CS"), working, **signing(working))


def test_a_signature_sent_twice_is_kept_once(company: Company, working: WorkOrder) -> None:
    delivered_twice(sign, company, Signature.objects.count, order=working, **signing(working))
