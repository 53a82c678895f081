"""Who is called when a deed commits: `NOTIFY anwei_deed` with each record it touched, and a look now and then if no call comes."""

import logging
from collections.abc import Callable
from threading import Event

import psycopg
from django.db import Error, connection

from anwei.core.registers import Follower, registers
from anwei.foundation.audit.following import SELDOM, follow
from anwei.foundation.audit.models import CHANNEL

log = logging.getLogger("anwei.trail")

STRIDE = 1.0  # seconds after which a waiting loop sees that it shall stop
PAUSE = 2.0  # seconds before a database that went away is asked again


def follow_all() -> float:
    """Tell every follower what is finished; one that fails stops no other. Return in how many seconds to look again."""
    return min((_followed_or_later(follower) for follower in registers.followers), default=SELDOM)


def _followed_or_later(follower: Follower) -> float:
    try:
        return follow(follower)
    except Exception:
        log.exception("a follower cannot be served: %s", follower.name)
        connection.close()
        return PAUSE


def on_every_deed(dsn: str, name: str, act: Callable[[], float], *, stop: Event) -> None:
    """Act at every commit of a deed until `stop` is set, in one process of all at a time; `act` returns when it wants to look again.

    The turn is a lock of the listening connection: it goes with the process, and who stands by takes over.
    """
    while not stop.is_set():
        try:
            with psycopg.connect(dsn, autocommit=True) as bell:
                bell.execute(f"listen {CHANNEL}")
                _take_turn(bell, name, stop)
                while not stop.is_set():
                    _wait(bell, act(), stop)
        except (psycopg.Error, Error) as error:
            log.warning("%s waits: %s", name, str(error).partition("\n")[0])
            stop.wait(PAUSE)
        finally:
            connection.close()


def _take_turn(bell: psycopg.Connection[tuple[object, ...]], name: str, stop: Event) -> None:
    while not stop.is_set():
        if bell.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [f"anwei.{name}"]).fetchone() == (True,):
            return
        stop.wait(STRIDE)


def _wait(bell: psycopg.Connection[tuple[object, ...]], seconds: float, stop: Event) -> None:
    while seconds > 0 and not stop.is_set():
        stride = min(STRIDE, seconds)
        if list(bell.notifies(timeout=stride, stop_after=1)):
            return
        seconds -= stride
