"""When a mail that could not be sent is tried again. Pure."""

from datetime import timedelta

TRIES = 8  # then it has failed, until somebody sends it again
LEASE = timedelta(minutes=5)  # the longest that one try may take; then it was cut off
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=6)


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after the nth try that failed: 30 s, 2 min, 8 min, 32 min … at most 6 hours (RFC 5321, 4.5.4.1)."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * int(4 ** min(tries - 1, 10)))
