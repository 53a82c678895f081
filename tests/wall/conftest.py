"""Two hospitals with a device each, and a user of each, committed."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from anwei.equipment.devices.models import Device
from anwei.equipment.devices.tests.factory import make_device, make_hospital
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.tests.factory import make_branch
from tests.trail.factory import connect


@dataclass(frozen=True, slots=True)
class Two:
    """Whose ticket is held, and whose rows must stay unseen."""

    mine: Device
    me: User
    others: Device
    other: User


@pytest.fixture(scope="module")
def two(committed_together: str) -> Two:
    """Make two hospitals, each with a device and a user."""
    made: list[tuple[Device, User]] = []
    for code, serial in (("WH", "AW-MINE-1"), ("SH", "AW-OTHERS-2")):
        device = make_device(make_hospital(f"{code}市第一医院", branch=make_branch(code)), serial=serial)
        made.append((device, make_user(f"user-{code.lower()}", "hospital_engineer", side="hospital", hospital=device.hospital_id)))
    return Two(*made[0], *made[1])


class Outsider:
    """Somebody with plain SQL and a connection of the login `outside`."""

    def __init__(self) -> None:
        self.connection = connect("outside")

    @property
    def backend(self) -> int:
        """The server's process of the connection."""
        return self.connection.info.backend_pid

    def show(self, ticket: str) -> None:
        """Show a ticket, as the door does."""
        self.connection.execute("select set_config('anwei.ticket', %s, false)", [ticket])

    def devices(self) -> set[str]:
        """Return the serial numbers that can be read."""
        return {serial for (serial,) in self.connection.execute("select serial from devices_device").fetchall()}

    def refused(self, statement: str) -> str:
        """Try a statement, and return how it was refused; nothing, where it went through."""
        try:
            self.connection.execute(statement)
        except psycopg.Error as error:
            return error.sqlstate or "?"
        return ""


@pytest.fixture
def outsider(two: Two) -> Iterator[Outsider]:
    """Give a fresh connection without a ticket."""
    made = Outsider()
    yield made
    made.connection.close()


@pytest.fixture
def app(two: Two) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Give a connection of the application."""
    with connect("app") as connection:
        yield connection


@pytest.fixture
def admitted(two: Two, outsider: Outsider, app: psycopg.Connection[tuple[object, ...]]) -> Outsider:
    """Give a connection with one's own ticket."""
    outsider.show(issued(app, two.me, outsider.backend))
    return outsider


def issued(app: psycopg.Connection[tuple[object, ...]], user: User, backend: int) -> str:
    """Issue a ticket as the application does."""
    row = app.execute("select wall.issue(%s, %s)", [user.pk, backend]).fetchone()
    assert row
    return str(row[0])
