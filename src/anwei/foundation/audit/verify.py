#!/usr/bin/env python3
"""Verify an exported trail, with nothing but Python (3.10 or later). It shares no code with what wrote and sealed the trail.

    python verify.py DIR|PROOF [--outside FOLDER] [--json]

DIR holds what `anwei audit export` wrote: `keys.txt`, `checkpoints.jsonl.gz`, `entries/*.jsonl.gz` (a line is the exact text that a
leaf proves), `leaves/*.txt.gz` (its hash as it was sealed). FOLDER holds copies of checkpoints kept elsewhere, and their `keys.txt`,
which is then believed instead of the one in DIR: only with such a copy can a history be told from one that was rewritten whole.
PROOF is the file of one entry (c2sp.org/tlog-proof) beside a `keys.txt`.

Prints OK or the first bad position. Exit 0: proven. 1: something does not fit. 2: it cannot be read.
"""

import gzip
import hashlib
import json
import sys
from argparse import ArgumentParser
from base64 import b64decode
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

MOST_FINDINGS = 20


class Finding(NamedTuple):
    """Something that does not fit: between `position` and `until` (exclusive)."""

    position: int
    until: int
    reason: str

    def __str__(self) -> str:
        last = f" to {self.until - 1}" if self.until > self.position + 1 else ""
        return f"position {self.position}{last}: {self.reason}"


class Claim(NamedTuple):
    """A checkpoint: what somebody signed that the tree was (c2sp.org/tlog-checkpoint)."""

    size: int
    root: bytes
    era: str
    note: str
    outside: bool = False


class Report(NamedTuple):
    """What was found, single rows before stretches of them; nothing, if the trail is proven."""

    size: int
    findings: list[Finding]
    newest: Claim | None

    @property
    def first_bad(self) -> int | None:
        return self.findings[0].position if self.findings else None


# Ed25519, verification only: RFC 8032 §5.1, after the sample of its §6

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def _add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def _times(scalar: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point, scalar = _add(point, point), scalar >> 1
    return result


def _point(encoded: bytes) -> Point | None:
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether an Ed25519 signature is good."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r, s = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= Q or BASE is None:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = _times(s, BASE), _add(r, _times(k, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def keys_of(text: str) -> dict[str, bytes]:
    """Read public keys, one a line as `name+id+key` (c2sp.org/signed-note): name and id → the key."""
    keys = {}
    for line in text.split():
        name, _, encoded = line.split("+", 2)
        raw = b64decode(encoded, validate=True)
        identity = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        keys[name + " " + identity.hex()] = raw[1:]
    return keys


def claim_of(note: str, outside: bool = False) -> Claim:
    """Read a checkpoint; its signature is looked at later."""
    lines = note.split("\n")
    told = dict(line.split(" ", 1) for line in lines[3 : lines.index("")])
    return Claim(int(lines[1]), b64decode(lines[2], validate=True), told.get("era", ""), note, outside)


def is_signed(claim: Claim, keys: dict[str, bytes]) -> bool:
    """Say whether one of the keys signed a checkpoint."""
    body, _, signatures = claim.note.rpartition("\n\n")
    for line in signatures.splitlines():
        name, _, encoded = line[2:].partition(" ")
        raw = b64decode(encoded)
        public = keys.get(name + " " + raw[:4].hex())
        if public and signed(public, (body + "\n").encode(), raw[4:]):
            return True
    return False


class Tree:
    """The complete subtrees of a Merkle tree with their heights (RFC 9162 §2.1), the last one at the end."""

    def __init__(self) -> None:
        self.size = 0
        self.parts: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        part = (0, leaf)
        while self.parts and self.parts[-1][0] == part[0]:
            part = (part[0] + 1, hashlib.sha256(b"\x01" + self.parts.pop()[1] + part[1]).digest())
        self.parts.append(part)
        self.size += 1

    def root(self) -> bytes:
        rest = [node for _, node in self.parts] or [hashlib.sha256(b"").digest()]
        root = rest.pop()
        while rest:
            root = hashlib.sha256(b"\x01" + rest.pop() + root).digest()
        return root


Row = tuple[bytes | None, bytes | None]  # the leaf as it was sealed, the text that it proves; None where one is missing


class Examination:
    """One walk along the trail: every text against its leaf, every checkpoint against the tree, every change against its deed."""

    def __init__(self, claims: Iterable[Claim], keys: dict[str, bytes]) -> None:
        self.claims = sorted(claims, key=lambda claim: (claim.size, claim.outside))
        self.inside = {(claim.size, claim.era): claim.note for claim in self.claims if not claim.outside}
        self.keys = keys
        self.tree = Tree()
        self.findings: list[Finding] = []
        self.proven = {False: 0, True: 0}  # by checkpoints inside, by copies outside
        self.rewritten: set[bool] = set()
        self.waiting: dict[str, int] = {}  # deed → the first of its changes
        self.blind = False  # an entry since the last checkpoint could not be read: it may be the deed that is waited for

    def find(self, position: int, until: int, reason: str) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(position, until, reason))

    def row(self, leaf: bytes | None, text: bytes | None) -> None:
        position = self.tree.size
        if leaf and text and hashlib.sha256(b"\x00" + text).digest() == leaf:
            self.deed(position, json.loads(text))
        else:
            self.blind = True
            found = "is not what was sealed" if leaf and text else "is missing or was altered"
            self.find(position, position + 1, f"the entry {found}")
        self.tree.add(leaf or b"")

    def deed(self, position: int, entry: dict[str, Any]) -> None:
        if "tbl" in entry:
            self.waiting.setdefault(entry["deed"], position)
        else:
            self.waiting.pop(entry["id"], None)

    def checkpoint(self, claim: Claim) -> None:
        """Hold a checkpoint of the present size against the tree; a transaction never crosses it."""
        for position in [] if self.blind else self.waiting.values():
            self.find(position, position + 1, "a change without its deed")
        self.waiting.clear()
        self.blind = False
        if claim.outside and self.inside.get((claim.size, claim.era)) != claim.note:
            self.find(max(claim.size - 1, 0), claim.size, "the checkpoint is not the one that was copied outside")
        if self.tree.root() == claim.root and claim.outside not in self.rewritten:
            self.proven[claim.outside] = claim.size
        elif claim.outside not in self.rewritten:
            self.rewritten.add(claim.outside)
            # who rewrote the trail may have signed it anew inside: only copies outside bound what they doubt
            last = self.proven[True] if claim.outside else max(self.proven.values())
            whose = "a checkpoint kept outside" if claim.outside else "the checkpoint"
            self.find(last, claim.size, f"the rows are not those of {whose} of {claim.size} rows")

    def run(self, rows: Iterable[Row]) -> Report:
        """Walk, and say what was found."""
        due = chain(self.claims, [None])
        claim = next(due)
        for leaf, text in rows:
            while claim and claim.size <= self.tree.size:
                self.checkpoint(claim)
                claim = next(due)
            self.row(leaf, text)
        while claim and claim.size <= self.tree.size:
            self.checkpoint(claim)
            claim = next(due)
        if claim:
            self.find(self.tree.size, self.claims[-1].size, f"rows are missing: a checkpoint counts {self.claims[-1].size}")
        elif self.tree.size > (last := max(self.proven.values())) and not self.rewritten:
            self.find(last, self.tree.size, "no checkpoint covers these rows")
        self.signatures()
        newest = self.claims[-1] if self.claims else None
        return Report(self.tree.size, sorted(self.findings, key=lambda f: (f.until > f.position + 1, f.position)), newest)

    def signatures(self) -> None:
        """Look at the newest signature of each kind: its root stands for all rows before it."""
        for outside in (False, True):
            claims = [claim for claim in self.claims if claim.outside is outside]
            if claims and not is_signed(claims[-1], self.keys):
                good = next((c.size for c in reversed(claims) if is_signed(c, self.keys)), 0)
                self.find(good, claims[-1].size, f"the newest checkpoint{' outside' if outside else ''} carries no good signature")


def _lines(folder: Path, pattern: str) -> Iterator[bytes]:
    for path in sorted(folder.glob(pattern)):
        with gzip.open(path, "rb") as file:
            for line in file:
                yield line.rstrip(b"\n")


def rows_of(folder: Path) -> Iterator[Row]:
    """Read leaves and entries of an export, side by side; an empty line stands for what was missing."""
    for leaf, text in zip_longest(_lines(folder, "leaves/*.txt.gz"), _lines(folder, "entries/*.jsonl.gz")):
        yield (bytes.fromhex(leaf.decode()) if leaf else None), text or None


def _keys(folder: Path, outside: Path | None) -> dict[str, bytes]:
    found = sorted(outside.rglob("keys.txt")) if outside else []
    return keys_of("\n".join(path.read_text(encoding="utf-8") for path in found or [folder / "keys.txt"]))


def examine(folder: Path, outside: Path | None) -> Report:
    """Examine an exported folder, against copies kept outside if there are any."""
    claims = [claim_of(json.loads(line)["note"]) for line in _lines(folder, "checkpoints.jsonl.gz")]
    if outside:
        claims += [claim_of(path.read_text(encoding="utf-8"), True) for path in sorted(outside.rglob("*.note"))]
    return Examination(claims, _keys(folder, outside)).run(rows_of(folder))


def examine_proof(path: Path, outside: Path | None) -> Report:
    """Examine the proof of one entry: the path from its leaf must lead to the signed root (RFC 9162 §2.1.3.2)."""
    head, _, note = path.read_text(encoding="utf-8").partition("\n\n")
    kind, entry, place, *steps = head.split("\n")
    if kind != "c2sp.org/tlog-proof@v1" or not entry.startswith("extra ") or not place.startswith("index "):
        raise ValueError("not a proof")
    claim, index = claim_of(note), int(place[6:])
    node = hashlib.sha256(b"\x00" + b64decode(entry[6:], validate=True)).digest()
    at, last = index, claim.size - 1
    for step in [b64decode(line, validate=True) for line in steps]:
        if at & 1 or at == last:
            node = hashlib.sha256(b"\x01" + step + node).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + step).digest()
        at, last = at >> 1, last >> 1
    findings = []
    if last != 0 or node != claim.root or not 0 <= index < claim.size:
        findings.append(Finding(index, index + 1, "the path does not lead to the signed root"))
    if not is_signed(claim, _keys(path.parent, outside)):
        findings.append(Finding(index, index + 1, "the checkpoint carries no good signature"))
    return Report(claim.size, findings, claim)


def main(arguments: list[str] | None = None) -> int:
    """Examine a folder and say in one line what was found."""
    parser = ArgumentParser(description="Verify an exported trail.")
    parser.add_argument("place", type=Path, metavar="DIR|PROOF")
    parser.add_argument("--outside", type=Path, metavar="FOLDER", help="copies of checkpoints kept elsewhere")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON and nothing else")
    given = parser.parse_args(arguments)
    try:
        report = (examine_proof if given.place.is_file() else examine)(given.place, given.outside)
    except (OSError, EOFError, ValueError, KeyError, IndexError) as error:
        print(f"cannot be read: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    newest = report.newest
    if given.json:
        findings = [finding._asdict() for finding in report.findings]
        print(json.dumps({"ok": not findings, "sealed": report.size, "first_bad": report.first_bad, "findings": findings}))
    elif report.findings:
        for finding in report.findings:
            print(f"BAD at {finding}")
    else:
        print(f"OK: {report.size} rows, the last checkpoint of {newest.size if newest else 0} rows is signed")
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
