"""Order templates and test rules as definitions."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.registers import Text
from anwei.equipment.devices.models import Device
from anwei.foundation.definitions.models import Version
from anwei.foundation.definitions.queries import all_published, published
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import Section, sections, template_key


class TemplateKind:
    """A template of orders: `{set, work_type, sections: [{key, zh, en, blocks, tasks, use_…}]}`."""

    key = "template"
    label: Text = gettext_lazy("Order template")

    def check(self, body: Mapping[str, Any]) -> Sequence[str]:
        """Name sections without tasks, and blocks that no published test rules know."""
        rules = all_published("tests")
        if not body.get("sections"):
            return [_("there are no sections")]
        known = set(next(iter(rules.values())).body["blocks"]) if rules else None
        used = [b for s in body["sections"] for b in s.get("blocks", [])]
        return [_("unknown block %(block)s") % {"block": b} for b in used if known is not None and b not in known]


class TestsKind:
    """Test blocks and what must pass: `{blocks, electrical_by_category, performance_by_category, release}`."""

    key = "tests"
    label: Text = gettext_lazy("Tests and release rules")

    def check(self, body: Mapping[str, Any]) -> Sequence[str]:
        """Name every test that a rule asks for and no block holds."""
        rows = [*body["release"]["general"], *(r for rows in body["release"]["by_category"].values() for r in rows)]
        return [_("unknown block %(block)s") % {"block": t} for row in rows for t in row["tests"] if t not in body["blocks"]]


def template_for(device: Device, kind: str) -> Version:
    """Return the published template for a device and a kind of work.

    :raises NotPublished: there is none
    """
    return published("template", template_key(device.model.category, kind))


@lru_cache(maxsize=64)
def _body(version: UUID) -> Mapping[str, Any]:
    # a published version is never edited: it may be kept for the life of the process
    body: Mapping[str, Any] = Version.objects.values_list("body", flat=True).get(pk=version)
    return body


def checklist_of(order: WorkOrder, groups: Collection[str]) -> tuple[Section, ...]:
    """Return the sections of an order's checklist, with the tests that the fitted part groups ask for."""
    if order.template_id is None:
        return ()
    tests = published("tests", "release_tests")
    return sections(_body(order.template_id), _body(tests.pk), category=order.device.model.category, groups=groups)


def tests_in_force() -> Mapping[str, Any]:
    """Return the published test blocks and release rules."""
    return _body(published("tests", "release_tests").pk)
