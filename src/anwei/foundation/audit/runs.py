"""Deeds that repeat what the same person just did, folded into one line: the readings of a checklist would else drown the acts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from anwei.core.shell import PillView
from anwei.core.wording import when
from anwei.foundation.audit.shown import SEALED, WAITING, DeedRow, changes_in

FEWEST = 3  # two lines need no folding


@dataclass(frozen=True, slots=True)
class Run:
    """Deeds that follow each other; folded into one line where they all repeat the first, and each still proved by itself."""

    rows: Sequence[DeedRow]
    is_open: bool = False

    @property
    def is_folded(self) -> bool:
        """Say whether it is more than a single deed."""
        return len(self.rows) >= FEWEST

    @property
    def first(self) -> DeedRow:
        """The deed whose words, person and door stand for all."""
        return self.rows[0]

    @property
    def happened(self) -> str:
        """From when to when they were done."""
        return _span(row.deed.at for row in self.rows)

    @property
    def received(self) -> str:
        """From when to when they came in."""
        return _span(row.deed.received for row in self.rows)

    @property
    def positions(self) -> str:
        """Their first and last place in the tree, other deeds may stand between; empty while one waits to be sealed."""
        ends = (self.rows[0].position, self.rows[-1].position)
        return " – ".join(sorted(ends, key=lambda text: (len(text), text))) if all(ends) else ""

    @property
    def pill(self) -> PillView:
        """Sealed only when every deed is."""
        return SEALED if all(row.position for row in self.rows) else WAITING

    @property
    def count(self) -> int:
        """How many rows its deeds changed together."""
        return changes_in(self.rows)


def runs_of(rows: Iterable[DeedRow], opened: UUID | None = None, unfolded: UUID | None = None) -> list[Run]:
    """Return the rows in their order, what repeats itself in runs; open is the run of a deed opened or asked for.

    Only deeds whose story says that it `repeats`, that were done, and done by the same person through the same door, are folded.
    """
    runs: list[Run] = []
    for key, group in groupby(rows, key=_repeated):
        found = list(group)
        if key is not None and len(found) >= FEWEST:
            ids = {row.deed.id for row in found}
            runs.append(Run(found, is_open=opened in ids or unfolded in ids))
        else:
            runs.extend(Run([row]) for row in found)
    return runs


def _repeated(row: DeedRow) -> tuple[object, ...] | None:
    """Return what a deed has to share with its neighbour, None for an act that always stands by itself."""
    stories = row.deed.stories
    if row.was_refused or not stories or not all(story.repeats for story in stories):
        return None
    return (row.deed.verb, row.deed.actor, row.deed.actor_name, row.deed.door, row.deed.sentence)


def _span(moments: Iterable[datetime]) -> str:
    """Write from when to when, the day once where it is the same."""
    told = sorted(when(moment) for moment in moments)
    first, last = told[0], told[-1]
    if first == last:
        return first
    return f"{first} – {last[11:] if last[:10] == first[:10] else last}"
