"""Whatever ends the process that a system was started from ends all of it: its port is free again."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.commit
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # as at a terminal: what a script starts aside inherits it ignored
from anwei.config.running import Children
with Children() as children:
    children.start("web")
    print(children.processes[0].pid, flush=True)
    children.wait()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def eventually(port: int, answering: bool, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while answers(port) is not answering:
        assert time.monotonic() < deadline, f"port {port}: answering should be {answering}"
        time.sleep(0.1)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_running(committed: str, end: signal.Signals) -> None:
    port = free_port()
    environment = os.environ | {"ANWEI_PORT": str(port)}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        eventually(port, answering=True)
        started.send_signal(end)
        eventually(port, answering=False)
        started.wait()
