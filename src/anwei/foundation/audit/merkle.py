"""The Merkle tree of RFC 6962 and RFC 9162: pure functions over hashes, no database, no clock.

Leaves are hashed with a zero byte before them, nodes with a one byte, both with SHA-256. Only the *peaks* of the tree, the roots of its
complete subtrees, are needed to let it grow.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
TILE = 8  # every eighth height is kept by the sealer, so that a proof reads a few hundred hashes at any size

# (level, first, count) → that many roots of complete subtrees with 256**level leaves
Reader = Callable[[int, int, int], Sequence[bytes]]


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf (RFC 9162 §2.1.1)."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 9162 §2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def _split(count: int) -> int:
    """Return the largest power of two smaller than `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes, by the definition."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY
    split = _split(len(leaves))
    return node_hash(tree_hash(leaves[:split]), tree_hash(leaves[split:]))


class Frontier:
    """The growing edge of a tree: its size and its peaks, the largest first."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if size.bit_count() != len(peaks):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(peaks)}")
        self.size = size
        self.peaks = list(peaks)

    def append(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add a leaf hash; yield (level, index, hash) of each complete subtree of 256**level leaves that it closes."""
        index, height, node = self.size, 0, leaf
        while index & 1:
            index, height = index >> 1, height + 1
            node = node_hash(self.peaks.pop(), node)
            if height % TILE == 0:
                yield height // TILE, index, node
        self.peaks.append(node)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> list[tuple[int, int, bytes]]:
        """Add leaf hashes; return what `append` yields for them."""
        return [node for leaf in leaves for node in self.append(leaf)]

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def subtree_hash(start: int, end: int, read: Reader) -> bytes:
    """Return the hash over leaves `start` to `end` (exclusive), a subtree of the tree, from stored nodes."""
    count = end - start
    if count & (count - 1):
        middle = start + _split(count)
        return node_hash(subtree_hash(start, middle, read), subtree_hash(middle, end, read))
    level, rest = divmod(count.bit_length() - 1, TILE)
    return tree_hash(read(level, start >> level * TILE, 1 << rest))


def inclusion_path(index: int, size: int, read: Reader) -> list[bytes]:
    """Return the audit path of a leaf in the tree of `size` leaves (RFC 9162 §2.1.3.1), from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree_hash(middle, end, read))
            end = middle
        else:
            path.append(subtree_hash(start, middle, read))
            start = middle
    return path[::-1]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that an audit path leads to (RFC 9162 §2.1.3.2).

    :raises ValueError: the path does not fit the index and the size
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    node, at, last = leaf, index, size - 1
    for step in path:
        if last == 0:
            raise ValueError("the path is too long")
        if at & 1 or at == last:
            node = node_hash(step, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, step)
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return node


def consistency_path(old: int, new: int, read: Reader) -> list[bytes]:
    """Return the proof that the tree of `old` leaves is a prefix of the tree of `new` leaves (RFC 9162 §2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError(f"no proof from {old} to {new}")
    start, end, path, whole = 0, new, [], True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(subtree_hash(middle, end, read))
            end = middle
        else:
            path.append(subtree_hash(start, middle, read))
            start, whole = middle, False
    if not whole:
        path.append(subtree_hash(start, end, read))
    return path[::-1]


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether a proof shows that the old tree is a prefix of the new one (RFC 9162 §2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_node = new_node = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_node, new_node = node_hash(step, old_node), node_hash(step, new_node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new_node = node_hash(new_node, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old_node == old_root and new_node == new_root
