"""Every word that a deed leaves in the trail has a sentence: the auditor reads words, not codes."""

import ast
from collections.abc import Iterator

from anwei.core.registers import registers
from tests.architecture.tree import SOURCE


def recorded() -> Iterator[tuple[str, str]]:
    """Give each word that is written down literally in an operation, with its file."""
    for path in SOURCE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and len(node.args) > 1:
                yield from ((word, path.name) for word in _words(node.args[1]))


def _words(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.IfExp):
        yield from _words(argument.body)
        yield from _words(argument.orelse)
    elif isinstance(argument, ast.Constant):
        yield str(argument.value)


def test_every_recorded_word_has_a_story() -> None:
    found = list(recorded())
    assert len(found) > 50
    assert not [(word, file) for word, file in found if word not in registers.stories]
