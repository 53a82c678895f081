import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anwei.foundation.audit.note import BadNote, Checkpoint, Signer, Verifier, split

# the example of the format's first implementation (golang.org/x/mod/sumdb/note)
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = f"{TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
AT = datetime(2026, 11, 24, 6, 30, 15, tzinfo=UTC)


def test_the_published_example_is_signed_to_the_byte() -> None:
    signer = Signer.parse(SECRET)
    assert signer.sign(TEXT) == NOTE
    assert str(signer.verifier) == PUBLIC
    assert str(signer) == SECRET


def test_the_published_example_is_opened_and_an_altered_one_is_not() -> None:
    verifier = Verifier.parse(PUBLIC)
    assert verifier.opens(NOTE)
    assert not verifier.opens(NOTE.replace("answer", "answers"))
    assert not Signer.drawn().verifier.opens(NOTE)


def test_a_public_key_of_others_is_read() -> None:
    published = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert str(Verifier.parse(published)) == published


@pytest.mark.parametrize("text", ["", "a+b", PUBLIC.replace("c74f20a3", "c74f20a4"), PUBLIC[:-4], "a+zz+AAAA"])
def test_a_damaged_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Verifier.parse(text)


def test_a_checkpoint_reads_back_as_it_was_written() -> None:
    signer = Signer.drawn()
    checkpoint = Checkpoint(signer.name, 42, bytes(range(32)), "7711856553904955074 anwei", AT)
    note = signer.sign(checkpoint.text())
    assert note.splitlines()[:5] == [
        signer.name, "42", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "era 7711856553904955074 anwei", "sealed 2026-11-24T06:30:15Z",
    ]  # fmt: skip
    assert Checkpoint.parse(note) == checkpoint
    assert signer.verifier.opens(note)


@pytest.mark.parametrize("note", ["", "x\n", "x\n\nno signature\n", NOTE])
def test_what_is_no_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(note)


def test_a_note_without_signatures_is_refused() -> None:
    with pytest.raises(BadNote, match="no signatures"):
        split("text\n")


def test_the_key_is_drawn_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "trail.key"
    first = Signer.kept_in(path)
    assert str(Signer.kept_in(path)) == str(first)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["trail.key"]
