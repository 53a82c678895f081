from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse

from anwei.equipment.devices.models import Sticker
from anwei.equipment.devices.paper import label_of
from anwei.equipment.devices.tests.factory import make_device, make_sticker
from anwei.foundation.accounts.tests.factory import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(client: Client) -> Client:
    """The browser of a data steward."""
    client.force_login(make_user("stella", "data_steward"))
    return client


def scanned(pdf: bytes) -> list[list[str]]:
    """Return what a phone reads on each page of a paper."""
    pictures = [page.render(scale=3).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return [[code.text for code in zxingcpp.read_barcodes(picture)] for picture in pictures]


def test_a_batch_is_made_once_per_form_and_opens_its_papers(steward: Client) -> None:
    typed = {"count": "30", "request_id": str(uuid4())}
    first, again = (steward.post(reverse("devices:stickers"), typed) for _time in range(2))
    assert first["Location"] == again["Location"]
    assert Sticker.objects.count() == 30
    content = steward.get(first["Location"]).content.decode()
    assert "30 张标签" in content
    assert all(code in content for code in Sticker.objects.values_list("code", flat=True))


@pytest.mark.parametrize("count", ["0", "501", "-3", "1e3", "", "many", "１２"])
def test_a_number_that_is_none_prints_nothing(steward: Client, count: str) -> None:
    answer = steward.post(reverse("devices:stickers"), {"count": count})
    assert (answer.status_code, Sticker.objects.exists()) == ((302, True) if count == "１２" else (422, False))


@pytest.mark.parametrize(
    ("address", "sheets"), [("", [24, 6]), ("?layout=sheet&skip=20", [4, 24, 2]), ("?layout=label", [1] * 30), ("?layout=small", [1] * 30)]
)
def test_the_papers_hold_every_sticker_to_be_scanned(steward: Client, address: str, sheets: list[int]) -> None:
    steward.post(reverse("devices:stickers"), {"count": "30"})
    batch = Sticker.objects.values_list("batch", flat=True)[0]
    answer = steward.get(reverse("devices:batch_pdf", args=[batch]) + address)
    assert answer["Content-Type"] == "application/pdf"
    read = scanned(answer.content)
    assert [len(codes) for codes in read] == sheets
    expected = {f"http://testserver/q/{code}" for code in Sticker.objects.values_list("code", flat=True)}
    assert {code for codes in read for code in codes} == expected


def test_codes_carry_the_configured_address(steward: Client, settings) -> None:
    settings.BASE_URL = "https://anwei.example/"
    sticker = make_sticker()
    answer = steward.get(reverse("devices:batch_pdf", args=[sticker.batch]))
    assert scanned(answer.content) == [[f"https://anwei.example/q/{sticker.code}"]]


@pytest.mark.parametrize("address", ["?layout=poster", "?skip=24", "?skip=x"])
def test_a_paper_that_is_none_is_told(steward: Client, address: str) -> None:
    sticker = make_sticker()
    assert steward.get(reverse("devices:batch_pdf", args=[sticker.batch]) + address).status_code == 422


def test_the_sticker_of_a_device_is_printed_from_its_page(steward: Client) -> None:
    device = make_device()
    url = reverse("devices:print", args=[device.pk])
    assert steward.get(url).status_code == 405
    answer = steward.post(url)
    sticker = Sticker.objects.get()
    assert sticker.device == device
    assert answer["Location"] == reverse("devices:batch", args=[sticker.batch])
    assert steward.post(reverse("devices:revoke", args=[sticker.pk]))["Location"] == reverse("devices:device", args=[device.pk])
    sticker.refresh_from_db()
    assert sticker.revoked_at


def test_a_label_says_which_device_it_is_on() -> None:
    device = make_device(serial="LB60-23A0417")
    label = label_of(make_sticker(device), "https://anwei.example")
    assert label.url == f"https://anwei.example/q/{label.code}"
    assert label.device is not None
    assert (label.device.model, label.device.serial, label.device.owner) == ("LB-V60", "LB60-23A0417", "武汉市第一医院")
    assert label_of(make_sticker(), "https://anwei.example").device is None


def test_an_unknown_print_job_is_not_there(steward: Client) -> None:
    assert steward.get(reverse("devices:batch", args=[uuid4()])).status_code == 404
