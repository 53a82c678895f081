"""How one mail leaves: over SMTP, or, without a mail server, as a file that everybody can read."""

import os
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

TIMEOUT = 30  # seconds for each answer of the mail server
Transport = Callable[[EmailMessage, str], None]


class NotTaken(Exception):
    """The mail was not taken; `is_final` if asking again would be answered the same (RFC 5321, 4.2.1)."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.is_final = is_final


def transport() -> Transport:
    """Return how mails leave this installation."""
    return over_smtp if settings.SMTP_HOST else into_folder


def into_folder(message: EmailMessage, name: str) -> None:
    """Write a mail as a file, at once or not at all; written again it is the same file."""
    folder = Path(settings.MAIL_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}"
    draft.write_bytes(message.as_bytes())
    draft.replace(folder / f"{name}.eml")


def over_smtp(message: EmailMessage, name: str) -> None:
    """Hand a mail to the mail server.

    :raises NotTaken: it refused the mail, or one of its receivers
    :raises OSError: it does not answer
    """
    try:
        with _connected() as server:
            refused = server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        raise NotTaken(_told(error.recipients), is_final=_is_final(error.recipients)) from error
    except smtplib.SMTPResponseException as error:
        raise NotTaken(f"{error.smtp_code} {_text(error.smtp_error)}", is_final=error.smtp_code >= 500) from error
    except smtplib.SMTPException as error:
        raise NotTaken(str(error), is_final=isinstance(error, smtplib.SMTPNotSupportedError)) from error
    if refused:
        raise NotTaken(f"{_told(refused)}; the others have it", is_final=True)


def _connected() -> smtplib.SMTP:
    context = ssl.create_default_context()
    if settings.SMTP_SECURITY == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.SMTP_HOST, settings.SMTP_PORT, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(settings.SMTP_HOST, settings.SMTP_PORT, timeout=TIMEOUT)
        if settings.SMTP_SECURITY == "starttls":
            server.starttls(context=context)
    if settings.SMTP_USER:
        server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
    return server


def _told(refused: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{address}: {code} {_text(answer)}" for address, (code, answer) in refused.items())


def _is_final(refused: dict[str, tuple[int, bytes]]) -> bool:
    return all(code >= 500 for code, _answer in refused.values())


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
