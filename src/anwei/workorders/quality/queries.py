"""What a release rests on."""

from dataclasses import dataclass
from typing import Any

from anwei.core.actor import Actor
from anwei.core.labels import Label
from anwei.workorders.orders.models import OrderRows, WorkOrder
from anwei.workorders.orders.queries import tests_in_force
from anwei.workorders.orders.rules import Task, required_blocks, task_of
from anwei.workorders.visits.models import Reading
from anwei.workorders.visits.queries import fitted_groups, readings_of

NO_TEST = ("signature", "photo")


@dataclass(frozen=True, slots=True)
class TestTask:
    """One task of a test, and what was read for it."""

    task: Task
    reading: Reading | None

    @property
    def is_missing(self) -> bool:
        """Say whether it has to be answered and is not."""
        return self.task.required and self.reading is None

    @property
    def has_failed(self) -> bool:
        """Say whether the answer is out of its limits."""
        return self.reading is not None and self.reading.verdict == Reading.Verdict.FAIL


@dataclass(frozen=True, slots=True)
class Test:
    """One test block that must pass, task by task."""

    key: str
    label: Label
    tasks: tuple[TestTask, ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was read for it."""
        return tuple(task.reading for task in self.tasks if task.reading)

    @property
    def missing(self) -> tuple[TestTask, ...]:
        """The required tasks without an answer."""
        return tuple(task for task in self.tasks if task.is_missing)

    @property
    def failed(self) -> tuple[TestTask, ...]:
        """The tasks whose answer is out of its limits."""
        return tuple(task for task in self.tasks if task.has_failed)

    @property
    def passed(self) -> bool:
        """Say whether every required task is answered and none failed."""
        return not self.missing and not self.failed


def waiting(actor: Actor) -> OrderRows:
    """Return the orders whose device waits to be released, the longest first."""
    return WorkOrder.objects.visible_to(actor).filter(state="repaired").order_by("done_at")


def tests_of(order: WorkOrder) -> list[Test]:
    """Return the tests that must pass before the device goes back: the union over what was fitted (release_tests.yaml)."""
    rules, category = tests_in_force(), order.device.model.category
    performance = rules["performance_by_category"].get(category, [])
    taken = readings_of(order)
    asked = required_blocks(rules["release"], category, fitted_groups(order), performance)
    return [_test(rules["blocks"][key], taken) for key in asked if key in rules["blocks"]]


def _test(block: dict[str, Any], taken: dict[str, Reading]) -> Test:
    tasks = [task_of(block, row) for row in block["tasks"] if row["type"] not in NO_TEST]
    return Test(block["key"], Label(block["zh"], block["en"]), tuple(TestTask(task, taken.get(task.key)) for task in tasks))
