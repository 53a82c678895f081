"""The worker: what goes on beside the web process.

It seals the trail by the login `sealer`; by the login `app` it follows the trail, sends mail and does jobs.
"""

import logging
import os
import signal
from collections.abc import Callable
from threading import Event, Thread
from types import FrameType
from typing import Any

from django.conf import settings
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from anwei.core.jobs import BEAT, SILENT, app
from anwei.entrances.integrations.mail.sending import send_due
from anwei.foundation.audit.calling import follow_all, on_every_deed
from anwei.foundation.audit.sealer import run as seal

logger = logging.getLogger("anwei.worker")
AT_ONCE = 2  # a long night's check holds up no import
TRIES = 5
PAUSE = 5.0  # seconds before a database that went away is asked again


@app.periodic(cron="* * * * * */10")
@app.task(name="jobs.rescue")
async def rescue(timestamp: int) -> None:
    """Give the jobs of workers that fell silent back to the queue; what has brought down five of them stays down."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        if job.attempts < TRIES:
            await app.job_manager.retry_job(job)
        else:
            logger.error("given up after %s tries: %s", job.attempts, job.call_string)
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)


def run() -> None:
    """Seal, follow, send and do jobs until the process is told to stop; the job under way is finished first."""
    stop, told = Event(), Event()

    def end(number: int, frame: FrameType | None) -> None:
        told.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    threads = [Thread(target=_work, args=(duty, stop, told), name=name) for name, duty in _duties(stop).items()]
    for thread in threads:
        thread.start()
    try:
        while not told.is_set():
            _do_jobs(told)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _duties(stop: Event) -> dict[str, Callable[[], None]]:
    """Return what is done all the time, in a thread each, until `stop` is set."""
    own, sealer = os.environ["ANWEI_DSN_APP"], os.environ["ANWEI_DSN_SEALER"]
    return {
        "sealer": lambda: seal(sealer, settings.TRAIL_KEY, stop=stop, copies=settings.TRAIL_COPIES),
        "followers": lambda: on_every_deed(own, "followers", follow_all, stop=stop),
        "mail": lambda: on_every_deed(own, "mail", send_due, stop=stop),
    }


def _work(duty: Callable[[], None], stop: Event, told: Event) -> None:
    try:
        duty()
    finally:
        if not stop.is_set():  # without one of them the worker is of no use: who runs it shall hear of it
            told.set()
            os.kill(os.getpid(), signal.SIGTERM)


def _do_jobs(told: Event) -> None:
    """Do jobs until a signal comes; a database that does not answer is asked again."""
    try:
        own: Any = app.connector  # of Django; a worker needs one that listens
        with app.replace_connector(own.get_worker_connector()) as working:
            working.run_worker(
                concurrency=AT_ONCE, delete_jobs="successful", update_heartbeat_interval=BEAT, stalled_worker_timeout=SILENT,
            )  # fmt: skip
    except ConnectorException as error:
        logger.warning("the jobs wait: %s", str(error).partition("\n")[0])
        told.wait(PAUSE)
    else:
        told.set()
