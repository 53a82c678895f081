"""What a release rests on."""

from dataclasses import dataclass
from typing import Any

from anwei.core.actor import Actor
from anwei.core.labels import Label
from anwei.workorders.orders.models import OrderRows, WorkOrder
from anwei.workorders.orders.rules import required_blocks
from anwei.workorders.orders.templates import tests_in_force
from anwei.workorders.visits.models import Reading
from anwei.workorders.visits.queries import fitted_groups, readings_of


@dataclass(frozen=True, slots=True)
class Test:
    """One test block that must pass: its readings, and whether it did."""

    key: str
    label: Label
    readings: tuple[Reading, ...]
    missing: tuple[str, ...]  # required tasks without an answer
    failed: tuple[str, ...]

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
    tasks = {f"{block['key']}.{t['key']}": t for t in block["tasks"] if t["type"] not in ("signature", "photo")}
    present = {key: taken[key] for key in tasks if key in taken}
    return Test(
        key=block["key"],
        label=Label(block["zh"], block["en"]),
        readings=tuple(present.values()),
        missing=tuple(key for key, task in tasks.items() if task.get("required") and key not in present),
        failed=tuple(key for key, reading in present.items() if reading.verdict == Reading.Verdict.FAIL),
    )
