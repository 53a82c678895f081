"""The worker: timed work beside the web process. It runs as the sealer, who may only read the trail and add seals."""

import os
import signal
from threading import Event
from types import FrameType

from django.conf import settings

from anwei.foundation.audit.sealer import run as seal


def run() -> None:
    """Seal the trail until the process is told to stop."""
    stop = Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    seal(os.environ["ANWEI_DSN_SEALER"], settings.TRAIL_KEY, stop=stop, copies=settings.TRAIL_COPIES)
