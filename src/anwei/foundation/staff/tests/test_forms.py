"""Skills, certificates and absences on their pages, as dispatch reads them."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anwei.core.errors import NotFound
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.files.errors import NotAPaper
from anwei.foundation.staff.errors import AbsenceOver, CertificateEndsBefore, GradeUnfit, UnknownCertificate, UnknownSkill
from anwei.foundation.staff.models import Absence, Certificate, Engineer
from anwei.foundation.staff.operations import add_certificate, end_absence, enter_absence, grade_skill, register_engineer

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def branch() -> Branch:
    return make_branch("SH")


@pytest.fixture
def tom(branch: Branch) -> Engineer:
    return register_engineer(actor=SYSTEM, name="朱甲三", branch=branch)


@pytest.fixture
def mona(client: Client) -> Client:
    """A service manager at the screen."""
    client.force_login(make_user("mona", "service_manager"))
    return client


def send(client: Client, name: str, tom: Engineer, **given: object) -> int:
    return client.post(reverse(f"staff:{name}", args=[tom.pk]), {"request_id": uuid.uuid4(), **given}).status_code


def test_a_skill_is_graded_on_its_page(mona: Client, tom: Engineer) -> None:
    assert mona.get(reverse("staff:skill", args=[tom.pk])).status_code == 200
    assert send(mona, "skill", tom, skill="ct", grade="3") == 302
    assert list(tom.competences.values_list("skill", "grade")) == [("ct", 3)]
    assert Deed.objects.get(verb="staff.grade_skill").subject == f"staff.Engineer:{tom.pk}"
    assert send(mona, "skill", tom, skill="juggling", grade="3") == 422


def test_a_certificate_is_kept_with_its_paper(mona: Client, tom: Engineer) -> None:
    paper = SimpleUploadedFile("scan.pdf", PDF, "application/pdf")
    given = {"kind": "cert_radiation", "number": "R-7", "issued_on": "2025-01-02", "expires_on": "2099-01-02", "paper": paper}
    assert send(mona, "certificate", tom, **given) == 302
    found = tom.certificates.get()
    assert (found.number, found.issued_on, found.expires_on) == ("R-7", date(2025, 1, 2), date(2099, 1, 2))
    page = mona.get(reverse("staff:engineer", args=[tom.pk])).content.decode()
    assert found.file
    url = reverse("files:file", args=[found.file.pk])
    assert url in page
    assert mona.get(url).content == PDF


def test_a_paper_is_not_shown_to_who_may_not_see_the_engineer(mona: Client, tom: Engineer) -> None:
    found = add_certificate(actor=SYSTEM, engineer=tom, kind="cert_maker", number="M-1", paper=PDF)
    assert found.file
    stranger = Client()
    stranger.force_login(make_user("dana", "dispatcher", branch=make_branch("GZ").pk))
    assert stranger.get(reverse("files:file", args=[found.file.pk])).status_code == 404


def test_what_does_not_fit_is_told_beside_its_field_and_the_text_is_kept(mona: Client, tom: Engineer) -> None:
    given = {"kind": "cert_radiation", "number": "R-7", "issued_on": "2025-01-02", "expires_on": "2024-01-02"}
    answer = mona.post(reverse("staff:certificate", args=[tom.pk]), {"request_id": uuid.uuid4(), **given})
    assert answer.status_code == 422
    assert "证书的到期日不能早于发证日" in answer.content.decode()
    assert 'value="R-7"' in answer.content.decode()
    assert not tom.certificates.exists()


def test_an_expired_certificate_is_seen_until_it_is_renewed(mona: Client, tom: Engineer) -> None:
    today = timezone.localdate()
    add_certificate(actor=SYSTEM, engineer=tom, kind="cert_maker", expires_on=today - timedelta(days=3))
    page, expired = reverse("staff:engineer", args=[tom.pk]), reverse("staff:list") + "?tab=expired"
    assert "证书已过期：" in mona.get(page).content.decode()
    assert tom.name in mona.get(expired).content.decode()
    add_certificate(actor=SYSTEM, engineer=tom, kind="cert_maker", expires_on=today + timedelta(days=300))
    assert "证书已过期：" not in mona.get(page).content.decode()
    assert tom.name not in mona.get(expired).content.decode()
    assert Certificate.objects.count() == 2


def test_an_absence_is_entered_and_taken_back(mona: Client, tom: Engineer) -> None:
    ahead = timezone.localtime() + timedelta(days=2)
    given = {"from_at": f"{ahead:%Y-%m-%dT08:30}", "to_at": f"{ahead:%Y-%m-%dT17:30}", "reason": "培训"}
    assert send(mona, "absence", tom, **given) == 302
    found = tom.absences.get()
    assert timezone.localtime(found.from_at).hour == 8
    url = reverse("staff:absence_end", args=[tom.pk, found.pk])
    assert url in mona.get(reverse("staff:engineer", args=[tom.pk])).content.decode()
    assert mona.post(url, {"request_id": uuid.uuid4()}).status_code == 302
    assert not tom.absences.exists()


def test_an_absence_that_has_begun_ends_now_and_one_that_is_over_stays(tom: Engineer) -> None:
    now = timezone.now()

    def away(begin: datetime, end: datetime) -> Absence:
        return enter_absence(actor=SYSTEM, engineer=tom, from_at=begin, to_at=end)

    running = away(now - timedelta(hours=1), now + timedelta(hours=5))
    assert end_absence(actor=SYSTEM, engineer=tom, absence=running, at=now).to_at == now
    with pytest.raises(AbsenceOver):
        end_absence(actor=SYSTEM, engineer=tom, absence=running, at=now)
    other = register_engineer(actor=SYSTEM, name="何甲七", branch=tom.branch)
    with pytest.raises(NotFound):
        end_absence(actor=SYSTEM, engineer=other, absence=away(now, now + timedelta(hours=1)), at=now)


def test_only_what_there_is_can_be_graded_or_certified(tom: Engineer) -> None:
    with pytest.raises(UnknownSkill):
        grade_skill(actor=SYSTEM, engineer=tom, skill="juggling", grade=2)
    with pytest.raises(GradeUnfit):
        grade_skill(actor=SYSTEM, engineer=tom, skill="ct", grade=5)
    with pytest.raises(UnknownCertificate):
        add_certificate(actor=SYSTEM, engineer=tom, kind="driving")
    with pytest.raises(CertificateEndsBefore):
        add_certificate(actor=SYSTEM, engineer=tom, kind="cert_maker", issued_on=date(2026, 2, 1), expires_on=date(2026, 1, 1))
    with pytest.raises(NotAPaper):
        add_certificate(actor=SYSTEM, engineer=tom, kind="cert_maker", paper=b"MZ\x00")


def test_who_only_reads_engineers_is_offered_nothing(client: Client, tom: Engineer, branch: Branch) -> None:
    client.force_login(make_user("dana", "dispatcher", branch=branch.pk))
    assert reverse("staff:skill", args=[tom.pk]) not in client.get(reverse("staff:engineer", args=[tom.pk])).content.decode()
    assert client.get(reverse("staff:skill", args=[tom.pk])).status_code == 403
    assert send(client, "absence", tom) == 403
