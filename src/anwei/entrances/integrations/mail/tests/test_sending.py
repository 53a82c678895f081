"""From the outbox to a real mail server, or to a folder; killed in between too."""

import email
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from email import policy
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from anwei.entrances.integrations.mail.sending import send_due
from anwei.entrances.integrations.mail.tests.server import MailServer, mail_server
from anwei.foundation.notices.rules import LEASE
from anwei.foundation.notices.tests.factory import make_mail


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", server.server_address[1], "none"
        monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("SMTP_PORT", str(server.server_address[1]))
        monkeypatch.setenv("SMTP_SECURITY", "none")
        yield server


@pytest.mark.django_db
def test_a_mail_leaves_once_as_it_was_posted(server: MailServer) -> None:
    mail = make_mail(to=["orders@supplier.example", "copy@supplier.example"], papers=[("订单.pdf", b"%PDF-1")])
    send_due()
    send_due()
    (taken,) = server.taken
    assert (taken["Message-ID"], taken["Subject"]) == (mail.message_id, "采购订单 PO-1 / Purchase order PO-1")
    assert taken["To"] == "orders@supplier.example, copy@supplier.example"
    text, paper = taken.iter_parts()
    assert text.get_content().strip() == "请查收附件。"
    assert (paper.get_filename(), paper.get_content()) == ("订单.pdf", b"%PDF-1")
    mail.refresh_from_db()
    assert mail.state == "sent" and mail.attempts.get().outcome == "sent"


@pytest.mark.django_db
def test_a_refused_receiver_is_told_and_not_tried_for_ever(server: MailServer) -> None:
    server.answers["gone@"] = "550 no such person"
    mail = make_mail(to=["gone@supplier.example"])
    send_due()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts.get().reason) == ("failed", "gone@supplier.example: 550 no such person")


@pytest.mark.django_db
def test_a_busy_server_is_asked_again_later(server: MailServer) -> None:
    server.after_data = "451 later"
    busy, other = make_mail(), make_mail()
    send_due()
    for mail in (busy, other):
        mail.refresh_from_db()
        assert (mail.state, mail.attempts.get().reason) == ("waiting", "451 later") and mail.next_at > timezone.now()


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_asked_again_later(settings: Any) -> None:
    settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", 9
    mail = make_mail()
    send_due()
    mail.refresh_from_db()
    assert mail.state == "waiting" and "ConnectionRefusedError" in mail.attempts.get().reason


@pytest.mark.django_db
def test_without_a_mail_server_mails_become_files(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path / "outbox"
    mail = make_mail()
    send_due()
    (file,) = (tmp_path / "outbox").iterdir()
    read = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (file.name, read["Message-ID"]) == (f"{mail.pk}.eml", mail.message_id)
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.attempts.get().outcome) == ("written", None, "written")  # nobody is told that it was sent


DIE = """
import os, signal, sys
import django
django.setup()
from anwei.entrances.integrations.mail import sending
if sys.argv[1] == "before":
    sending.message_of = lambda mail: os.kill(os.getpid(), signal.SIGKILL)
else:
    sending.end_sending = lambda **given: os.kill(os.getpid(), signal.SIGKILL)
sending.send_due()
"""


@pytest.mark.commit
@pytest.mark.parametrize(("when", "copies"), [("before", 1), ("after", 2)])
def test_a_worker_that_is_killed_loses_no_mail_and_a_second_copy_tells_itself(
    committed: str, server: MailServer, when: str, copies: int
) -> None:
    mail = make_mail()
    dead = subprocess.run([sys.executable, "-c", DIE, when], env=os.environ.copy(), check=False)
    assert dead.returncode == -signal.SIGKILL
    send_due()
    assert len(server.taken) == copies - 1  # the try that was cut off may still be under way
    send_due(timezone.now() + LEASE)
    mail.refresh_from_db()
    assert [taken["Message-ID"] for taken in server.taken] == [mail.message_id] * copies
    assert mail.state == "sent" and list(mail.attempts.order_by("at").values_list("outcome", flat=True)) == ["begun", "sent"]
