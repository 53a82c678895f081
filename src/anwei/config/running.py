"""Subcommands that run the system: web, worker, and both together with the demo company."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from types import TracebackType

from anwei.config.places import home, secret
from anwei.core.command import DONE, FOUND, Command, Impossible

PORT = 8000
LIFELINE = "ANWEI_LIFELINE"


def _port(variable: str = "ANWEI_PORT", default: int = PORT) -> int:
    given = os.environ.get(variable) or str(default)
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise Impossible(f"{variable}={given} is no port: a number from 1 to 65535 is.")
    return int(given)


def _live_port() -> int:
    """Where the live process listens; 0: there is none, as the settings say too."""
    return 0 if os.environ.get("ANWEI_LIVE_PORT") == "0" else _port("ANWEI_LIVE_PORT", _port() + 1000)


def _address() -> str:
    return os.environ.get("ANWEI_ADDRESS", "127.0.0.1")


def _require_free(address: str, port: int, variable: str = "ANWEI_PORT") -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Impossible(
                f"Port {port} on {address} is taken by another program. Choose one with {variable}={port + 10} make demo."
            ) from error


def _web(args: Namespace) -> int:
    end_with_parent()
    from django.conf import settings
    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _require_free(_address(), _port())
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.WHITENOISE_USE_FINDERS = False  # read by the processes that answer, which are forked from this one
    Granian(
        "anwei.config.wsgi:application", address=_address(), port=_port(), interface=Interfaces.WSGI, workers=args.workers,
        blocking_threads=4, log_level=LogLevels.warning,
    ).serve()  # fmt: skip
    return DONE


def _live(args: Namespace) -> int:
    end_with_parent()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if not (port := _live_port()):
        raise Impossible("ANWEI_LIVE_PORT=0 says that there is no live process. Unset it, or name a port.")
    _require_free(_address(), port, "ANWEI_LIVE_PORT")
    Granian(
        "anwei.config.live:application", address=_address(), port=port, interface=Interfaces.ASGI, workers=1,
        log_level=LogLevels.warning, backpressure=5000, workers_kill_timeout=2,
    ).serve()  # fmt: skip
    return DONE


def _web_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, default=int(os.environ.get("ANWEI_WORKERS", "1")), help="processes that answer")


def _worker(args: Namespace) -> int:
    end_with_parent()
    from anwei.config.worker import run

    run()
    return DONE


class Children:
    """The processes of a running system; whatever ends the first ends all, and nothing is left running."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        # each child holds one end; the other closes with this process, however suddenly it dies
        self.lifeline, self.end = os.pipe()

    def start(self, *words: str, **env: str) -> None:
        """Start a subcommand beside this one."""
        command = [sys.executable, "-m", "anwei.config.main", *words]
        # a group of its own: Ctrl-C reaches this process alone, which then ends the others in order
        started = subprocess.Popen(
            command, env=os.environ | env | {LIFELINE: str(self.lifeline)}, pass_fds=[self.lifeline], start_new_session=True
        )
        self.processes.append(started)

    def wait(self) -> int:
        """Wait until the first of them ends, and return its exit code."""
        while True:
            for process in self.processes:
                if (code := process.poll()) is not None:
                    return code
            time.sleep(0.2)

    def __enter__(self) -> "Children":
        for number in (signal.SIGTERM, signal.SIGHUP):  # being told to stop, or a closed terminal, is Ctrl-C
            signal.signal(number, signal.default_int_handler)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def end_with_parent() -> None:
    """Let this process end when the one that started it is gone, if that one handed it a lifeline."""
    if given := os.environ.pop(LIFELINE, ""):
        threading.Thread(target=_wait_for_end, args=(int(given),), daemon=True).start()


def _wait_for_end(lifeline: int) -> None:
    os.read(lifeline, 1)  # nobody writes: it returns when the other end is closed
    os.kill(os.getpid(), signal.SIGTERM)


def call(*words: str) -> None:
    """Run a subcommand to its end.

    :raises Impossible: it failed; what it said stands above
    """
    if subprocess.run([sys.executable, "-m", "anwei.config.main", *words, "--json"], stdout=subprocess.DEVNULL, check=False).returncode:
        raise Impossible(f"“anwei {' '.join(words)}” failed; what it said stands above.")


def _demo(args: Namespace) -> int:
    from anwei.config.database import prepare
    from anwei.config.fit import confirm, fits
    from anwei.initialisation.demo.accounts import table

    begun = time.monotonic()
    port = _port()
    _require_free(_address(), port)
    if live := _live_port():
        _require_free(_address(), live, "ANWEI_LIVE_PORT")
    os.environ.update(ANWEI_DEMO="1", ANWEI_POOL="1")
    if os.environ.get("DATABASE_URL"):  # the fixed password is for the demo's own database alone
        os.environ["ANWEI_DEMO_PASSWORD"] = secret("demo.password")[:24]
    print("Starting the database …", flush=True)  # noqa: T201
    prepare("owner")  # holds the database as long as this process lives
    _start_anew_if_half_built()
    if not fits():
        for words in (["migrate"], ["build-demo"]):
            call(*words)
        confirm()
    with Children() as children:
        children.start("web", ANWEI_LOGIN="app")
        children.start("worker", ANWEI_LOGIN="app")
        if live:
            children.start("live", ANWEI_LOGIN="app")
        _wait_for(port, children)
        print(table(f"http://{_address()}:{port}/", time.monotonic() - begun), flush=True)  # noqa: T201
        if args.once:
            return DONE
        try:
            code = children.wait()
        except KeyboardInterrupt:
            print("\nStopping …", flush=True)  # noqa: T201
            return DONE
    raise Impossible(f"A part of the system ended by itself (code {code}); what it said stands above.")


def _start_anew_if_half_built() -> None:
    """Empty a database in which the building of the demo company was interrupted."""
    from anwei.config.database import empty

    if _building().exists():
        print("The last start was interrupted while the demo company was being built; it is built anew.", flush=True)  # noqa: T201
        empty()
        _building().unlink()


def _demo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="stop as soon as everything has started (to try the installation)")


def _wait_for(port: int, children: Children) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in children.processes):
            raise Impossible("A part of the system did not start; what it said stands above.")
        with socket.socket() as probe:
            if probe.connect_ex((_address(), port)) == 0:
                return
        time.sleep(0.1)
    raise Impossible("The web server did not answer within 30 seconds.")


def _demo_build(args: Namespace) -> int:
    from anwei.initialisation.demo.build import NotTheDemo, build

    _building().touch()
    try:
        build()
    except NotTheDemo as error:
        _building().unlink()
        raise Impossible(str(error)) from error
    _building().unlink()
    return DONE


def _building() -> Path:
    """The mark that stands while the demo company is being built."""
    return home() / "demo.building"


def _compile(args: Namespace) -> int:
    from anwei.core.translations import compile_catalogues

    compile_catalogues(Path(__file__).parents[1])
    return DONE


def _check(args: Namespace) -> int:
    from anwei.core.translations import faults

    found = faults(Path(__file__).parents[1])
    for fault in found:
        print(fault, file=sys.stderr)  # noqa: T201
    return FOUND if found else DONE


COMMANDS = [
    Command("demo", "run the whole system with the demo company", _demo, _demo_arguments, login=None, django=False),
    Command("web", "answer browsers and programs", _web, _web_arguments),
    Command("live", "tell open pages what changed", _live),
    Command("build-demo", "build the demo company, if this database has no company yet", _demo_build),
    Command("worker", "seal and follow the trail, send mail, do the jobs and what the timetable says", _worker),
    Command("translations compile", "compile the catalogues that are newer than their compiled form", _compile, login=None, django=False),
    Command("translations check", "list texts without a Chinese translation, or with two", _check, login=None),
]
