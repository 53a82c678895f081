from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anwei.core import lists
from anwei.core.shell import PillView

STATES = {
    "draft": PillView(_("Draft"), "amber", "edit"),
    "published": PillView(_("Published"), "green", "done"),
    "superseded": PillView(_("Superseded"), "grey", "ban", hollow=True),
}


class RuleList(lists.ListPage):
    """Versions of rules: those that hold now first."""

    name = "rules"
    sort = "kind"
    link = lists.RowLink("definitions:version")
    columns: Sequence[lists.Column] = (
        lists.Column("rule", _("Rule"), lists.named("definition__name_zh", "definition__key", "definition__name_en"), (), "name"),
        lists.Column("status", _("Status"), lists.state("status", STATES), role="state"),
        lists.Column("kind", _("Kind of rule"), lists.text("definition__kind"), ("definition__kind", "definition__key")),
        lists.Column("number", _("Version"), lists.amount("number", 0), (), "number"),
        lists.Column("published", _("Published on"), lists.moment("published_at"), (), "number"),
    )
    views = (
        lists.SavedView("now", _("Hold now"), Q(status="published")),
        lists.SavedView("draft", _("Drafts"), Q(status="draft"), counted=True),
        lists.SavedView("every", _("Every version")),
    )
