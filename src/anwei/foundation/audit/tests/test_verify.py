"""The cryptography of the stand-alone verifier, against the vectors of the RFC and against a library."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from anwei.foundation.audit.tests.test_merkle import HASHES, ROOTS
from anwei.foundation.audit.verify import Q, Tree, signed

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
    assert not signed(key, text, good[:32] + (int.from_bytes(good[32:], "little") + Q).to_bytes(32, "little"))
    assert not signed(b"", text, good) and not signed(key, text, b"")


@settings(max_examples=10, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300))
def test_it_agrees_with_the_library(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert signed(public, message, signature)
    assert not signed(public, message + b"\x00", signature)


def test_its_tree_is_the_reference_tree() -> None:
    tree = Tree()
    for leaf, root in zip(HASHES, ROOTS, strict=True):
        tree.add(leaf)
        assert tree.root().hex() == root
