from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Invariant
from anwei.foundation.ledger.models import Entry, Line


def _unbalanced() -> Sequence[Mapping[str, Any]]:
    rows = Line.objects.values("entry").annotate(d=Sum("debit"), c=Sum("credit")).exclude(d=F("c"))
    empty = Entry.objects.filter(lines=None).values_list("pk", flat=True)
    return [
        *({"entry": str(r["entry"]), "debit": str(r["d"]), "credit": str(r["c"])} for r in rows),
        *({"entry": str(pk), "lines": 0} for pk in empty),
    ]


BOOKS_BALANCE = Invariant("books_balance", _("Every entry of the books has as much debit as credit"), _unbalanced)
