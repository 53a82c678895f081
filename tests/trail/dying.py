"""A worker that is killed while it follows: `python -m tests.trail.dying NAME BEFORE|AFTER NUMBER`.

It dies at the nth deed, before or after its effect is written, in the middle of its transaction.
"""

import os
import signal
import sys

import django

django.setup()

from anwei.foundation.audit.following import follow  # noqa: E402
from tests.trail.followers import follower  # noqa: E402

told: list[str] = []
name, when, number = sys.argv[1:]


def die(branch: str) -> None:
    """Be killed at the nth call."""
    told.append(branch)
    if len(told) == int(number):
        os.kill(os.getpid(), signal.SIGKILL)


follow(follower(name, twist=die) if when == "BEFORE" else follower(name, after=die))
