from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Max
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Invariant
from anwei.finance.billing.models import Invoice


def _gaps() -> Sequence[Mapping[str, Any]]:
    rows = Invoice.objects.values("branch__code", "year").annotate(count=Count("pk"), last=Max("serial")).exclude(count=F("last"))
    return [{"branch": r["branch__code"], "year": r["year"], "invoices": r["count"], "last": r["last"]} for r in rows]


INVOICES_WITHOUT_GAPS = Invariant("invoices_without_gaps", _("Invoice numbers of a branch and year have no gaps"), _gaps)
