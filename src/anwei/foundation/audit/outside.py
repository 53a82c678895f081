"""Copies of checkpoints outside the database, where who keeps the database cannot reach them: one file each, written at once or not at all.

`FOLDER/<database>-<cluster>/<day>/<size>.note`, beside `keys.txt` with the public key.
"""

import os
from pathlib import Path
from urllib.parse import quote

from anwei.foundation.audit.note import Checkpoint, Verifier


def folder_of(folder: Path, era: str) -> Path:
    """Return where the copies of an era lie."""
    cluster, _, database = era.partition(" ")
    return folder / f"{quote(database, safe='')}-{cluster}"


def publish(folder: Path, note: str, verifier: Verifier) -> Path:
    """Write a checkpoint and the key that opens it, unless they are there; return the checkpoint's file."""
    checkpoint = Checkpoint.parse(note)
    place = folder_of(folder, checkpoint.era)
    path = place / f"{checkpoint.at:%Y-%m-%d}" / f"{checkpoint.size:012d}.note"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        keys = place / "keys.txt"
        known = keys.read_text(encoding="utf-8") if keys.exists() else ""
        if str(verifier) not in known.splitlines():
            write(keys, f"{known}{verifier}\n")
        write(path, note)
    return path


def write(path: Path, text: str) -> None:
    """Write a file at once or not at all: a reader never meets half of it, and it survives a power cut."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
