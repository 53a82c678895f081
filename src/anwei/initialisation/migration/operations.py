"""An import: checked, loaded in chunks as one batch, taken back as a whole.

The worker does chunk after chunk (`begin`); the command line and the demo do the same in the foreground (`load`, `undo`).
"""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.errors import Refusal
from anwei.core.jobs import later, under_way
from anwei.core.operation import Operation, deliver, operation, record, unchanged
from anwei.foundation.accounts.models import User
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import keep
from anwei.initialisation.migration.columns import assign, recogniser
from anwei.initialisation.migration.errors import ColumnsMissing, NothingToLoad, NotLoaded, UnknownImportKind
from anwei.initialisation.migration.loaders import LOADERS, Loader
from anwei.initialisation.migration.models import ImportRow, ImportSession
from anwei.initialisation.migration.permissions import IMPORT, UNDO_IMPORT
from anwei.initialisation.migration.reading import open_table
from anwei.initialisation.migration.report import Summary
from anwei.initialisation.migration.vocabulary import vocabulary

HELD = "record_in_use"
UNDOABLE = (ImportSession.State.LOADING, ImportSession.State.LOADED)
CHUNK = 200  # rows a transaction: short enough that nothing waits for it


def _loader(kind: str) -> Loader:
    if kind not in LOADERS:
        raise UnknownImportKind(kind=kind)
    return LOADERS[kind]


@operation("migration.check", right=IMPORT)
def check(*, actor: Actor, kind: str, name: str, content: bytes, at: datetime, mapping: dict[str, str] | None = None) -> ImportSession:
    """Read a file, map its columns, check every row and keep what was found; nothing is loaded yet.

    :raises UnknownImportKind: no such kind of data
    :raises ColumnsMissing: a required column was not found
    :raises Unreadable: the file cannot be read, with the reason
    """
    loader, known = _loader(kind), vocabulary(kind)
    table = open_table(content, recognise=recogniser(known))
    assignment = assign(table.headings, known, mapping)
    if assignment.missing:
        raise ColumnsMissing(fields=", ".join(assignment.missing))
    file = keep(content, kind=StoredFile.Kind.UPLOAD, name=name, media_type="application/octet-stream")
    session = ImportSession.objects.create(
        kind=kind, file=file, by=User.objects.filter(pk__in=[actor.id]).first(),
        mapping={c.heading.parts[-1]: c.field for c in assignment.columns},
    )  # fmt: skip
    summary = Summary()
    rows = [
        ImportRow(
            session=session, row=c.row, state=ImportRow.State.REJECTED if c.candidate is None else ImportRow.State.READY,
            values={} if c.candidate is None else loader.plain(c.candidate), findings=[n.plain() for n in c.notes],
        )
        for c in summary.count(loader.check(assignment.rows(table.rows())))
    ]  # fmt: skip
    ready = [r for r in rows if r.state == ImportRow.State.READY]
    for place, there in loader.existing([r.values for r in ready]).items():
        ready[place].state, ready[place].record = ImportRow.State.DUPLICATE, there
    ImportRow.objects.bulk_create(rows, batch_size=1000)
    session.counts = summary.plain() | {state: sum(r.state == state for r in rows) for state in ("ready", "duplicate", "rejected")}
    session.save()
    record(session, "migration.checked", at=at)
    return session


@operation("migration.load", right=IMPORT, on="session")
def load_chunk(*, actor: Actor, session: ImportSession, at: datetime) -> int:
    """Load the next rows of an import and return how many still wait; called until none does (`load`).

    :raises NothingToLoad: no row waits
    """
    loader = _loader(session.kind)
    rows = list(session.rows.filter(state=ImportRow.State.READY).order_by("row")[:CHUNK])
    if not rows:
        raise NothingToLoad
    for row in rows:
        try:
            row.record, row.state = loader.load(actor, row.values), ImportRow.State.LOADED
        except Refusal as refusal:
            row.state = ImportRow.State.REJECTED
            row.findings = [*row.findings, {"code": refusal.code, "message": str(refusal)}]
    ImportRow.objects.bulk_update(rows, ["record", "state", "findings"])
    left = session.rows.filter(state=ImportRow.State.READY).count()
    session.state, session.loaded_at = (ImportSession.State.LOADING, None) if left else (ImportSession.State.LOADED, at)
    session.counts = session.counts | _states(session)
    session.save()
    record(session, "migration.loaded", at=at)
    return left


def _states(session: ImportSession) -> dict[str, int]:
    found = dict.fromkeys(ImportRow.State.values, 0)
    for state in session.rows.values_list("state", flat=True):
        found[state] += 1
    return found


@operation("migration.undo", right=UNDO_IMPORT, on="session")
def undo_chunk(*, actor: Actor, session: ImportSession, at: datetime) -> int:
    """Take the next loaded rows of an import back and return how many are still to do; what others hold on to stays and is said.

    :raises NotLoaded: nothing of it is loaded
    """
    loader = _loader(session.kind)
    if session.state not in UNDOABLE:
        raise NotLoaded
    loaded = session.rows.filter(state=ImportRow.State.LOADED)
    rows = list(loaded.exclude(findings__contains=[{"code": HELD}]).order_by("-row")[:CHUNK])
    for row in rows:
        assert row.record is not None, "a loaded row names its record"
        if loader.take_back(row.record):
            row.state = ImportRow.State.UNDONE
        else:
            row.findings = [*row.findings, {"code": HELD, "message": HELD}]
    ImportRow.objects.bulk_update(rows, ["state", "findings"])
    left = loaded.exclude(findings__contains=[{"code": HELD}]).count()
    if not left:
        session.state, session.undone_at = ImportSession.State.UNDONE, at
    session.counts = session.counts | _states(session)
    session.save()
    record(session, "migration.undone", at=at) if rows else unchanged(session)
    return left


def chunk(op: "Operation[..., int]", actor: Actor, session: UUID) -> int:
    """Do one chunk of an import as a deed of its batch, and return how many rows are left."""
    left: int = deliver(op, actor, lambda: {"session": session, "at": timezone.now()}, lambda left: left, batch=session)[1]
    return left


def key_of(session: UUID) -> str:
    """Return the key of an import's jobs: of one import only one chunk is done at a time."""
    return f"import {session}"


def begin(actor: Actor, session: ImportSession, op: "Operation[..., int]") -> None:
    """Have the worker load an import or take it back, as this actor, chunk after chunk; what is under way already goes on.

    :raises NothingToLoad: no row waits
    :raises NotLoaded: nothing of it is loaded
    """
    if op is load_chunk and not session.rows.filter(state=ImportRow.State.READY).exists():
        raise NothingToLoad
    if op is undo_chunk and session.state not in UNDOABLE:
        raise NotLoaded
    if under_way(key_of(session.pk)) is None:
        put_in(op.verb, session.pk, actor.id)


def put_in(verb: str, session: UUID, user: UUID | None) -> None:
    """Put the next chunk of an import into the queue."""
    later("migration.work", key_of(session), verb=verb, session=str(session), user=str(user))


def _run(op: Operation[..., int], actor: Actor, session: ImportSession) -> None:
    while chunk(op, actor, session.pk):
        pass


def load(actor: Actor, session: ImportSession) -> None:
    """Load all rows that wait, chunk after chunk, each a deed of one batch.

    :raises NothingToLoad: none does
    """
    _run(load_chunk, actor, session)


def undo(actor: Actor, session: ImportSession) -> None:
    """Take the whole import back, chunk after chunk.

    :raises NotLoaded: nothing of it is loaded
    """
    _run(undo_chunk, actor, session)
