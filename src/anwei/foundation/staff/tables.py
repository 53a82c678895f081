"""The list of engineers, declared."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anwei.core import lists
from anwei.core.shell import PillView
from anwei.foundation.staff.models import Certificate

ACTIVE = {True: PillView(_("On duty"), "green", "done", hollow=True), False: PillView(_("Left"), "grey", "ban")}


def _with_expired() -> QuerySet[Any, Any]:
    return Certificate.objects.current().filter(expires_on__lt=timezone.localdate()).values("engineer")


class EngineerList(lists.ListPage):
    """Everybody who repairs, ours and the distributors'."""

    name = "engineers"
    sort = "name"
    link = lists.RowLink("staff:engineer")
    search = lists.Search(where=lists.contains("name"))
    search_hint = pgettext_lazy("person", "Name")
    columns = (
        lists.Column("name", pgettext_lazy("person", "Name"), lists.named("name", "branch__code"), ("name",), "name"),
        lists.Column("active", _("State"), lists.state("is_active", ACTIVE), role="state"),
        lists.Column("employer", _("Employer"), lists.text("employer__name")),
        lists.Column("rate", _("Rate"), lists.text("rate"), role="extra"),
    )
    views = (
        lists.SavedView("active", _("On duty"), Q(is_active=True)),
        lists.SavedView("expired", _("Certificate expired"), lambda: Q(is_active=True) & Q(pk__in=_with_expired()), counted=True, hot=True),
        lists.SavedView("all", _("All")),
    )
    empty_icon = "people"
    empty_heading = _("No engineers here")
