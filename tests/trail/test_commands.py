"""The trail from the command line, as an operator and as a program use it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from anwei.config.main import main
from tests.trail.factory import connect, open_branches, settle

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed")]


@pytest.fixture(autouse=True)
def places(settings: Any, tmp_path: Path) -> None:
    settings.TRAIL_KEY, settings.TRAIL_COPIES = tmp_path / "secrets" / "trail.key", tmp_path / "copies"


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANWEI_LOGIN", "app")


def say(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """Run a subcommand with --json and return its exit code and its answer."""
    settle()
    code = main([*words, "--json"])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, json.loads(said.out)


def test_the_trail_is_sealed_verified_and_handed_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    open_branches(2)
    code, before = say(capsys, "audit", "verify")
    assert code == 0
    assert before == {"ok": True, "sealed": 0, "unsealed": before["unsealed"], "first_bad": None, "checkpoint": None, "findings": []}
    code, sealed = say(capsys, "audit", "seal")
    assert (code, sealed["added"], sealed["strays"]) == (0, before["unsealed"], [])
    assert Path(sealed["copy"]).read_text().startswith("anwei/")
    code, after = say(capsys, "audit", "verify")
    assert (code, after["ok"], after["sealed"], after["unsealed"]) == (0, True, sealed["added"], 0)
    assert after["checkpoint"]["size"] == sealed["added"]
    code, written = say(capsys, "audit", "export", "--out", str(tmp_path / "out"))
    assert (code, written["rows"]) == (0, sealed["added"])
    program = [
        sys.executable,
        "-I",
        "-S",
        str(tmp_path / "out" / "verify.py"),
        str(tmp_path / "out"),
        "--outside",
        str(tmp_path / "copies"),
    ]
    assert subprocess.run(program, check=False).returncode == 0
    assert say(capsys, "audit", "seal") == (0, {"added": 0, "copy": sealed["copy"], "strays": []})


def test_an_export_never_mixes_with_what_lies_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")
    assert main(["audit", "export", "--out", str(tmp_path / "out")]) == 2
    assert "not an empty folder" in capsys.readouterr().err


def test_tampering_is_found_with_its_first_position_and_exit_one(capsys: pytest.CaptureFixture[str]) -> None:
    open_branches(2)
    say(capsys, "audit", "seal")
    with connect("owner") as owner:
        (place,) = owner.execute("select position from trail.position where kind = 'd' order by position desc limit 1").fetchone() or (0,)
        owner.execute("update trail.deed set reason = 'x' where id = (select deed from trail.position where position = %s)", [place])
    code, found = say(capsys, "audit", "verify")
    assert (code, found["ok"], found["first_bad"]) == (1, False, place)
    assert main(["audit", "verify"]) == 1
    assert f"position {place}: the entry is not what was sealed" in capsys.readouterr().out


def test_a_change_without_a_deed_makes_the_seal_itself_end_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    (branch,) = open_branches()
    with connect("app") as forger, forger.transaction():
        forger.execute("select set_config('anwei.deed', gen_random_uuid()::text, true)")
        forger.execute("update branches_branch set name_en = 'Forged' where id = %s", [branch.pk])
    code, sealed = say(capsys, "audit", "seal")
    assert code == 1 and len(sealed["strays"]) == 1


def test_invariants_are_reported_and_a_broken_one_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    open_branches()
    say(capsys, "audit", "seal")
    code, checks = say(capsys, "invariants")
    by_name = {check["name"]: check for check in checks}
    assert {"trail.counted", "trail.deeds", "trail.root", "trail.triggers"} <= set(by_name)
    assert [c for name, c in by_name.items() if name.startswith("trail.") and not c["ok"]] == [] and code in (0, 1)
    with connect("owner") as owner:
        owner.execute("alter table branches_branch disable trigger trail")
        owner.execute("alter table trail.position disable trigger no_rewrite")
        owner.execute("update trail.position set leaf = sha256(leaf) where position = 3")
        owner.execute("delete from trail.position where position = (select max(position) from trail.position)")
    code, checks = say(capsys, "invariants")
    broken = {check["name"]: check["rows"] for check in checks if not check["ok"]}
    assert code == 1 and {"trail.counted", "trail.root", "trail.triggers"} <= set(broken)
    assert {"table": "branches_branch", "trigger": "trail", "fault": "disabled"} in broken["trail.triggers"]


def test_it_works_as_a_program_of_its_own(tmp_path: Path) -> None:
    env = os.environ | {"ANWEI_CHECKPOINTS": str(tmp_path / "copies")}
    done = subprocess.run(
        [sys.executable, "-m", "anwei.config.main", "audit", "seal", "--json"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["added"] > 0
