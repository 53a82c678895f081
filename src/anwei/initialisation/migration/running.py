"""Running an import to its end: chunk after chunk, each a deed of one batch, each delivered once."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import Operation, deliver
from anwei.initialisation.migration.models import ImportSession
from anwei.initialisation.migration.operations import load_chunk, undo_chunk


def _run(op: Operation[..., int], actor: Actor, session: ImportSession, progress: Callable[[int], None] | None) -> None:
    left: Any = 1
    while left:
        _answer, left = deliver(op, actor, lambda: {"session": session, "at": timezone.now()}, lambda left: left, batch=session.pk)
        if progress:
            progress(left)


def load(actor: Actor, session: ImportSession, progress: Callable[[int], None] | None = None) -> None:
    """Load all rows that wait.

    :raises NothingToLoad: none does
    """
    _run(load_chunk, actor, session, progress)


def undo(actor: Actor, session: ImportSession, progress: Callable[[int], None] | None = None) -> None:
    """Take the whole import back.

    :raises NotLoaded: nothing of it is loaded
    """
    _run(undo_chunk, actor, session, progress)
