"""Where the embedded database keeps its things, and as whom it runs."""

import hashlib
import os
import pwd
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from anwei.config.embedded.keeper import SOCKET_FILE
from anwei.config.embedded.refusals import EnvironmentRefusal
from anwei.config.places import prepare

LONGEST_SOCKET = 103  # bytes: Linux takes 107, macOS 103


@dataclass(frozen=True)
class Layout:
    """The paths below a data home and the account of the server."""

    home: Path
    account: str
    uid: int
    gid: int

    @classmethod
    def of(cls, home: Path) -> "Layout":
        """Return the layout of a home: root gives the server to `ANWEI_DB_ACCOUNT` (`nobody`), anyone else runs it themselves.

        :raises EnvironmentRefusal: there is no such account, or it is root
        """
        if (uid := os.geteuid()) != 0:
            return cls(home.resolve(), name_of(uid), uid, os.getegid())
        name = os.environ.get("ANWEI_DB_ACCOUNT", "nobody")
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            raise EnvironmentRefusal("account", account=name) from None
        if entry.pw_uid == 0:
            raise EnvironmentRefusal("account", account=name)
        return cls(home.resolve(), name, entry.pw_uid, entry.pw_gid)

    @property
    def base(self) -> Path:
        return self.home / "database"

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "server.log"

    @property
    def passwords(self) -> Path:
        return self.home / "secrets" / "database.json"

    @property
    def socket(self) -> Path:
        """The folder of the socket: in the home, or, where that path is too long for a socket, a short one named by it."""
        inside = self.base / "run"
        if len(os.fsencode(inside / SOCKET_FILE)) <= LONGEST_SOCKET:
            return inside
        # the same for every process of this user: no TMPDIR, no XDG_RUNTIME_DIR
        short = Path("/run") if os.geteuid() == 0 and Path("/run").is_dir() else Path("/tmp")  # noqa: S108 — owner is verified
        return short / f"anwei-{os.geteuid()}-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]}"

    def lock(self, name: str) -> Path:
        """Return the path of one of the four locks (see `keeper`)."""
        return self.base / "locks" / name

    def make(self) -> None:
        """Make the folders that are missing.

        :raises EnvironmentRefusal: what is there belongs to somebody else
        """
        prepare(self.base)
        if (owner := self.base.stat().st_uid) != os.geteuid():
            raise EnvironmentRefusal("owner", home=self.home, owner=name_of(owner))
        if self.data.exists() and (owner := self.data.stat().st_uid) != self.uid:
            raise EnvironmentRefusal("other_account", home=self.home, owner=name_of(owner), account=self.account)
        for private in (self.base / "locks", self.passwords.parent):
            private.mkdir(mode=0o700, exist_ok=True)
        self.log.touch(mode=0o600)  # failing statements stand in it, with their values
        self._make_socket_folder()

    def _make_socket_folder(self) -> None:
        with suppress(FileExistsError):
            self.socket.mkdir(mode=0o700)
        found = self.socket.lstat()
        if not stat.S_ISDIR(found.st_mode) or stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid not in (os.geteuid(), self.uid):
            raise EnvironmentRefusal("foreign", path=self.socket)
        os.chown(self.socket, self.uid, self.gid, follow_symlinks=False)


def name_of(uid: int) -> str:
    """Return the name of an account, or its number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
