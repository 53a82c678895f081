"""The list of proposals, declared, and what the pages say in a word."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anwei.core import lists, markup
from anwei.core.lists.cells import URL
from anwei.core.registers import registers
from anwei.core.shell import PillView, Text

STATES = {
    "open": PillView(_("Waits for a decision"), "amber", "wait"),
    "performed": PillView(_("Approved and done"), "green", "done", hollow=True),
    "declined": PillView(_("Declined"), "grey", "x", hollow=True),
    "overtaken": PillView(_("Overtaken: the record changed meanwhile"), "grey", "again", hollow=True),
}


def verdict(broken: bool) -> PillView:
    """Return what an inspection says of something that must always hold."""
    return PillView(_("Broken"), "red", "stop") if broken else PillView(pgettext_lazy("invariant", "Holds"), "green", "done", hollow=True)


def words_of(verb: str) -> Text:
    """Return what a deed is called; without words of its own app its name stands."""
    story = registers.stories.get(verb)
    return story.label if story else verb


def _draw(row: dict[str, Any]) -> str:
    words = markup.shown(words_of(row["verb"]))
    below = f'<span class="under cut"><span class="mono">{markup.shown(row["subject_name"])}</span></span>'
    return f'<a class="name cut" href="{markup.shown(row[URL])}">{words}</a>{below}'


WHAT = lists.Cell(("verb", "subject_name"), _draw, lambda row: f"{words_of(row['verb'])} {row['subject_name']}")


class ProposalList(lists.ListPage):
    """Proposals: first those that wait."""

    name = "proposals"
    sort = "-made"
    link = lists.RowLink("governance:proposal")
    columns = (
        lists.Column("what", _("What is proposed"), WHAT, role="name"),
        lists.Column("state", _("State"), lists.state("state", STATES), role="state"),
        lists.Column("proposer", _("Proposed by"), lists.text("proposer__name")),
        lists.Column("reason", _("Why"), lists.text("reason"), role="extra"),
        lists.Column("decider", _("Decided by"), lists.text("decided_by__name")),
        lists.Column("made", _("Proposed"), lists.moment("created_at"), ("created_at",), "number"),
    )
    views = (
        lists.SavedView("open", _("Waiting"), Q(state="open"), counted=True),
        lists.SavedView("decided", _("Already decided"), ~Q(state="open")),
    )
    empty_icon = "sign"
    empty_heading = _("Nothing waits for a second person")
    empty_text = _("Corrections of key fields appear here until somebody else has decided them.")
