"""An empty company comes from one command, with an administrator who chooses their own password."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.commit


def anwei(home: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANWEI_DSN", "ANWEI_LOGIN"))}
    command = [sys.executable, "-m", "anwei.config.main", *words]
    return subprocess.run(command, env=environment | {"ANWEI_HOME": home}, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def test_an_empty_company_and_its_first_administrator() -> None:
    with tempfile.TemporaryDirectory(prefix="anwei-start-", dir="/var/lib" if os.geteuid() == 0 else None) as home:
        Path(home).chmod(0o711)
        missing = anwei(home, "start", "--json")
        assert missing.returncode == 2 and missing.stdout == "", missing.stderr
        started = anwei(home, "start", "--admin", "otto", "--name", "Otto", "--branch", "SH", "上海分公司", "Shanghai", "--json")
        assert started.returncode == 0, started.stderr
        assert "/welcome/" in json.loads(started.stdout)["invitation"]
        again = anwei(home, "start", "--admin", "eva", "--name", "Eva")
        assert again.returncode == 2 and "already" in again.stderr
        users = json.loads(anwei(home, "user", "list", "--json").stdout)
        assert [(u["username"], u["roles"]) for u in users] == [("otto", ["administrator"])]
