"""Order templates and test rules as definitions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.registers import Text
from anwei.foundation.definitions.queries import all_published


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
