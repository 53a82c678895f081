"""Proves that the guards are guarded: every `*.patch` here removes one, and the tests it names must then fail.

A patch begins with `# red: <pytest node ids>`; `# race` below it allows one lucky run in ten. `--applies` only checks that every
patch still fits the code. Exit 0: all red. 1: a patch does not fit, or its tests passed without the guard.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
RACES = 10
FAILED = 1  # pytest's code for tests that ran and failed; 2 to 5 mean that nothing was proven


@dataclass(frozen=True)
class Patch:
    """One guard to remove, and the tests that must miss it."""

    path: Path
    tests: tuple[str, ...]
    race: bool

    @classmethod
    def read(cls, path: Path) -> "Patch":
        """Read the lines above the first hunk."""
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
        tests = tuple(word for line in head if line.startswith("# red:") for word in line.removeprefix("# red:").split())
        return cls(path, tests, "# race" in head)

    def apply(self, tree: Path, *options: str) -> bool:
        """Apply it to a tree and say whether it fitted."""
        done = subprocess.run(["git", "apply", *options, str(self.path)], cwd=tree, capture_output=True, text=True)
        if done.returncode:
            print(f"{self.path.name}: {done.stderr.strip()}")
        return done.returncode == 0


def copied(target: Path) -> None:
    """Copy the tree as it stands, work not yet committed included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def ran(tree: Path, tests: tuple[str, ...], *, may_fail: bool = True) -> int:
    """Run tests in a tree and return the code of pytest."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=line", *tests]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, FAILED) or (done.returncode and not may_fail):
        print(done.stdout[-2000:], done.stderr[-2000:])
    return done.returncode


def is_red(patch: Patch, tree: Path) -> bool:
    """Remove the guard, run its tests and put the guard back."""
    if not patch.apply(tree):
        return False
    rounds = RACES if patch.race else 1
    failures = sum(ran(tree, patch.tests) == FAILED for _round in range(rounds))
    patch.apply(tree, "--reverse")
    red = failures >= rounds - (1 if patch.race else 0)
    print(f"{'red  ' if red else 'GREEN'} {patch.path.name} ({failures} of {rounds})", flush=True)
    return red


def main(words: list[str]) -> int:
    """Check or prove the patches, all of them or those whose names hold one of the words."""
    wanted = [w for w in words if not w.startswith("--")]
    patches = [Patch.read(p) for p in sorted(HERE.glob("*.patch")) if not wanted or any(w in p.name for w in wanted)]
    if not patches or (nameless := [p.path.name for p in patches if not p.tests]):
        print(f"No test is named: {nameless}" if patches else "No patch is here.")
        return 1
    if not all([p.apply(ROOT, "--check") for p in patches]):
        return 1
    if "--applies" in words:
        return 0
    with tempfile.TemporaryDirectory(prefix="anwei-red-") as folder:
        tree = Path(folder)
        copied(tree)
        if ran(tree, tuple(dict.fromkeys(t for p in patches for t in p.tests)), may_fail=False) != 0:
            print("With all guards in place these tests do not pass: nothing can be proven.")
            return 1
        return 0 if all([is_red(p, tree) for p in patches]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
