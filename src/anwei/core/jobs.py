"""Jobs: work that the worker does, kept in PostgreSQL until it is done (procrastinate).

A job is put in by the transaction around it, with it or not at all. It may be done twice, when its worker is killed, so it rests on
what deeds already give: request ids, and rows that move on by their state. A job is short; long work puts in its next piece. An app
declares its jobs in `tasks.py`.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

__all__ = ["AGAIN", "SILENT", "app", "later", "served", "under_way"]

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=3)  # after a fault; a refusal is an answer, and no fault
BEAT = 5.0  # seconds between two signs of life of a worker
SILENT = 20.0  # seconds without one, after which its jobs are given to others


def later(task: str, key: str, /, **arguments: Any) -> None:
    """Put a job in; of those with one key only one is done at a time, in their order."""
    app.configure_task(task, lock=key).defer(**arguments)


def under_way(key: str) -> dict[str, Any] | None:
    """Return the arguments of the job of this key that is being done or waits; none if there is none."""
    jobs = ProcrastinateJob.objects.filter(lock=key, status__in=["todo", "doing"])
    return jobs.order_by("id").values_list("args", flat=True).first()


def served() -> bool:
    """Say whether a worker lives that does jobs."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=timezone.now() - timedelta(seconds=SILENT)).exists()
