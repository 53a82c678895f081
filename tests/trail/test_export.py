"""The stand-alone verifier on exported trails, whole and touched."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from anwei.foundation.audit import verify
from anwei.foundation.audit.export import export
from anwei.foundation.audit.note import Checkpoint, Signer
from anwei.foundation.audit.verify import Tree, examine
from tests.trail.factory import open_branches, seal


@pytest.fixture
def exported(committed_together: str, tmp_path: Path) -> Path:
    """Return a folder that holds `export` and `outside`: a trail sealed in several steps."""
    for _ in range(3):
        open_branches(2)
        seal(tmp_path / "key", tmp_path / "outside")
    export(tmp_path / "export", Signer.kept_in(tmp_path / "key").verifier)
    # other tests sealed with keys of their own before
    keys = tmp_path / "export" / "keys.txt"
    assert keys.read_text() == f"{Signer.kept_in(tmp_path / 'key').verifier}\n"
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the copied program as a stranger would: no Django, no project."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": os.environ["PATH"]}, check=False)


def lines_of(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines()


def put(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(gzip.compress(b"".join(line + b"\n" for line in lines)))


def test_a_whole_export_is_proven_by_the_program_that_lies_in_it(exported: Path) -> None:
    done = run(exported / "export", "--outside", str(exported / "outside"))
    assert done.returncode == 0 and done.stdout.startswith("OK: "), done
    told = json.loads(run(exported / "export", "--json").stdout)
    rows = lines_of(next((exported / "export" / "entries").iterdir()))
    assert told == {"ok": True, "sealed": len(rows), "first_bad": None, "findings": []}


@pytest.mark.parametrize("place", ["entries", "leaves"])
def test_an_altered_line_is_named(exported: Path, place: str) -> None:
    path = next((exported / "export" / place).iterdir())
    lines = lines_of(path)
    lines[11] = lines[11].replace(b"a", b"b").replace(b"0", b"1")
    put(path, lines)
    done = run(exported / "export")
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "BAD at position 11: the entry is not what was sealed")


def test_a_missing_line_and_a_missing_tail_are_named(exported: Path) -> None:
    folder = exported / "export"
    entries, leaves = next((folder / "entries").iterdir()), next((folder / "leaves").iterdir())
    whole = lines_of(entries), lines_of(leaves)
    put(entries, [*whole[0][:5], b"", *whole[0][6:]])
    assert "position 5: the entry is missing" in run(folder).stdout
    put(entries, whole[0][:-1])
    put(leaves, whole[1][:-1])
    assert f"position {len(whole[0]) - 1}: rows are missing" in run(folder).stdout


def rewrite(folder: Path, position: int, key: Path) -> None:
    """Alter an entry and do all an owner of database and key can do: hash, build and sign the whole trail anew."""
    signer = Signer.kept_in(key)
    entries, leaves = next((folder / "entries").iterdir()), next((folder / "leaves").iterdir())
    texts = lines_of(entries)
    texts[position] = texts[position].replace(b'"received": "2', b'"received": "1')
    hashes = [sha256(b"\x00" + text).digest() for text in texts]
    put(entries, texts)
    put(leaves, [leaf.hex().encode() for leaf in hashes])
    notes, tree = [], Tree()
    claims = [Checkpoint.parse(json.loads(line)["note"]) for line in lines_of(folder / "checkpoints.jsonl.gz")]
    for claim in claims:
        while tree.size < claim.size:
            tree.add(hashes[tree.size])
        signed_anew = signer.sign(Checkpoint(signer.name, claim.size, tree.root(), claim.era, claim.at).text())
        notes.append(json.dumps({"note": signed_anew}).encode())
    put(folder / "checkpoints.jsonl.gz", notes)


def test_a_history_rewritten_whole_is_told_by_a_copy_kept_outside(exported: Path) -> None:
    rewrite(exported / "export", 11, exported / "key")
    assert run(exported / "export").returncode == 0, "by itself it cannot be told"
    done = run(exported / "export", "--outside", str(exported / "outside"))
    assert done.returncode == 1 and "a checkpoint kept outside" in done.stdout


def test_recomputed_leaves_are_told_by_the_checkpoints_and_bounded_by_them(exported: Path) -> None:
    folder = exported / "export"
    before = lines_of(folder / "checkpoints.jsonl.gz")
    sizes = [verify.claim_of(json.loads(line)["note"]).size for line in before]
    rewrite(folder, sizes[-2] + 1, exported / "key")
    put(folder / "checkpoints.jsonl.gz", before)
    report = examine(folder, None)
    assert [(f.position, f.until) for f in report.findings] == [(sizes[-2], sizes[-1])]


def test_an_unsigned_or_foreign_checkpoint_is_not_believed(exported: Path) -> None:
    folder = exported / "export"
    (folder / "keys.txt").write_text(f"{Signer.drawn().verifier}\n")
    done = run(folder)
    assert done.returncode == 1 and "no good signature" in done.stdout


@pytest.mark.parametrize("damage", ["keys.txt", "checkpoints.jsonl.gz"])
def test_what_cannot_be_read_ends_with_two(exported: Path, damage: str) -> None:
    (exported / "export" / damage).write_text("nothing")
    done = run(exported / "export")
    assert done.returncode == 2 and done.stderr.startswith("cannot be read") and done.stdout == ""


def test_a_folder_without_an_export_ends_with_two(exported: Path) -> None:
    shutil.rmtree(exported / "export" / "entries")
    (exported / "export" / "keys.txt").unlink()
    assert run(exported / "export").returncode == 2
