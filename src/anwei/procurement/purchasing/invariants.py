from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Invariant

# what lies in the books as received and not invoiced, against what came from suppliers, went back, and was cleared by invoices
GOODS_SQL = """
select (select coalesce(sum(l.credit - l.debit), 0) from ledger_line l join ledger_account a on a.id = l.account_id
        where a.code = '220202') as books,
       (select coalesce(sum(case when s.kind = 'supplier' then m.value else 0 end)
                      - sum(case when t.kind = 'supplier' then m.value else 0 end), 0)
        from stock_move m join stock_place s on s.id = m.source_id join stock_place t on t.id = m.target_id where m.owner is null)
     - (select coalesce(sum(b.cleared), 0) from purchasing_supplierinvoiceline b
        join purchasing_supplierinvoice i on i.id = b.invoice_id where i.state = 'posted') as goods
"""
# what lines say came, was judged and was invoiced, against receipts, inspections and invoices
LINES_SQL = """
select l.id from purchasing_orderline l
where l.received <> (select coalesce(sum(b.quantity), 0) from purchasing_receiptline b where b.line_id = l.id)
   or (l.accepted, l.rejected) <> (
       select coalesce(sum(i.accepted), 0), coalesce(sum(i.rejected), 0) from purchasing_inspection i
       join purchasing_receiptline b on b.id = i.box_id where b.line_id = l.id)
   or l.invoiced <> (
       select coalesce(sum(s.quantity), 0) from purchasing_supplierinvoiceline s
       join purchasing_supplierinvoice i on i.id = s.invoice_id where s.line_id = l.id and i.state = 'posted')
"""
# a demand on order stands on an order from which something may still come
ORDERED_SQL = """
select d.id from demands_demand d where d.state = 'ordered' and not exists (
    select 1 from purchasing_linedemand s join purchasing_orderline l on l.id = s.line_id
    join purchasing_purchaseorder o on o.id = l.order_id
    where s.demand_id = d.id and o.state not in ('closed', 'cancelled'))
"""


def _goods() -> Sequence[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(GOODS_SQL)
        books, goods = cursor.fetchone()
    return [] if books == goods else [{"books": str(books), "goods": str(goods)}]


def _rows(sql: str, name: str) -> Sequence[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [{name: str(row[0])} for row in cursor]


GOODS_ARE_IN_THE_BOOKS = Invariant("goods_are_in_the_books", _("Goods received and not invoiced are worth what their account says"), _goods)
LINES_ADD_UP = Invariant(
    "order_lines_add_up", _("Order lines say what receipts, inspections and invoices say"), lambda: _rows(LINES_SQL, "line")
)
ORDERED_IS_ON_ORDER = Invariant(
    "ordered_is_on_order", _("What is said to be on order stands on an open order"), lambda: _rows(ORDERED_SQL, "demand")
)
