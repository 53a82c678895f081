from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anwei.core import lists
from anwei.core.registers import registers
from anwei.core.shell import PillView

STATES = {
    "draft": PillView(_("Draft"), "amber", "edit"),
    "published": PillView(_("Published"), "green", "done"),
    "superseded": PillView(_("Superseded"), "grey", "ban", hollow=True),
}


def _kind(row: dict[str, Any]) -> str:
    """Return the kind of a rule in words."""
    kind = registers.definition_kinds.get(row["definition__kind"])
    return str(kind.label) if kind else str(row["definition__kind"])


class RuleList(lists.ListPage):
    """Versions of rules: those that hold now first."""

    name = "rules"
    sort = "kind"
    link = lists.RowLink("definitions:version")
    columns: Sequence[lists.Column] = (
        lists.Column("rule", _("Rule"), lists.named_label("definition__name_zh", "definition__name_en", "definition__key"), (), "name"),
        lists.Column("status", _("Status"), lists.state("status", STATES), role="state"),
        lists.Column("kind", _("Kind of rule"), lists.drawn(("definition__kind",), _kind, _kind), ("definition__kind", "definition__key")),
        lists.Column("number", _("Version"), lists.amount("number", 0), (), "number"),
        lists.Column("published", _("Published on"), lists.moment("published_at"), (), "number"),
    )
    views = (
        lists.SavedView("now", _("Hold now"), Q(status="published")),
        lists.SavedView("draft", _("Drafts"), Q(status="draft"), counted=True),
        lists.SavedView("every", _("Every version")),
    )
