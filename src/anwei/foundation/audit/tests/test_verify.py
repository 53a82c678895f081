"""The stand-alone verifier: its own cryptography, and what it says of exports that were touched."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from anwei.foundation.audit import verify
from anwei.foundation.audit.export import export
from anwei.foundation.audit.note import Checkpoint, Signer
from anwei.foundation.audit.tests.factory import open_branches, seal
from anwei.foundation.audit.verify import Tree, examine, signed

# RFC 8032 §7.1: public key, message, signature
RFC8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), RFC8032)
def test_the_published_signatures_are_good_and_altered_ones_are_not(public: str, message: str, signature: str) -> None:
    key, text, good = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert signed(key, text, good)
    assert not signed(key, text + b"x", good)
    assert not signed(key, text, good[:63] + bytes([good[63] ^ 1]))
    assert not signed(key, text, bytes([good[0] ^ 1]) + good[1:])
    assert not signed(key, text, good[:32] + (int.from_bytes(good[32:], "little") + verify.Q).to_bytes(32, "little"))
    assert not signed(b"", text, good) and not signed(key, text, b"")


@settings(max_examples=10, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300))
def test_it_agrees_with_the_library(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert signed(public, message, signature)
    assert not signed(public, message + b"\x00", signature)


def test_its_tree_is_the_reference_tree() -> None:
    from anwei.foundation.audit.tests.test_merkle import HASHES, ROOTS

    tree = Tree()
    for leaf, root in zip(HASHES, ROOTS, strict=True):
        tree.add(leaf)
        assert tree.root().hex() == root


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
