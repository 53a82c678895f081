"""Against the definition, and against the vectors that Certificate Transparency implementations share."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.foundation.audit.merkle import (
    EMPTY,
    TILE,
    Frontier,
    consistency_path,
    inclusion_path,
    is_consistent,
    leaf_hash,
    root_by_inclusion,
    subtree_hash,
    tree_hash,
)

# certificate-transparency reference tree: eight leaves, the root after each
LEAVES = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
SIZES = st.integers(1, 1200)
MANY = [leaf_hash(str(n).encode()) for n in range(1200)]


class Store:
    """Hashes as the sealer keeps them: leaves, and the roots of complete subtrees."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.rows = {(0, index): leaf for index, leaf in enumerate(leaves)}
        self.rows |= {(level, index): node for level, index, node in Frontier().extend(leaves)}

    def read(self, level: int, first: int, count: int) -> list[bytes]:
        return [self.rows[level, index] for index in range(first, first + count)]


KEPT = Store(MANY)


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert Frontier().root() == EMPTY == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference_tree(size: int) -> None:
    frontier = Frontier()
    frontier.extend(HASHES[:size])
    assert frontier.root().hex() == tree_hash(HASHES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_paths_are_those_of_the_reference_tree(index: int, size: int) -> None:
    path = inclusion_path(index, size, Store(HASHES).read)
    assert [step.hex() for step in path] == INCLUSION[index, size]
    assert root_by_inclusion(HASHES[index], index, size, path).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_consistency_paths_are_those_of_the_reference_tree(old: int, new: int) -> None:
    path = consistency_path(old, new, Store(HASHES).read)
    assert [step.hex() for step in path] == CONSISTENCY[old, new]
    assert is_consistent(old, bytes.fromhex(ROOTS[old - 1]), new, bytes.fromhex(ROOTS[new - 1]), path)


@given(SIZES, st.data())
def test_a_tree_grown_in_two_parts_is_the_tree_by_definition(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size))
    frontier = Frontier()
    frontier.extend(MANY[:first])
    frontier = Frontier(frontier.size, frontier.peaks)
    frontier.extend(MANY[first:size])
    assert frontier.root() == tree_hash(MANY[:size]) == subtree_hash(0, size, KEPT.read)


@given(SIZES, st.data())
def test_every_leaf_is_proved_and_no_other_leaf_passes_for_it(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size, KEPT.read)
    root = tree_hash(MANY[:size])
    assert root_by_inclusion(MANY[index], index, size, path) == root
    assert root_by_inclusion(leaf_hash(b"forged"), index, size, path) != root
    with pytest.raises(ValueError, match="too long"):
        root_by_inclusion(MANY[index], index, size, [*path, EMPTY])
    if path:
        with pytest.raises(ValueError, match="too short"):
            root_by_inclusion(MANY[index], index, size, path[:-1])


@given(SIZES, st.data())
def test_an_old_tree_is_proved_to_be_a_prefix_and_a_rewritten_one_is_not(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    path = consistency_path(old, new, KEPT.read)
    assert is_consistent(old, tree_hash(MANY[:old]), new, tree_hash(MANY[:new]), path)
    rewritten = [leaf_hash(b"rewritten"), *MANY[1:old]]
    assert not is_consistent(old, tree_hash(rewritten), new, tree_hash(MANY[:new]), path)
    assert not is_consistent(old, tree_hash(MANY[:old]), new, tree_hash(MANY[:new]), [*path, EMPTY])


def test_a_proof_reads_few_hashes_at_any_size() -> None:
    read: list[int] = []

    def count(level: int, first: int, number: int) -> list[bytes]:
        read.append(number)
        return [EMPTY] * number

    inclusion_path(123_456_789, 300_000_000, count)
    assert sum(read) < 4 * 2 * 2**TILE
    assert len(read) < 60


def test_a_leaf_outside_the_tree_has_no_path() -> None:
    with pytest.raises(ValueError, match="no leaf 8"):
        inclusion_path(8, 8, KEPT.read)
    with pytest.raises(ValueError, match="no leaf 8"):
        root_by_inclusion(HASHES[0], 8, 8, [])
    with pytest.raises(ValueError, match="no proof"):
        consistency_path(9, 8, KEPT.read)
    with pytest.raises(ValueError, match="peaks"):
        Frontier(3, [EMPTY])
