"""Real servers in homes of their own, and real processes that use them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from anwei.config.embedded import server
from anwei.config.embedded.keeper import free
from anwei.config.embedded.server import EnvironmentRefusal

SOURCE = Path(server.__file__).parents[3]
PROGRAM = """
import json, sys
from anwei.config.embedded.server import EnvironmentRefusal, acquire
try:
    server = acquire()
except EnvironmentRefusal as refusal:
    print(json.dumps({"refused": refusal.code, "en": refusal.sentence("en"), "zh": refusal.sentence("zh-hans")}))
    sys.exit(3)
print(json.dumps({login: server.dsn(login) for login in ("app", "owner", "sealer", "outside")}), flush=True)
sys.stdin.read()
"""


@dataclass
class User:
    """A process that asks for the server of a home and keeps it until told to leave."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    python: str = sys.executable
    program: str = PROGRAM

    def __post_init__(self) -> None:
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "ANWEI_HOME": str(self.home), **self.environment}
        self.process = subprocess.Popen(
            [self.python, "-c", self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd="/", **self.options
        )

    def answer(self) -> Any:
        """Return the keywords of its connections by login, or what refused it."""
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def tell(self, word: str) -> None:
        """Send a word and wait until it is answered."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{word}\n".encode())
        self.process.stdin.flush()
        assert self.process.stdout.readline()

    def leave(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def kill(self) -> None:
        self.process.kill()
        self.leave()


@contextmanager
def reachable() -> Iterator[Path]:
    """Give a folder that the server's account reaches (pytest's own are closed to it); end what runs there, remove it."""
    folder = Path(tempfile.mkdtemp(prefix="anwei-", dir="/tmp"))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        yield folder
    finally:
        end(folder)
        shutil.rmtree(folder)


@pytest.fixture
def cold() -> Iterator[Path]:
    """A home that does not exist yet."""
    with reachable() as folder:
        yield folder / "home"


@pytest.fixture(scope="session")
def built() -> Iterator[Path]:
    """A home built once for all."""
    with reachable() as folder:
        first = User(folder / "home")
        first.answer()
        first.leave()
        yield folder / "home"


@pytest.fixture
def home(built: Path) -> Iterator[Path]:
    """A home whose server does not run, and which has outlived whatever the tests before did to it."""
    eventually(lambda: stopped(built))
    yield built
    end(built)


@pytest.fixture
def user() -> Iterator[Callable[..., User]]:
    """Start users of a home; all are gone when the test ends."""
    users: list[User] = []

    def start(home: Path, **how: Any) -> User:
        users.append(User(home, **how))
        return users[-1]

    yield start
    for one in users:
        if one.process.poll() is None:
            one.kill()


def alive(home: Path) -> dict[int, str]:
    """Return the processes that work for a home, users apart: its keeper and all of its postgres, zombies left out."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            place = str((process / "cwd").readlink())
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z" and (f"{home}/" in words or place.startswith(f"{home}/")):
            found[int(process.name)] = words
    return found


def end(home: Path) -> None:
    """Kill whatever works for a home."""
    for number in alive(home):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    eventually(lambda: not alive(home))


def only(home: Path, word: str) -> int:
    """Return the one process of the home with this word in its command line."""
    (number,) = [number for number, words in alive(home).items() if word in words]
    return number


def stopped(home: Path) -> bool:
    """Tell whether nothing works for the home any more, by the process table and by the locks."""
    return not alive(home) and all(free(home / "database" / "locks" / name) for name in ("keeper", "server", "lease", "gate"))


def eventually(holds: Callable[[], Any], seconds: float = 60) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def works(words: dict[str, Any]) -> bool:
    """Tell whether the server does a piece of work."""
    try:
        with psycopg.connect(**words["app"], connect_timeout=5) as connection:
            return connection.execute("select 6 * 7").fetchone() == (42,)
    except psycopg.OperationalError:
        return False


def refused(home: Path) -> EnvironmentRefusal:
    """Return why this process is refused; the lease of the test run itself stays untouched."""
    with pytest.raises(EnvironmentRefusal) as caught:
        server.acquire(home)
    return caught.value
