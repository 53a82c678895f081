"""Signed notes and checkpoints in the formats of C2SP (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), with Ed25519 (RFC 8032)."""

import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
PRIVATE = "PRIVATE+KEY+"


class BadNote(ValueError):
    """A note cannot be read, or carries no good signature of a known key."""


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes that name a key in a signature line."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key by name; its text is `name+id+key`, as others publish theirs."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a key.

        :raises BadNote: it is none, or its id is not its own
        """
        try:
            name, identity, encoded = text.strip().split("+", 2)
            raw = b64decode(encoded, validate=True)
            verifier = cls(name, raw[1:])
            if raw[:1] != ED25519 or len(raw) != 33 or bytes.fromhex(identity) != key_id(name, verifier.public):
                raise ValueError(text)
        except ValueError as error:
            raise BadNote(f"not a public key: {text.strip()}") from error
        return verifier

    def __str__(self) -> str:
        return f"{self.name}+{key_id(self.name, self.public).hex()}+{b64encode(ED25519 + self.public).decode()}"

    def opens(self, note: str) -> bool:
        """Say whether a note carries a good signature of this key."""
        body, lines = split(note)
        for line in lines:
            name, _, encoded = line.removeprefix("— ").partition(" ")
            raw = b64decode(encoded)
            if name == self.name and raw[:4] == key_id(self.name, self.public):
                try:
                    Ed25519PublicKey.from_public_bytes(self.public).verify(raw[4:], body.encode())
                except InvalidSignature:
                    return False
                return True
        return False


def split(note: str) -> tuple[str, list[str]]:
    """Return the signed text of a note and its signature lines.

    :raises BadNote: there are none
    """
    body, gap, signatures = note.rpartition("\n\n")
    lines = signatures.splitlines()
    if not gap or not lines or not all(line.startswith("— ") for line in lines):
        raise BadNote("the note has no signatures")
    return body + "\n", lines


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key by name."""

    name: str
    key: Ed25519PrivateKey

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a private key.

        :raises BadNote: it is none
        """
        try:
            name, _, encoded = text.strip().removeprefix(PRIVATE).split("+", 2)
            return cls(name, Ed25519PrivateKey.from_private_bytes(b64decode(encoded, validate=True)[1:]))
        except ValueError as error:
            raise BadNote("not a private key") from error

    @classmethod
    def kept_in(cls, path: Path) -> Self:
        """Read the key of this installation; on first use draw one, readable by its owner alone."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = path.with_name(f"{path.name}.{os.getpid()}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(f"{cls.drawn()}\n")
            # whoever links first wins; a second process reads the winner's key
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return cls.parse(path.read_text())

    @classmethod
    def drawn(cls) -> Self:
        """Draw a new key; it is named after itself, so that two installations never share a name."""
        key = Ed25519PrivateKey.generate()
        return cls(f"anwei/{sha256(key.public_key().public_bytes_raw()).hexdigest()[:8]}", key)

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public_key().public_bytes_raw())

    def __str__(self) -> str:
        identity = key_id(self.name, self.verifier.public).hex()
        return f"{PRIVATE}{self.name}+{identity}+{b64encode(ED25519 + self.key.private_bytes_raw()).decode()}"

    def sign(self, body: str) -> str:
        """Return the note of a text that ends with a line end."""
        signature = key_id(self.name, self.verifier.public) + self.key.sign(body.encode())
        return f"{body}\n— {self.name} {b64encode(signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a tree was at a time: origin, size and root, and two extension lines: the era (cluster and database), the time of sealing."""

    origin: str
    size: int
    root: bytes
    era: str
    at: datetime

    def text(self) -> str:
        """Return the text that is signed."""
        at = self.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\nera {self.era}\nsealed {at}\n"

    @classmethod
    def parse(cls, note: str) -> Self:
        """Read a note as a checkpoint; its signatures are not looked at.

        :raises BadNote: it is none
        """
        try:
            origin, size, root, *extensions = split(note)[0].splitlines()
            told = dict(line.split(" ", 1) for line in extensions)
            return cls(origin, int(size), b64decode(root, validate=True), told["era"], datetime.fromisoformat(told["sealed"]))
        except (ValueError, KeyError) as error:
            raise BadNote("not a checkpoint") from error
