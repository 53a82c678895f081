from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, running_deed
from anwei.foundation.branches.models import Branch, NumberSeries
from anwei.foundation.branches.permissions import KEEP_BRANCHES


@operation("branches.open", right=KEEP_BRANCHES)
def open_branch(
    *, actor: Actor, code: str, name_zh: str, name_en: str, provinces: list[str], address: str = "", phone: str = "", adcode: str = ""
) -> Branch:
    """Open a branch of ours."""
    branch = Branch.objects.create(
        code=code, name_zh=name_zh, name_en=name_en, provinces=provinces, address=address, phone=phone, adcode=adcode
    )
    record(branch, "branches.opened")
    return branch


def next_number(branch: Branch, kind: str, at: datetime) -> str:
    """Return the next short number of a branch within the running deed: `SH-2611-0042`; other kinds than orders carry a letter.

    The row is taken late and held until the deed ends; numbers may have gaps after a refusal.
    """
    running_deed()
    month = timezone.localtime(at).strftime("%y%m")
    rows: Any = NumberSeries.objects
    rows.bulk_create([NumberSeries(branch=branch, kind=kind, month=month)], ignore_conflicts=True)
    series = NumberSeries.objects.select_for_update().get(branch=branch, kind=kind, month=month)
    series.last = F("last") + 1
    series.save(update_fields=["last", "changed_at"])
    series.refresh_from_db(fields=["last"])
    return f"{branch.code}-{kind}{month}-{series.last:04d}"
