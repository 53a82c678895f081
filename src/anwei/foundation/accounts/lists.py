"""Lists of users and keys."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anwei.core.lists import Choice, Column, ListPage, RowLink, SavedView, Search, contains, drawn, moment, named, state, two_lines
from anwei.core.shell import PillView
from anwei.foundation.accounts.models import User

ACTIVE = {True: PillView(_("Active"), "green", "done", hollow=True), False: PillView(_("Disabled"), "grey", "ban")}


class Users(ListPage):
    """Everybody who may sign in."""

    name = "users"
    columns = (
        Column("name", pgettext_lazy("person", "Name"), named("name", "username"), sort=("username",), role="name"),
        Column("active", _("State"), state("is_active", ACTIVE), role="state"),
        Column("side", _("Belongs to"), drawn(("side",), lambda row: str(User.Side(row["side"]).label))),
        Column("seen", _("Last signed in"), moment("last_login")),
        Column("created", _("Created"), moment("created_at"), role="extra", hidden=True),
    )
    sort = "name"
    filters = (Choice(key="side", label=_("Belongs to"), field="side", choices=User.Side.choices),)
    search = Search(where=contains("username", "name"))
    views = (SavedView("active", _("Active"), Q(is_active=True)), SavedView("disabled", _("Disabled"), Q(is_active=False)))
    link = RowLink("accounts:user")
    empty_icon = "people"


class Keys(ListPage):
    """Keys for programs."""

    name = "keys"
    columns = (
        Column("name", _("What it is for"), two_lines("name", "user__name"), role="name"),
        Column("until", _("Lives until"), moment("expires_at")),
        Column("revoked", _("Revoked"), moment("revoked_at")),
        Column("used", _("Last used"), moment("use__last_used")),
        Column("made", _("Made"), moment("created_at"), sort=("created_at",)),
    )
    sort = "-made"
    views = (SavedView("living", _("Living"), Q(revoked_at=None)), SavedView("ended", _("Revoked"), ~Q(revoked_at=None)))
    link = RowLink("accounts:key")
    empty_icon = "key"
    empty_heading = _("No keys yet")
    empty_text = _("A key lets a program do what its owner may do, or less.")
