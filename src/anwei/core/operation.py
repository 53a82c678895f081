"""An operation: one business deed, in one place, the same for every door.

Always the same beats: may – lock – rule – write – record – return. The decorator does *may* and *lock*, opens the transaction
and fails if nothing was recorded; the journal (a port, fulfilled by the trail) writes who did it and what was answered.
"""

import hmac
import inspect
import logging
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError, models, transaction

from anwei.core.actor import Actor
from anwei.core.errors import Contradicts, DoesNotFit, ExistsAlready, NoRight, NotFound, NothingRecorded, Refusal, Stale
from anwei.core.ids import uuid7
from anwei.core.tables import version_of
from anwei.core.wall import SIDES, inside, outside

P = ParamSpec("P")
R = TypeVar("R")

REGISTER: dict[str, "Operation[..., Any]"] = {}
ATTEMPTS = 4
RESTARTABLE = {"40001", "40P01"}  # serialization failure, deadlock
UNIQUE = "23505"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that a deed did to one record."""

    subject: str
    word: str


@dataclass(slots=True)
class Running:
    """The deed under way in this thread."""

    verb: str
    actor: Actor
    request_id: str = ""
    body_hash: bytes = b""
    batch: UUID | None = None
    version: str = ""  # of the record acted on, as the caller saw it
    id: UUID = field(default_factory=uuid7)
    at: datetime | None = None
    records: list[Record] = field(default_factory=list)
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door gives back: a status as in HTTP and a body; `replayed` when it is the stored first answer."""

    status: int
    body: Any
    deed: UUID | None = None
    replayed: bool = False
    refusal: Refusal | None = field(default=None, compare=False)  # what was raised, when it was raised just now


class Journal(Protocol):
    """Where deeds are written: the port that the trail fulfils."""

    def open(self, running: Running) -> Answer | None:
        """Take the request id, return its stored answer if there is one, else set the context of the trail."""

    def close(self, running: Running, outcome: str, status: int, body: Any, detail: str) -> None:
        """Write the deed last, with its answer, and switch the context off."""


_journal: Journal | None = None
_running: ContextVar[Running | None] = ContextVar("anwei_running", default=None)


def wire_journal(journal: Journal) -> None:
    """Fulfil the port; called once by the configuration."""
    global _journal
    _journal = journal


def journal() -> Journal:
    if _journal is None:
        raise RuntimeError("the journal is not wired")
    return _journal


@dataclass(frozen=True, slots=True, eq=False)
class Operation(Generic[P, R]):
    """A registered operation. Calling it performs the deed, or joins the deed that is under way."""

    verb: str
    right: str
    on: str | None
    function: Callable[P, R]
    signature: inspect.Signature

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if _running.get() is not None:
            return self.act(dict(kwargs))
        actor: Any = kwargs["actor"]
        result: R = deliver(self, actor, lambda: dict(kwargs), lambda result: None)[1]
        return result

    @property
    def summary(self) -> str:
        """The first line of its documentation."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0]

    def act(self, kwargs: dict[str, Any]) -> R:
        """Perform inside the running deed: may, scope and lock, then the function itself.

        :raises NoRight: no role of the actor carries the right
        :raises NotFound: the object acted on does not exist for the actor
        :raises Stale: it changed since the caller saw it
        :raises NothingRecorded: the function neither recorded nor said `unchanged`
        """
        running = _running.get()
        assert running is not None
        if not kwargs["actor"].may(self.right):
            raise NoRight(verb=self.verb)
        if self.on:
            kwargs[self.on] = self._locked(kwargs["actor"], kwargs[self.on], running)
        before = len(running.records)
        result = self.function(**kwargs)  # type: ignore[call-arg]
        if len(running.records) == before and not running.idle:
            raise NothingRecorded(self.verb)
        return result

    def find(self, kwargs: Mapping[str, Any]) -> None:
        """See that somebody from outside finds the object acted on behind the wall; it is locked before it, where all deeds run.

        :raises NotFound: they do not
        """
        if self.on and kwargs["actor"].side in SIDES and kwargs["actor"].may(self.right):
            model, given = self.signature.parameters[self.on].annotation, kwargs[self.on]
            if not model.objects.visible_to(kwargs["actor"]).filter(pk=getattr(given, "pk", given)).exists():
                raise NotFound(kind=self.on)

    def _locked(self, actor: Actor, given: Any, running: Running) -> models.Model:
        """Scope, lock and re-read in one query; the deed's own record must be in the state that the caller saw.

        Keys never change, so rows that point here need not wait for the lock.
        """
        assert self.on is not None
        model: Any = self.signature.parameters[self.on].annotation
        found: models.Model | None = (
            model.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=getattr(given, "pk", given)).first()
        )
        if found is None:
            raise NotFound(kind=self.on)
        if running.version and running.verb == self.verb and running.version != version_of(found):
            raise Stale
        return found


def operation(verb: str, *, right: str, on: str | None = None) -> Callable[[Callable[P, R]], Operation[P, R]]:
    """Register a function as an operation.

    `verb` is `app.what_is_done`; `on` names the argument that is narrowed to the actor's scope, locked and re-read.
    """

    def wrap(function: Callable[P, R]) -> Operation[P, R]:
        if verb in REGISTER:
            raise ValueError(f"operation {verb} declared twice")
        made = Operation(verb, right, on, function, inspect.signature(function, eval_str=True))
        REGISTER[verb] = made
        return made

    return wrap


def record(subject: models.Model, word: str, *, at: datetime | None = None) -> None:
    """Say in the running deed what was done to which record; the first subject names the deed."""
    running = _running.get()
    if running is None:
        raise RuntimeError("record() outside an operation")
    running.records.append(Record(f"{subject._meta.label}:{subject.pk}", word))
    if running.at is None:
        running.at = at


def unchanged(subject: models.Model | None = None) -> None:
    """Say in the running deed that there was nothing to do."""
    running = _running.get()
    assert running is not None, "unchanged() outside an operation"
    running.idle = True


def running_deed() -> Running:
    """Return the deed under way.

    :raises RuntimeError: there is none
    """
    if (running := _running.get()) is None:
        raise RuntimeError("no deed is under way")
    return running


def _digest(verb: str, body: bytes) -> bytes:
    """Name a body without keeping it; keyed, since a short secret in it could be guessed from a plain hash."""
    return hmac.digest(settings.SECRET_KEY.encode(), verb.encode() + b"\0" + body, "sha256")


def _close_refused(running: Running, refusal: Refusal) -> Answer:
    """Keep the refusal in a transaction of its own; the first one was rolled back."""
    answer = Answer(refusal.status, {"code": refusal.code, "detail": str(refusal)}, running.id, refusal=refusal)
    with transaction.atomic(durable=True):
        if stored := journal().open(running):
            return stored
        journal().close(running, "refused", answer.status, answer.body, refusal.code)
    return answer


def deliver(
    op: Operation[..., Any],
    actor: Actor,
    load: Callable[[], Mapping[str, Any]],
    show: Callable[[Any], Any],
    *,
    request_id: str = "",
    body: bytes = b"",
    batch: UUID | None = None,
    version: str = "",
) -> tuple[Answer, Any]:
    """Perform an operation for a door: one transaction, one deed, at most three restarts after a deadlock.

    `load` turns names into rows and is called anew at each attempt; `show` turns the result into the answer that is stored
    under the request id. A second delivery of the same id by the same actor answers with the first answer. `version` is the state
    of the record acted on that the caller saw. What the database itself refuses is a refusal like any other.

    :raises Refusal: refused and no request id was given (with one, the refusal is the stored answer)
    """
    for attempt in range(1, ATTEMPTS + 1):
        running = Running(op.verb, actor, request_id, _digest(op.verb, body), batch, version)
        try:
            with outside(actor), inside():
                answer, result = _attempt(op, running, load, show)
        except OperationalError as error:
            if _sqlstate(error) not in RESTARTABLE or attempt == ATTEMPTS:
                raise
            continue
        if answer.refusal and not request_id:
            raise answer.refusal
        return answer, result
    raise AssertionError("unreachable")


def _attempt(
    op: Operation[..., Any], running: Running, load: Callable[[], Mapping[str, Any]], show: Callable[[Any], Any]
) -> tuple[Answer, Any]:
    try:
        return _perform(op, running, load, show)
    except Refusal as refusal:
        return _close_refused(running, refusal), None
    except (DataError, IntegrityError) as error:
        return _close_refused(running, _told_by_database(error)), None


def _perform(
    op: Operation[..., Any], running: Running, load: Callable[[], Mapping[str, Any]], show: Callable[[Any], Any]
) -> tuple[Answer, Any]:
    with transaction.atomic(durable=True):
        if stored := journal().open(running):
            return stored, None
        token = _running.set(running)
        try:
            with outside(running.actor):
                given = {"actor": running.actor, **load()}
                op.find(given)
            result = op.act(given)
            answer = Answer(200, show(result), running.id)
        finally:
            _running.reset(token)
        journal().close(running, "done" if running.records else "unchanged", 200, answer.body, "")
        return answer, result


def _sqlstate(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


def _told_by_database(error: DataError | IntegrityError) -> Refusal:
    """Turn what the database refused into a refusal: the rules before it should have caught it, and said it better."""
    logger.warning("refused by the database: %s", error)
    if isinstance(error, DataError):
        refusal: Refusal = DoesNotFit()
    else:
        refusal = ExistsAlready() if _sqlstate(error) == UNIQUE else Contradicts()
    refusal.__cause__ = error
    return refusal
