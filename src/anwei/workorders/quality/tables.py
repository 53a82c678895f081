"""The queue of quality, declared."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists
from anwei.core.search import matching, terms
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.shown import HARM, all_pills, fault_cell
from anwei.workorders.quality.models import Report

DELIVERED = Exists(Report.objects.filter(order=OuterRef("pk")))


def _found(text: str) -> Q:
    return Q(pk__in=matching(WorkOrder.objects.all(), terms(text)).values("pk"))


class ReleaseQueue(lists.ListPage):
    """What waits for quality: devices to release, the longest wait first; reports to deliver; orders to close."""

    name = "releases"
    sort = "since"
    link = lists.RowLink("quality:order")
    search = lists.Search(where=_found)
    search_hint = _("Number, serial, hospital, fault")
    columns: Sequence[lists.Column] = (
        lists.Column("fault", _("Fault and number"), fault_cell("", "device__model__name"), (), "name"),
        lists.Column("state", _("State"), lists.text("state"), role="state"),
        lists.Column("hospital", _("Hospital and department"), lists.two_lines("hospital__name", "department__name")),
        lists.Column("repairer", _("Repaired by"), lists.text("engineer__name")),
        lists.Column("harm", _("Harm"), lists.drawn(("harm",), lambda row: str(HARM.get(row["harm"], "")))),
        lists.Column("since", _("Finished"), lists.moment_near("done_at", timezone.localdate), ("done_at",), "number"),
    )
    views = (
        lists.SavedView("release", _("To be released"), Q(state="repaired"), counted=True),
        lists.SavedView("report", _("Report to deliver"), lambda: Q(state__in=["released", "settled"]) & ~Q(DELIVERED), counted=True),
        lists.SavedView("close", _("To be closed"), lambda: Q(state="settled") & Q(DELIVERED), counted=True),
        lists.SavedView("harm", _("Harm not assessed"), Q(harm="unknown") & ~Q(category="cancelled"), counted=True),
        lists.SavedView("all", _("All that were repaired"), ~Q(done_at=None)),
    )
    empty_icon = "quality"
    empty_heading = _("Nothing waits here")
    empty_text = _("A device comes here when its engineer has finished.")

    def __init__(self) -> None:
        super().__init__()
        self.columns = [
            lists.Column(c.key, c.label, lists.state("state", all_pills()), role=c.role) if c.key == "state" else c for c in self.columns
        ]
