import pytest
from django.utils import timezone

from anwei.foundation.files.errors import NotAPhoto
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.errors import UnknownTask
from anwei.workorders.visits.models import Photo
from anwei.workorders.visits.operations import add_photo
from anwei.workorders.visits.queries import open_tasks
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import picture

pytestmark = pytest.mark.django_db


def test_a_photo_answers_its_task(company: Company, working: WorkOrder) -> None:
    photo = add_photo(actor=company.actor("tom"), order=working, content=picture(), task="arrive.before", at=timezone.now())
    assert photo.file.media_type == "image/jpeg" and photo.visit is not None
    assert "arrive.before" not in {task.key for task in open_tasks(working)}
    assert last_deed("visits.add_photo").outcome == "done"


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"%PDF-1.7", b"GIF89a"])
def test_what_is_no_photo_is_refused(company: Company, working: WorkOrder, content: bytes) -> None:
    with pytest.raises(NotAPhoto):
        add_photo(actor=company.actor("tom"), order=working, content=content, at=timezone.now())
    assert not Photo.objects.exists()


def test_a_photo_of_an_unknown_task_is_refused(company: Company, working: WorkOrder) -> None:
    with pytest.raises(UnknownTask):
        add_photo(actor=company.actor("tom"), order=working, content=picture(), task="made.up", at=timezone.now())


def test_only_who_was_sent_adds_photos(company: Company, working: WorkOrder) -> None:
    refused_without_right(add_photo, company, working, content=picture())
    refused_to_a_stranger(add_photo, make_company("CS"), working, content=picture())


def test_a_photo_sent_twice_is_kept_once(company: Company, working: WorkOrder) -> None:
    delivered_twice(add_photo, company, Photo.objects.count, order=working, content=picture())
