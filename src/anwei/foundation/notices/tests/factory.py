import inspect
from typing import Any

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.core.operation import Operation, record
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.permissions import SIGN_IN
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.files.operations import keep
from anwei.foundation.notices.models import Mail, Notice
from anwei.foundation.notices.operations import post, tell


def _tell(*, actor: Actor, user: User, given: dict[str, Any]) -> Notice:
    notice = tell(user=user, at=timezone.now(), **given)
    record(notice, "test.told")
    return notice


# a deed of the tests alone, in no register
_TELL = Operation("test.tell", SIGN_IN, None, _tell, inspect.signature(_tell))


def make_notice(user: User, **changed: Any) -> Notice:
    """Tell somebody of a new job."""
    given = {"message": "New job %(number)s: %(title)s", "values": {"number": "WH-1", "title": "漏气"}, "url": "/field/job/1/"}
    return _TELL(actor=system_actor("test"), user=user, given=given | changed)


def _post(*, actor: Actor, cause: User, given: dict[str, Any]) -> Mail:
    papers = [keep(content, kind="document", name=name, media_type="application/pdf") for name, content in given.pop("papers", ())]
    return post(cause=cause, attachments=papers, **given)


_POST = Operation("test.post", SIGN_IN, None, _post, inspect.signature(_post))


def make_mail(**changed: Any) -> Mail:
    """Post a mail about somebody."""
    given: dict[str, Any] = {
        "to": ["orders@supplier.example"], "subject_zh": "采购订单 PO-1", "subject_en": "Purchase order PO-1", "body": "请查收附件。\n",
        "cause": changed.pop("cause", None) or make_user(uuid7().hex), "at": timezone.now(),
    }  # fmt: skip
    given |= changed
    return _POST(actor=system_actor("test"), cause=given.pop("cause"), given=given)
