"""Own the embedded PostgreSQL for as long as anybody uses it.

Run as `python -I -S keeper.py BASE SOCKET PROGRAMS UID GID` with the standard library alone: small (some 10 MB), and deaf to an
upgrade of the packages around it. Everything rests on four lock files in `BASE/locks`. They are `flock` locks, which belong to an
open file: the kernel lets go when its last holder is gone, however it died. No process number is ever believed.

gate    one user at a time passes: it builds, starts a keeper or waits for the server, then lets the next one in.
lease   shared by all users for their lives. The keeper asks for it alone; once granted, nobody is left, and a newcomer waits
        until the server has stopped and the keeper with it.
keeper  held by the keeper from birth, since the user who starts it takes the lock and hands it on: free means that no keeper lives.
server  handed to every process that touches the data (postgres and all its children, initdb): free means that none is alive, so
        what a dead server left behind is stale, whichever process bears its number now. Not free at birth: the keeper adopts.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from io import BufferedWriter
from pathlib import Path
from types import FrameType
from typing import Any

PORT = "5432"
SOCKET_FILE = f".s.PGSQL.{PORT}"
SETTINGS = {"listen_addresses": "", "port": PORT, "max_connections": "80", "shared_buffers": "128MB", "jit": "off"}
LOG_LIMIT = 64 << 20
TRIES = 3


def grab(path: Path, mode: int = fcntl.LOCK_EX) -> BufferedWriter | None:
    """Return the open file that holds the lock, or nothing when somebody else does. Closing it, or dying, gives it back."""
    lock = path.open("ab")
    try:
        fcntl.flock(lock, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def free(path: Path) -> bool:
    """Tell whether nobody holds the lock."""
    if (lock := grab(path)) is not None:
        lock.close()
    return lock is not None


def answers(folder: Path) -> bool:
    """Tell whether a server listens in the socket folder; only a living postmaster does."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(folder / SOCKET_FILE))
        except OSError:
            return False
    return True


def ready(data: Path) -> bool:
    """Tell whether the living server of this data folder takes work: the eighth line of its pid file, as `pg_ctl` reads it."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def lowered(uid: int, gid: int) -> dict[str, Any]:
    """Return what makes a subprocess run as the server's account: PostgreSQL refuses root, and nobody else may change."""
    return {"user": uid, "group": gid, "extra_groups": []} if os.geteuid() == 0 else {}


class Keeper:
    """One server and its locks."""

    def __init__(self, base: Path, folder: Path, programs: Path, uid: int, gid: int) -> None:
        self.locks, self.data, self.log = base / "locks", base / "data", base / "server.log"
        self.folder, self.programs, self.account = folder, programs, lowered(uid, gid)
        self.lease: BufferedWriter | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.dismissed = False

    def keep(self) -> int:
        """Keep a server running until nobody is left; give up when it never came up in three tries."""
        starts, proven = 0, False
        while not (self.dismissed or self.unused()):
            lock = grab(self.locks / "server")
            # what a server of ours left behind tells too: one that died between two looks did come up
            if (lock is None or starts) and ready(self.data):
                starts, proven = 0, True
            if lock is not None:
                if starts == TRIES and not proven:
                    return 1
                with lock:
                    self.start(lock)
                starts += 1
            if self.log.stat().st_size > LOG_LIMIT:
                os.truncate(self.log, 0)
            time.sleep(min(0.1 * 2**starts, 5))
        self.stop()
        return 0

    def unused(self) -> bool:
        """Take the lease if no user holds it, and keep it: newcomers wait until we are gone."""
        self.lease = grab(self.locks / "lease")
        return self.lease is not None

    def start(self, lock: BufferedWriter) -> None:
        """Start the server with the lock, which it shares with all its children."""
        if self.process:
            self.process.wait()
        # their numbers may meanwhile belong to others, which would stop the start
        for stale in (self.data / "postmaster.pid", self.folder / SOCKET_FILE, self.folder / f"{SOCKET_FILE}.lock"):
            stale.unlink(missing_ok=True)
        command = [str(self.programs / "postgres"), "-D", str(self.data), "-c", f"unix_socket_directories={self.folder}"]
        command += [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, pass_fds=[lock.fileno()], env={}, **self.account)

    def stop(self) -> None:
        """Stop the server and wait until its last process is gone."""
        mode = "fast"
        while not free(self.locks / "server"):
            # by the account's own hand: a forged pid file must not make root signal a stranger
            if answers(self.folder):
                command = [str(self.programs / "pg_ctl"), "stop", "-D", str(self.data), "-m", mode, "-t", "60"]
                subprocess.run(command, env={}, check=False, stdout=subprocess.DEVNULL, **self.account)
                mode = "immediate"
            time.sleep(0.02)


def main() -> int:
    """Leave the starter's family, then keep."""
    if os.fork():
        return 0
    base, folder, programs, uid, gid = sys.argv[1:]
    keeper = Keeper(Path(base), Path(folder), Path(programs), int(uid), int(gid))

    def dismiss(_signal: int, _frame: FrameType | None) -> None:
        keeper.dismissed = True

    signal.signal(signal.SIGTERM, dismiss)
    return keeper.keep()


if __name__ == "__main__":
    sys.exit(main())
