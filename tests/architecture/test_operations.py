"""Every operation has the shape that the doors, the docs and the matrix rely on, and a test that performs it."""

import inspect
import re
from collections.abc import Iterator

from anwei.core.actor import Actor
from anwei.core.doors.arguments import form_for
from anwei.core.errors import Refusal
from anwei.core.operation import REGISTER, Operation
from tests.architecture.tree import ROOT, SOURCE, hand_written, is_test


def operations() -> Iterator[Operation[..., object]]:
    assert REGISTER
    return (op for op in REGISTER.values() if op.function.__module__.startswith("anwei."))


def test_every_operation_takes_its_actor_by_name_and_nothing_by_position() -> None:
    for op in operations():
        kinds = {name: p.kind for name, p in op.signature.parameters.items()}
        assert kinds.pop("actor", None) is inspect.Parameter.KEYWORD_ONLY, op.verb
        assert set(kinds.values()) <= {inspect.Parameter.KEYWORD_ONLY}, op.verb
        assert op.signature.parameters["actor"].annotation is Actor, op.verb


def test_every_operation_says_what_it_does_in_one_sentence() -> None:
    said = {op.verb: op.summary for op in operations()}
    assert not [verb for verb, summary in said.items() if not summary.endswith(".") or not summary[0].isupper()]


def kinds_of(error: type[Exception]) -> set[str]:
    return {error.__name__}.union(*(kinds_of(kind) for kind in error.__subclasses__()))


def test_every_refusal_that_an_operation_documents_exists() -> None:
    known = kinds_of(Refusal) | kinds_of(ValueError)
    for op in operations():
        for name in re.findall(r":raises (\w+):", inspect.getdoc(op.function) or ""):
            assert name in known, f"{op.verb} documents {name}"


def test_every_operation_is_named_after_its_app() -> None:
    assert not [op.verb for op in operations() if op.verb.partition(".")[0] not in op.function.__module__.split(".")]


def test_every_door_knows_every_argument() -> None:
    for op in operations():
        assert set(form_for(op).model_fields) == set(op.signature.parameters) - {"actor"}


def test_every_operation_is_performed_by_a_test() -> None:
    tests = [p.read_text(encoding="utf-8") for p in hand_written(".py", within=(SOURCE, ROOT / "tests")) if is_test(p)]
    words = {word for text in tests for word in re.findall(r"[\w.]+", text)}
    assert not [op.verb for op in operations() if not {op.verb, op.function.__name__, op.verb.partition(".")[2]} & words]
