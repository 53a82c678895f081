import json
from base64 import b64decode
from pathlib import Path

import pytest

from anwei.core.errors import NoRight
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.merkle import leaf_hash, root_by_inclusion
from anwei.foundation.audit.models import Deed
from anwei.foundation.audit.note import Checkpoint, Signer
from anwei.foundation.audit.queries import proof_of
from anwei.foundation.audit.verify import main
from tests.trail.factory import open_branches, seal

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed_together")]


def test_every_deed_is_proved_under_the_signed_checkpoint(tmp_path: Path) -> None:
    open_branches(4)
    audrey = make_actor("audrey", "auditor")
    seal(tmp_path / "key")
    for deed in Deed.objects.all():
        proof = proof_of(audrey, deed.id)
        assert proof is not None
        signed = Checkpoint.parse(proof.note)
        root = root_by_inclusion(leaf_hash(proof.entry.encode()), proof.position, proof.size, proof.path)
        assert (signed.size, signed.root) == (proof.size, root)
        assert json.loads(proof.entry)["verb"] == deed.verb
        assert Signer.kept_in(tmp_path / "key").verifier.opens(proof.note)


def test_a_deed_that_waits_for_the_sealer_has_no_proof_yet(tmp_path: Path) -> None:
    audrey = make_actor("alice", "auditor")
    seal(tmp_path / "key")
    open_branches()
    newest = Deed.objects.latest("received")
    assert proof_of(audrey, newest.id) is None
    seal(tmp_path / "key")
    assert proof_of(audrey, newest.id) is not None


def test_a_proof_is_written_as_a_file_that_proves_itself(tmp_path: Path) -> None:
    audrey = make_actor("anna", "auditor")
    open_branches()
    seal(tmp_path / "key")
    proof = proof_of(audrey, Deed.objects.latest("received").id)
    assert proof is not None
    head, extra, index, *path = str(proof).partition("\n\n")[0].splitlines()
    assert (head, index) == ("c2sp.org/tlog-proof@v1", f"index {proof.position}")
    leaf = leaf_hash(b64decode(extra.removeprefix("extra ")))
    root = root_by_inclusion(leaf, proof.position, proof.size, [b64decode(step) for step in path])
    assert Checkpoint.parse(str(proof).partition("\n\n")[2]).root == root


def test_the_stand_alone_verifier_reads_a_proof_and_doubts_an_altered_one(tmp_path: Path) -> None:
    audrey = make_actor("asta", "auditor")
    open_branches()
    seal(tmp_path / "key")
    proof = proof_of(audrey, Deed.objects.latest("received").id)
    file = tmp_path / "entry.tlog-proof"
    (tmp_path / "keys.txt").write_text(f"{Signer.kept_in(tmp_path / 'key').verifier}\n")
    for text, code in (
        (str(proof), 0),
        (str(proof).replace("extra ", "extra AAAA"), 1),
        (str(proof).replace(f"index {proof and proof.position}", "index 0"), 1),
        (str(proof).replace("\nera ", "\nera 1"), 1),
        ("nothing", 2),
    ):
        file.write_text(text)
        assert main([str(file)]) == code, text


def test_only_readers_of_the_trail_get_proofs() -> None:
    with pytest.raises(NoRight):
        proof_of(make_actor("dana", "dispatcher"), Deed.objects.latest("received").id)
