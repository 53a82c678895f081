from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from anwei.core import lists
from anwei.core.shell import PillView
from anwei.initialisation.migration.loaders import LOADERS

STATES = {
    "checked": PillView(_("Checked"), "amber", "todo"),
    "loading": PillView(_("Being loaded"), "blue", "run"),
    "loaded": PillView(_("Loaded"), "green", "done"),
    "undone": PillView(_("Taken back"), "grey", "undo", hollow=True),
}
KINDS = {key: PillView(loader.label, "grey", "import", hollow=True) for key, loader in LOADERS.items()}


class ImportList(lists.ListPage):
    """Imports, the newest first."""

    name = "imports"
    sort = "-made"
    link = lists.RowLink("migration:session")
    columns: Sequence[lists.Column] = (
        lists.Column("file", _("File"), lists.named("file__name", "by__name"), (), "name"),
        lists.Column("state", _("State of the import"), lists.state("state", STATES), role="state"),
        lists.Column("kind", _("Content"), lists.state("kind", KINDS)),
        lists.Column("made", _("Checked on"), lists.moment("created_at"), ("created_at",), "number"),
    )
    empty_icon = "import"
    empty_heading = _("Nothing was imported yet")
    empty_text = _(
        "Bring a list of hospitals or device models: every row is checked before anything is loaded, and all of it can be taken back."
    )
