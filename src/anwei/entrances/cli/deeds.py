"""An operation called from the command line, as a user."""

from anwei.core.actor import Actor
from anwei.core.command import Unusable
from anwei.core.doors.delivery import perform_document
from anwei.core.operation import Answer, Operation
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import actor_for


def actor_named(username: str) -> Actor:
    """Return a user as an actor at the command line.

    :raises Unusable: there is no active user of that name
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Unusable(f"There is no active user “{username}”.")
    return actor_for(user, "command")


def do(op: Operation[..., object], document: bytes, username: str, request_id: str = "", reason: str = "") -> Answer:
    """Perform an operation as a user and return its answer.

    :raises Refusal: refused and no request id was given, or the document cannot be used
    :raises Unusable: no such user
    """
    return perform_document(op, document, actor_named(username).because(reason), request_id=request_id)
