"""Keys made in the application, so that no sequence ties branches or databases together."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """Return a new UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def uuid7_at(milliseconds: int) -> UUID:
    """Return the smallest version 7 key of a Unix millisecond: a bound for reading by time."""
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0x2 << 62)
