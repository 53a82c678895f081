"""How often somebody may call: a bucket of tokens each, in this process."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Bucket:
    """What one caller has left, and when that was counted."""

    left: float
    at: float


@dataclass(slots=True)
class Limit:
    """At most `burst` calls at once and `rate` a second on average, for each name.

    A server of several processes allows each of them this much. Full buckets are forgotten, so that names do not pile up.
    """

    rate: float
    burst: int
    most: int = 10_000
    now: Callable[[], float] = time.monotonic
    buckets: dict[str, Bucket] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def take(self, name: str) -> tuple[int, int]:
        """Take one call. Return how many are left and, if it may not be made, after how many seconds it may (else 0)."""
        now = self.now()
        with self.lock:
            if len(self.buckets) >= self.most:
                self.buckets = {n: b for n, b in self.buckets.items() if b.left + (now - b.at) * self.rate < self.burst}
            bucket = self.buckets.setdefault(name, Bucket(self.burst, now))
            bucket.left, bucket.at = min(self.burst, bucket.left + (now - bucket.at) * self.rate), now
            if bucket.left < 1:
                return 0, math.ceil((1 - bucket.left) / self.rate)
            bucket.left -= 1
            return int(bucket.left), 0
