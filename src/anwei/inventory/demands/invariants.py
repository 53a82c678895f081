from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Invariant

# what is reserved or issued has its pieces kept, all else has none
HELD_SQL = """
with kept as (
    select cause_id, sum(quantity) q from stock_reservation where state = 'held' and cause = 'demands.Demand' group by 1
)
select d.id, d.state, d.quantity, k.q from demands_demand d left join kept k on k.cause_id = d.id
where case when d.state = 'reserved' then coalesce(k.q, 0) <> d.quantity
           when d.state = 'issued' then coalesce(k.q, 0) > d.quantity
           else coalesce(k.q, 0) <> 0 end
"""


def _broken() -> Sequence[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(HELD_SQL)
        return [{"demand": str(r[0]), "state": r[1], "wanted": str(r[2]), "kept": str(r[3] or 0)} for r in cursor]


DEMANDS_HAVE_THEIR_PIECES = Invariant(
    "demands_have_their_pieces", _("What is reserved for a demand is kept for it, and nothing else"), _broken
)
