from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Invariant
from anwei.inventory.stock.rules import ACCOUNTS, OUTSIDE

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
# what reservations hold against what balances keep back
HELD_SQL = """
with kept as (
    select part_id, place_id, lot, serial, sum(quantity) q from stock_reservation where state = 'held' group by 1, 2, 3, 4
)
select b.id, b.held, k.q from (select * from stock_balance where held <> 0) b
full join kept k on (b.part_id, b.place_id, b.lot, b.serial) = (k.part_id, k.place_id, k.lot, k.serial)
where coalesce(b.held, 0) <> coalesce(k.q, 0)
"""
# what pieces are worth, by the account in which their kind of place is kept, against that account
VALUE_SQL = """
with kept as (select * from unnest(%s::text[], %s::text[]) as k(kind, code)),
stock as (
    select k.code, sum(b.value) v from stock_balance b join stock_place p on p.id = b.place_id join kept k on k.kind = p.kind
    where b.owner is null group by 1
), books as (
    select a.code, sum(l.debit - l.credit) v from ledger_line l join ledger_account a on a.id = l.account_id
    where a.code in (select code from kept) group by 1
)
select coalesce(s.code, b.code), coalesce(s.v, 0), coalesce(b.v, 0) from stock s full join books b on b.code = s.code
where coalesce(s.v, 0) <> coalesce(b.v, 0)
"""


def _balances() -> Sequence[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(BALANCE_SQL)
        return [
            {"balance": str(r[0]), "quantity": str(r[1]), "moved": str(r[2]), "value": str(r[3]), "moved_value": str(r[4])} for r in cursor
        ]


def _held() -> Sequence[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(HELD_SQL)
        return [{"balance": str(r[0]), "held": str(r[1]), "reserved": str(r[2])} for r in cursor]


def _values() -> Sequence[Mapping[str, Any]]:
    kept = {kind: code for kind, code in ACCOUNTS.items() if kind not in OUTSIDE}
    with connection.cursor() as cursor:
        cursor.execute(VALUE_SQL, [list(kept), list(kept.values())])
        return [{"account": r[0], "stock": str(r[1]), "books": str(r[2])} for r in cursor]


MOVES_MAKE_BALANCES = Invariant("moves_make_balances", _("Every balance of stock is the sum of its moves"), _balances)
STOCK_IS_IN_THE_BOOKS = Invariant("stock_is_in_the_books", _("Stock is worth what the accounts of its places say"), _values)
HELD_IS_RESERVED = Invariant("held_is_reserved", _("What is kept back in stock is what reservations hold"), _held)
