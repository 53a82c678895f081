"""The command line says when everything was last inspected, and what did not hold."""

import json
from typing import Any

import pytest

from anwei.config.main import main
from anwei.core.command import DONE, FOUND
from anwei.core.registers import Invariant, registers
from anwei.foundation.governance.tasks import inspect

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANWEI_LOGIN", "app")


def test_the_command_line_says_what_was_found_last(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def last() -> tuple[int, Any]:
        return main(["invariants", "--last", "--json"]), json.loads(capsys.readouterr().out)

    assert last() == (DONE, None)
    monkeypatch.setattr(registers, "invariants", [Invariant("stock.seen", "Stock is seen", lambda: [{"piece": 7}])])
    inspect(timestamp=1_790_000_000)
    code, said = last()
    assert (code, said["checked"]) == (FOUND, ["stock.seen"])
    assert said["broken"] == [{"name": "stock.seen", "count": 1, "rows": [{"piece": 7}]}]
