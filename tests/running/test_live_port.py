"""`ANWEI_LIVE_PORT=0` says that there is no live process: its own command says so, and a word that is no port is refused."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("given", "told"), [("0", "there is no live process"), ("99999", "is no port")])
def test_a_live_process_without_a_port_does_not_start(given: str, told: str) -> None:
    command = [sys.executable, "-m", "anwei.config.main", "live"]
    done = subprocess.run(command, env=os.environ | {"ANWEI_LIVE_PORT": given}, capture_output=True, text=True)
    assert done.returncode == 3 and told in done.stderr
