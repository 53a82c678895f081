"""The whole trail verified in place: rows, tree, checkpoints here and outside, personal values, triggers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from anwei.foundation.audit import guards, sealed, verify
from anwei.foundation.audit.invariants import changes_without_deed
from anwei.foundation.audit.note import Checkpoint, Signer
from anwei.foundation.audit.outside import folder_of

# a value beside the trail must be the one that the trail committed to
ALTERED_PERSONAL = """
    select p.change, p.col from trail.personal p left join trail.change c on c.seq = p.change and c.received = p.received
    where (trail.commitment(p.salt, p.old), trail.commitment(p.salt, p.new))
        is distinct from (c.delta #> array[p.col, '0'], c.delta #> array[p.col, '1'])
    order by p.change limit 20
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found; `findings` are sentences, none if all is well."""

    sealed: int
    unsealed: int
    first_bad: int | None
    checkpoint: dict[str, Any] | None
    findings: list[str]

    @property
    def ok(self) -> bool:
        return not self.findings


def verify_trail(key: Path, copies: Path | None) -> Verdict:
    """Verify the trail in this database against its own checkpoints and the copies kept outside."""
    # copies first, the rows last: what is sealed meanwhile can then be missing from the claims only
    outside = {path: path.read_text(encoding="utf-8") for path in sorted(copies.rglob("*.note"))} if copies and copies.exists() else {}
    reach = sealed.extent()
    claims = [verify.claim_of(note) for note in sealed.notes(reach.sealed)]
    mine = [folder_of(copies, era) for era in {claim.era for claim in claims}] if copies else []
    claims += [verify.claim_of(note, True) for path, note in outside.items() if any(path.is_relative_to(folder) for folder in mine)]
    report = verify.Examination(claims, _keys(key, mine)).run(sealed.rows(reach.sealed))
    return Verdict(
        sealed=reach.sealed,
        unsealed=reach.unsealed,
        first_bad=report.first_bad,
        checkpoint=_shown(sealed.newest_note()),
        findings=[str(finding) for finding in report.findings] + _beside(reach),
    )


def _keys(key: Path, copies: list[Path]) -> dict[str, bytes]:
    """Return the public keys that are believed: those kept outside with the copies, else this installation's own."""
    found = [path.read_text(encoding="utf-8") for folder in copies if (path := folder / "keys.txt").exists()]
    if not found and key.exists():
        found = [str(Signer.kept_in(key).verifier)]
    return verify.keys_of("\n".join(found))


def _beside(reach: sealed.Extent) -> list[str]:
    """Say what is wrong beside the tree itself."""
    told = []
    if not reach.places == reach.last + 1 == reach.sealed:
        told.append(f"there are {reach.places} places up to {reach.last}, the newest checkpoint counts {reach.sealed}")
    if reach.behind:
        told.append(f"{reach.behind} rows without a place stand where the sealer has been")
    told += [f"change {row['change']} of {row['table']} names a deed that is not there" for row in changes_without_deed(unsealed=True)]
    with connection.cursor() as cursor:
        cursor.execute(ALTERED_PERSONAL)
        told += [f"the value of {col} beside change {change} is not the one that was sealed" for change, col in cursor.fetchall()]
    told += [f"trigger {row['trigger']} of {row['table']}: {row['fault']}" for row in guards.faults()]
    return told


def _shown(note: str | None) -> dict[str, Any] | None:
    if note is None:
        return None
    checkpoint = Checkpoint.parse(note)
    return {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "era": checkpoint.era,
        "at": checkpoint.at.isoformat(),
    }
