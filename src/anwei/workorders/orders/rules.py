"""How urgent an order may be; its checklist: which tasks a template, the device's category and the fitted parts ask for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from anwei.core.labels import Label

# the levels of domain/faults.yaml (urgency_rules), the gravest first
UrgencyKey = Literal["emergency", "urgent", "high", "normal"]
URGENCIES: tuple[UrgencyKey, ...] = get_args(UrgencyKey)
SETS = {"xray_dr": "imaging", "ct": "imaging", "mri": "imaging", "ultrasound": "imaging", "endoscope_tower": "imaging",
        "chemistry_analyser": "laboratory", "haematology_analyser": "laboratory"}  # fmt: skip
# answered elsewhere: signatures and the release are acts of their own
ELSEWHERE = ("signature",)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to check, measure, choose, write or photograph; `key` is "block.task"."""

    key: str
    kind: str  # check, number, choice, text, photo, scan, instrument, datetime
    label: Label
    unit: str
    limit: Mapping[str, Any] | None
    options: tuple[tuple[str, Label], ...]
    required: bool
    stops: bool  # a failure keeps the device out of use
    instrument: str  # kind of test instrument that the block asks for
    block: str


@dataclass(frozen=True, slots=True)
class Section:
    """A step of the work with its tasks."""

    key: str
    label: Label
    tasks: tuple[Task, ...]


def template_key(category: str, kind: str) -> str:
    """Return the key of the template for a category of devices and a kind of work."""
    return f"{SETS.get(category, 'life_support')}.{kind}"


def required_blocks(release: Mapping[str, Any], category: str, groups: Iterable[str], performance: Collection[str]) -> list[str]:
    """Return the test blocks that must pass for what was fitted: the union over all part groups of the general and the category's rule.

    Without a part, the rule for an opened case counts. A new main board asks for all performance blocks of the category.
    """
    asked = set(groups)
    rows = [*release["general"], *(release["by_category"].get(category) or [])]
    found = [t for row in rows if row["part_group"] in asked for t in row["tests"]]
    if not asked:
        found = next(r["tests"] for r in release["work_rules"] if r["key"] == "case_opened")
    if asked & set(release["performance_rule"]["applies_to"]):
        found = [*found, *performance]
    return list(dict.fromkeys(found))


def sections(template: Mapping[str, Any], tests: Mapping[str, Any], *, category: str, groups: Collection[str]) -> tuple[Section, ...]:
    """Return the sections of an order's checklist, each block once, in the order of the template.

    `tests` holds `blocks`, `electrical_by_category`, `performance_by_category` and `release` (the release rules).
    """
    seen: set[str] = set()
    made = []
    for section in template["sections"]:
        keys = [b for b in section.get("blocks", []) if category in section.get("only_for", {}).get(b, [category])]
        keys += _added(section, tests, category, groups)
        fresh = [k for k in dict.fromkeys(keys) if k not in seen and k in tests["blocks"]]
        seen.update(fresh)
        tasks = [task_of(tests["blocks"][k], row) for k in fresh for row in tests["blocks"][k]["tasks"]]
        own = {"key": section["key"], "instrument": None}
        tasks += [task_of(own, row) for row in section.get("tasks", [])]
        made.append(Section(section["key"], Label(section["zh"], section["en"]), tuple(t for t in tasks if t.kind not in ELSEWHERE)))
    return tuple(s for s in made if s.tasks)


def _added(section: Mapping[str, Any], tests: Mapping[str, Any], category: str, groups: Collection[str]) -> list[str]:
    added: list[str] = []
    performance = tests["performance_by_category"].get(category, [])
    if section.get("use_electrical"):
        added += tests["electrical_by_category"].get(category, [])
    if section.get("use_performance"):
        added += performance
    if section.get("use_release_rules"):
        added += required_blocks(tests["release"], category, groups, performance)
    return added


def task_of(block: Mapping[str, Any], row: Mapping[str, Any]) -> Task:
    """Return a task of a block as the shipped content writes it."""
    return Task(
        key=f"{block['key']}.{row['key']}",
        kind=row["type"],
        label=Label(row["zh"], row["en"]),
        unit=row.get("unit", ""),
        limit=row.get("limit"),
        options=tuple((o["key"], Label(o["zh"], o["en"])) for o in row.get("options", [])),
        required=bool(row.get("required")),
        stops=bool(row.get("stop_on_fail")),
        instrument=block.get("instrument") or "",
        block=block["key"],
    )
