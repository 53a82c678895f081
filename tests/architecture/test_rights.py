"""Rights: each is asked for somewhere and given to somebody, and no page or deed stands open by oversight."""

import re

import yaml

from anwei.core.operation import REGISTER
from anwei.core.registers import registers
from anwei.core.rights import RIGHTS
from tests.architecture.tree import SOURCE, hand_written, is_test

ROLES = SOURCE / "foundation" / "accounts" / "shipped" / "roles.yaml"


def constants() -> dict[str, str]:
    """Return the constant under which each right is imported: {"accounts.keep": "KEEP_USERS"}."""
    declared = re.compile(r"^([A-Z_]+) = right\(\s*\"([^\"]+)\"", re.M)
    return {
        name: constant for p in hand_written(".py", within=(SOURCE,)) for constant, name in declared.findall(p.read_text(encoding="utf-8"))
    }


def test_every_right_is_asked_for() -> None:
    names = constants()
    assert set(names) == set(RIGHTS)
    code = [p.read_text(encoding="utf-8") for p in hand_written(".py", within=(SOURCE,)) if not is_test(p)]
    lines = [line for text in code for line in text.splitlines() if not re.match(r"\s*(from|import) |[A-Z_]+ = right\(", line)]
    words = {word for line in lines for word in re.findall(r"\w+", line)}
    assert not [name for name, constant in names.items() if constant not in words]


def test_every_right_is_given_to_a_shipped_role() -> None:
    shipped = {row["key"] for row in yaml.safe_load(ROLES.read_text(encoding="utf-8"))}
    assert not [r.name for r in RIGHTS.values() if not r.roles]
    assert not {role for r in RIGHTS.values() for role in r.roles} - shipped


def test_what_asks_for_a_right_asks_for_one_that_exists() -> None:
    asked = [op.right for op in REGISTER.values()]
    asked += [r.right for r in registers.resources.values()] + [f.right for r in registers.resources.values() for f in r.fields if f.right]
    asked += [e.right for e in registers.menu] + [p.right for p in registers.panels] + [s.right for s in registers.searchables]
    assert asked
    assert not set(asked) - set(RIGHTS)


def test_the_auditor_writes_nothing() -> None:
    own = {"accounts.sign_in"}
    assert not [op.verb for op in REGISTER.values() if "auditor" in RIGHTS[op.right].roles and op.right not in own]
