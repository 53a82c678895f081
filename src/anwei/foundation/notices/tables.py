"""The outbox as a list, declared."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anwei.core import lists
from anwei.core.shell import PillView

STATES = {
    "waiting": PillView(_("Waits to be sent"), "amber", "wait", hollow=True),
    "sent": PillView(_("Mail sent"), "green", "done", hollow=True),
    "written": PillView(_("Written as a file, not sent"), "amber", "paper", hollow=True),
    "failed": PillView(_("Mail has failed"), "red", "stop"),
}
ATTEMPTS = {
    "begun": PillView(_("Cut off or under way: it may have arrived"), "amber", "warn"),
    "sent": PillView(_("The mail server took it"), "green", "done", hollow=True),
    "written": PillView(_("Written as a file, not sent"), "amber", "paper", hollow=True),
    "failed": PillView(_("Not sent"), "red", "stop", hollow=True),
}


class MailList(lists.ListPage):
    """Mails that leave the house, the newest first."""

    name = "mails"
    sort = "-posted"
    link = lists.RowLink("notices:mail")
    columns = (
        lists.Column("subject", _("Subject"), lists.text("subject"), role="name"),
        lists.Column("state", _("State"), lists.state("state", STATES), role="state"),
        lists.Column("posted", _("Posted"), lists.moment("posted_at"), ("posted_at",), "number"),
        lists.Column("sent", _("Sent at"), lists.moment("sent_at"), (), "number"),
    )
    views = (
        lists.SavedView("all", _("All mails"), Q()),
        lists.SavedView("failed", _("Mail has failed"), Q(state="failed"), counted=True),
        lists.SavedView("waiting", _("Waits to be sent"), Q(state="waiting")),
    )
    empty_icon = "send"
    empty_heading = _("No mail yet")
    empty_text = _("Orders to suppliers and statements appear here once they are sent.")
