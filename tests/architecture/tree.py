"""The source tree as the structure checks see it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "anwei"
MADE = {"migrations", "vendor", "__pycache__", "locale", "node_modules"}


def hand_written(*suffixes: str, within: tuple[Path, ...] = (SOURCE, ROOT / "tests", ROOT / "bench")) -> list[Path]:
    """Return the files people wrote, by suffix; what a program made or another project gave is left out."""
    found = [p for folder in within for s in suffixes for p in folder.rglob(f"*{s}")]
    return sorted(p for p in found if not MADE & set(p.relative_to(ROOT).parts))


def is_test(path: Path) -> bool:
    """Say whether a file belongs to the tests."""
    return "tests" in path.relative_to(ROOT).parts


def name_of(path: Path) -> str:
    """Return a path as it is shown: from the root of the tree."""
    return str(path.relative_to(ROOT))


@cache
def syntax(path: Path) -> ast.Module:
    """Return a Python file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function of a Python file, inner ones included."""
    return (node for node in ast.walk(syntax(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def app_of(module: str) -> str:
    """Return the app of a dotted module: `anwei.foundation.accounts`; of the kernel and the configuration their folder."""
    parts = module.split(".")
    return ".".join(parts[:2] if parts[1] in ("core", "config") else parts[:3])
