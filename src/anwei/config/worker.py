"""The worker: what goes on beside the web process. It seals the trail by the login `sealer`; by the login `app` it
follows the trail and sends mail.
"""

import os
import signal
from collections.abc import Callable
from threading import Event, Thread
from types import FrameType

from django.conf import settings

from anwei.entrances.integrations.mail.sending import send_due
from anwei.foundation.audit.calling import follow_all, on_every_deed
from anwei.foundation.audit.sealer import run as seal


def run() -> None:
    """Seal and follow the trail until the process is told to stop."""
    stop = Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    threads = [Thread(target=_until_stopped, args=(work, stop), name=name) for name, work in duties(stop).items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def duties(stop: Event) -> dict[str, Callable[[], None]]:
    """Return what the worker does all the time, a thread each, until `stop` is set."""
    app, sealer = os.environ["ANWEI_DSN_APP"], os.environ["ANWEI_DSN_SEALER"]
    return {
        "sealer": lambda: seal(sealer, settings.TRAIL_KEY, stop=stop, copies=settings.TRAIL_COPIES),
        "mail": lambda: on_every_deed(app, "mail", send_due, stop=stop),
        "followers": lambda: on_every_deed(app, "followers", follow_all, stop=stop),
    }


def _until_stopped(work: Callable[[], None], stop: Event) -> None:
    """Work; what ends by itself ends the worker, so that who runs it hears of it."""
    try:
        work()
    finally:
        stop.set()
