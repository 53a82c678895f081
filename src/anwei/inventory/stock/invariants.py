from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Invariant

# every balance against the sum of its moves, both ways
BALANCE_SQL = """
with moved as (
    select part_id, target_id as place_id, lot, serial, owner, becomes as condition, quantity, value from stock_move
    union all
    select part_id, source_id, lot, serial, owner, condition, -quantity, -value from stock_move
), sums as (
    select part_id, place_id, lot, serial, owner, condition, sum(quantity) q, sum(value) v from moved group by 1, 2, 3, 4, 5, 6
)
select b.id, b.quantity, s.q, b.value, s.v from stock_balance b
full join sums s on (b.part_id, b.place_id, b.lot, b.serial, b.condition) = (s.part_id, s.place_id, s.lot, s.serial, s.condition)
    and b.owner is not distinct from s.owner
where coalesce(b.quantity, 0) <> coalesce(s.q, 0) or coalesce(b.value, 0) <> coalesce(s.v, 0)
"""
# what pieces in our hands are worth against the account that keeps them
VALUE_SQL = """
select (select coalesce(sum(b.value), 0) from stock_balance b join stock_place p on p.id = b.place_id
        where p.kind in ('store', 'van', 'returns') and b.owner is null) as stock,
       (select coalesce(sum(l.debit - l.credit), 0) from ledger_line l join ledger_account a on a.id = l.account_id
        where a.code = '1405') as books
"""


def _balances() -> Sequence[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(BALANCE_SQL)
        return [
            {"balance": str(r[0]), "quantity": str(r[1]), "moved": str(r[2]), "value": str(r[3]), "moved_value": str(r[4])} for r in cursor
        ]


def _values() -> Sequence[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(VALUE_SQL)
        stock, books = cursor.fetchone()
    return [] if stock == books else [{"stock": str(stock), "books": str(books)}]


MOVES_MAKE_BALANCES = Invariant("moves_make_balances", _("Every balance of stock is the sum of its moves"), _balances)
STOCK_IS_IN_THE_BOOKS = Invariant("stock_is_in_the_books", _("Stock is worth what its account says"), _values)
