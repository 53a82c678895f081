"""How often somebody may call, counted for all processes together: a leaking bucket each, one row in an unlogged table.

The algorithm is the *generic cell rate algorithm* (ITU-T I.371): a row keeps only when its bucket will be empty again.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from random import random
from typing import Any

from django.db import connection
from django.utils import timezone

from anwei.foundation.accounts.models import Bucket

SWEPT = 0.002  # the share of calls that sweep empty buckets away, so that names do not pile up
TAKE = """
    insert into accounts_bucket as bucket (name, empty_at) values (%(name)s, %(now)s + %(cost)s)
    on conflict (name) do update set empty_at = greatest(bucket.empty_at, %(now)s) + %(cost)s
        where greatest(bucket.empty_at, %(now)s) + %(cost)s <= %(now)s + %(full)s
    returning empty_at
"""


@dataclass(slots=True)
class Limit:
    """At most `burst` calls at once and `rate` a second on average, for each name, whichever process answers."""

    key: str  # names the limit among all
    rate: float
    burst: int
    now: Callable[[], datetime] = timezone.now

    def take(self, name: str) -> tuple[int, int]:
        """Take one call. Return how many are left and, if it may not be made, after how many seconds it may (else 0)."""
        now, cost = self.now(), timedelta(seconds=1 / self.rate)
        # a digest: whose address or code it was is nobody's business
        given: dict[str, Any] = {
            "name": blake2b(f"{self.key}:{name}".encode(), digest_size=16).hexdigest(),
            "now": now,
            "cost": cost,
        }
        if random() < SWEPT:  # noqa: S311  no secret hangs on it
            Bucket.objects.filter(empty_at__lte=now).delete()
        with connection.cursor() as cursor:
            cursor.execute(TAKE, given | {"full": cost * self.burst})
            if taken := cursor.fetchone():
                return max(0, self.burst - math.ceil((taken[0] - now) / cost - 1e-6)), 0
        empty_at = Bucket.objects.filter(name=given["name"]).values_list("empty_at", flat=True).first() or now
        return 0, max(1, math.ceil((empty_at - now - cost * (self.burst - 1)).total_seconds()))
