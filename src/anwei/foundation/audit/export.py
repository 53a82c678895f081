"""The sealed trail written out for somebody who does not trust this database: with it goes the program that verifies it."""

import gzip
import json
import shutil
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from anwei.foundation.audit import sealed, verify
from anwei.foundation.audit.note import Verifier

CHUNK = 100_000


def export(folder: Path, key: Verifier) -> int:
    """Write leaves, entries, checkpoints, the public key and `verify.py` into an empty folder; return the number of rows.

    Entries are exactly the texts that the leaves prove, a line each; a personal value is there as its commitment only.
    """
    size = sealed.extent().sealed
    (folder / "entries").mkdir(parents=True)
    (folder / "leaves").mkdir()
    _write(folder / "checkpoints.jsonl.gz", (json.dumps({"note": note}).encode() for note in sealed.notes(size)))
    rows = sealed.rows(size)
    for start in range(0, size, CHUNK):
        chunk = list(islice(rows, CHUNK))
        _write(folder / "entries" / f"{start:012d}.jsonl.gz", (text or b"" for _leaf, text in chunk))
        _write(folder / "leaves" / f"{start:012d}.txt.gz", (leaf.hex().encode() if leaf else b"" for leaf, _text in chunk))
    (folder / "keys.txt").write_text(f"{key}\n", encoding="utf-8")
    shutil.copy(verify.__file__, folder / "verify.py")
    return size


def _write(path: Path, lines: Iterable[bytes]) -> None:
    with gzip.open(path, "wb", compresslevel=6) as file:
        for line in lines:
            file.write(line + b"\n")
