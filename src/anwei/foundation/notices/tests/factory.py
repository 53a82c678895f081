import inspect
from typing import Any

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import Operation, record
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.permissions import SIGN_IN
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.notices.models import Notice
from anwei.foundation.notices.operations import tell


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
