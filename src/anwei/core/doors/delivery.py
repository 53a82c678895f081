"""One way in for every door that receives documents: the API, the command line, a phone's outbox."""

import re
from dataclasses import replace
from typing import Any

from anwei.core.actor import Actor
from anwei.core.doors.arguments import Malformed, content_of, loader, parse, show
from anwei.core.operation import Answer, Operation, deliver

REQUEST_ID = re.compile(r"[\x21-\x7e]{1,100}")


def perform_document(op: Operation[..., Any], document: bytes, actor: Actor, *, request_id: str = "", version: str = "") -> Answer:
    """Perform an operation with a JSON document and return the answer, new or stored.

    A secret that the deed made is told in the new answer alone: it is neither stored nor told again.

    :raises Unreadable: the document is no JSON
    :raises Malformed: an argument, or the request id, cannot be used
    :raises Refusal: refused, and no request id was given
    """
    if request_id and not REQUEST_ID.fullmatch(request_id):
        raise Malformed.of([{"field": "request id", "reason": "1 to 100 visible ASCII characters"}])
    if not actor.may(op.right):  # first of all, and written down: who may not do it learns nothing about its arguments
        return deliver(op, actor, dict, lambda made: None, request_id=request_id, body=document)[0]
    form = parse(op, document)
    answer, result = deliver(
        op, actor, loader(op, form, actor), lambda made: show(made, actor), request_id=request_id, body=content_of(form), version=version
    )
    secret = getattr(result, "secret", "")
    return replace(answer, body=answer.body | {"secret": secret}) if secret else answer
