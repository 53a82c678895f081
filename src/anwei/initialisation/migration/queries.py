"""What an import found."""

import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.foundation.files.operations import content_of
from anwei.initialisation.migration.columns import recogniser
from anwei.initialisation.migration.kinds.candidates import Note
from anwei.initialisation.migration.models import ImportRow, ImportSession
from anwei.initialisation.migration.reading import open_table
from anwei.initialisation.migration.report import write_held_rows
from anwei.initialisation.migration.vocabulary import vocabulary


def session_of(actor: Actor, id: UUID) -> ImportSession:
    """Return one import.

    :raises NotFound: there is none that this actor may see
    """
    found = ImportSession.objects.visible_to(actor).select_related("file", "by").filter(pk=id).first()
    if found is None:
        raise NotFound(kind="import")
    return found


def rows_with_findings(session: ImportSession, state: str, count: int = 50) -> list[tuple[ImportRow, list[str]]]:
    """Return rows of a state with their sentences, the first of the file first."""
    rows = session.rows.filter(state=state).order_by("row")[:count]
    return [(row, list(sentences(row))) for row in rows]


def sentences(row: ImportRow) -> Iterator[str]:
    """Return what was found in a row, in the language now active."""
    for plain in row.findings:
        yield plain["message"] if "message" in plain else f"{plain['address']}: {Note.restored(row.row, plain).finding.sentence}"


def sentence_of(group: dict[str, Any]) -> str:
    """Return what the first finding of a group says, in the language now active; a group kept long ago says it as it was kept."""
    if "example" not in group:
        return str(group["message"])
    return Note.restored(group["row"], group["example"]).finding.sentence


def held_rows(session: ImportSession) -> bytes:
    """Return the rows that were held or are there already, as a workbook with a reason beside each."""
    table = open_table(content_of(session.file), recognise=recogniser(vocabulary(session.kind)))
    held: dict[int, list[Any]] = {}
    for row in session.rows.filter(state=ImportRow.State.REJECTED):
        held[row.row] = [Note.restored(row.row, f) for f in row.findings if "message" not in f]
    target = io.BytesIO()
    write_held_rows(target, table.headings, table.rows(), held)
    return target.getvalue()
