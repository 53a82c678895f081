from collections.abc import Iterable, Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Chapter, Hit, MenuEntry, Panel, Searchable, SearchTerms, Story, registers
from anwei.finance.billing.invariants import INVOICES_WITHOUT_GAPS
from anwei.finance.billing.models import Invoice, Payment
from anwei.finance.billing.permissions import READ_INVOICES
from anwei.finance.billing.queries import to_invoice
from anwei.finance.billing.resources import INVOICES, PAYMENTS
from anwei.finance.billing.walled import WALLED
from anwei.finance.settlement.permissions import READ_MONEY

STORIES = (
    Story("billing.invoiced", _("Invoice issued"), "paper", "blue"),
    Story("billing.paid", _("Payment received"), "money", "green"),
)


def _due_count(actor: Actor) -> int:
    return to_invoice(actor)[:1000].count()


def _keeps(actor: Actor, file: UUID) -> bool:
    return actor.may(READ_INVOICES) and Invoice.objects.visible_to(actor).filter(file=file).exists()


def _find(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    rows = Invoice.objects.visible_to(actor).filter(number__icontains=terms.text).select_related("buyer").order_by("-issued_on")[:limit]
    return [Hit(row.number, row.buyer.name, reverse("billing:invoice", args=[row.pk])) for row in rows]


def _invoices(order: UUID) -> Iterator[tuple[str, UUID]]:
    for model, rows in (
        (Invoice, Invoice.objects.filter(settlement__order=order)),
        (Payment, Payment.objects.filter(invoice__settlement__order=order)),
    ):
        yield from ((model._meta.label, id) for id in rows.values_list("pk", flat=True))


def register() -> None:
    registers.walled += WALLED
    registers.invariants.append(INVOICES_WITHOUT_GAPS)
    registers.stories |= {story.word: story for story in STORIES}
    registers.resources |= {r.collection: r for r in (INVOICES, PAYMENTS)}
    registers.file_owners.append(_keeps)
    registers.links["billing.Invoice"] = lambda id: reverse("billing:invoice", args=[id])
    registers.menu.append(MenuEntry("money", _("To be invoiced"), "billing:due", "paper", READ_MONEY, 20, _due_count))
    registers.menu.append(MenuEntry("money", _("Invoices"), "billing:list", "sheet", READ_INVOICES, 30))
    registers.panels.append(Panel("settlement.settlement", _("Invoices"), "billing:on_settlement", READ_INVOICES, 10))
    registers.panels.append(Panel("orders.order", _("Invoices"), "billing:on_order", READ_INVOICES, 50))
    registers.searchables.append(Searchable("invoice", _("Invoices"), "paper", READ_INVOICES, _find, 60))
    registers.chapters.append(Chapter("orders.WorkOrder", _invoices))
