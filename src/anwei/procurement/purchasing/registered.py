from collections.abc import Iterable, Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Chapter, Hit, Home, MenuEntry, Panel, Searchable, SearchTerms, Story, registers
from anwei.procurement.purchasing.invariants import GOODS_ARE_IN_THE_BOOKS, LINES_ADD_UP, ORDERED_IS_ON_ORDER
from anwei.procurement.purchasing.kinds import PurchaseRulesKind
from anwei.procurement.purchasing.models import Inspection, InspectionPhoto, PurchaseOrder, Receipt, SupplierInvoice
from anwei.procurement.purchasing.permissions import BUY, READ_BILLS, READ_ORDERS, RECEIVE
from anwei.procurement.purchasing.queries import shortages, to_inspect
from anwei.procurement.purchasing.resources import BOXES, INSPECTIONS, INVOICES, LINES, ORDERS, RECEIPTS
from anwei.procurement.suppliers.permissions import READ_PRICES

STORIES = (
    Story("purchasing.ordered", _("Purchase order made"), "buy", "blue"),
    Story("purchasing.changed", _("Purchase order changed"), "edit", "blue"),
    Story("purchasing.approve", _("Approve a purchase above the limit"), "check", "amber"),
    Story("purchasing.approved", _("Approved by a second person"), "check", "green"),
    Story("purchasing.sent", _("Sent to the supplier"), "send", "blue"),
    Story("purchasing.chased", _("Supplier was asked"), "message", "amber"),
    Story("purchasing.promised", _("Supplier promised a day"), "calendar", "blue"),
    Story("purchasing.received", _("Delivery received"), "truck", "blue"),
    Story("purchasing.inspected", _("Delivery inspected and put away"), "quality", "green"),
    Story("purchasing.sent_back", _("Rejected pieces sent back"), "undo", "red"),
    Story("purchasing.closed", _("Purchase order closed"), "lock", "grey"),
    Story("purchasing.cancelled", _("Purchase order cancelled"), "x", "grey"),
    Story("purchasing.invoice_posted", _("Supplier's invoice posted"), "money", "green"),
    Story("purchasing.invoice_differs", _("Supplier's invoice does not agree"), "warn", "red"),
    Story("purchasing.accept_difference", _("Accept a difference of a supplier's invoice"), "money", "amber"),
    Story("purchasing.invoice_sent_back", _("Supplier's invoice sent back"), "undo", "grey"),
)


def _short(actor: Actor) -> int:
    return shortages(actor)[:1000].count()


def _waiting(actor: Actor) -> int:
    return to_inspect(actor)[:1000].count()


def _differing(actor: Actor) -> int:
    return SupplierInvoice.objects.visible_to(actor).filter(state=SupplierInvoice.State.DIFFERS)[:1000].count()


def _keeps(actor: Actor, file: UUID) -> bool:
    if actor.may(READ_ORDERS) and PurchaseOrder.objects.visible_to(actor).filter(file=file).exists():
        return True
    if actor.may(READ_ORDERS) and InspectionPhoto.objects.visible_to(actor).filter(file=file).exists():
        return True
    return actor.may(READ_BILLS) and SupplierInvoice.objects.visible_to(actor).filter(file=file).exists()


def _find(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    rows = PurchaseOrder.objects.visible_to(actor).filter(number__icontains=terms.text).select_related("supplier__organisation")
    found = rows.order_by("-pk")[:limit]
    return [Hit(row.number, row.supplier.organisation.name, reverse("purchasing:order", args=[row.pk])) for row in found]


def _of_order(order: UUID) -> Iterator[tuple[str, UUID]]:
    for model, rows in (
        (Receipt, Receipt.objects.filter(order=order)),
        (Inspection, Inspection.objects.filter(box__receipt__order=order)),
        (SupplierInvoice, SupplierInvoice.objects.filter(lines__line__order=order).distinct()),
    ):
        yield from ((model._meta.label, id) for id in rows.values_list("pk", flat=True))


def register() -> None:
    registers.definition_kinds[PurchaseRulesKind.key] = PurchaseRulesKind()
    registers.resources |= {r.collection: r for r in (ORDERS, LINES, RECEIPTS, BOXES, INSPECTIONS, INVOICES)}
    registers.invariants += [GOODS_ARE_IN_THE_BOOKS, LINES_ADD_UP, ORDERED_IS_ON_ORDER]
    registers.stories |= {story.word: story for story in STORIES}
    registers.chapters.append(Chapter("purchasing.PurchaseOrder", _of_order))
    registers.file_owners.append(_keeps)
    registers.links["purchasing.PurchaseOrder"] = lambda id: reverse("purchasing:order", args=[id])
    registers.links["purchasing.SupplierInvoice"] = lambda id: reverse("purchasing:bill", args=[id])
    registers.homes.append(Home("buyer", "purchasing:demands", 10))
    registers.menu.append(MenuEntry("parts", _("To buy"), "purchasing:demands", "buy", BUY, 30, _short))
    registers.menu.append(MenuEntry("parts", _("Purchase orders"), "purchasing:orders", "paper", READ_ORDERS, 40))
    registers.menu.append(MenuEntry("parts", _("To inspect"), "purchasing:to_inspect", "quality", RECEIVE, 50, _waiting))
    registers.menu.append(MenuEntry("money", _("Suppliers' invoices"), "purchasing:bills", "sheet", READ_BILLS, 60, _differing))
    registers.panels.append(Panel("suppliers.supplier", _("Purchase orders"), "purchasing:on_supplier", READ_ORDERS, 10))
    registers.panels.append(Panel("suppliers.part", _("Already on order"), "purchasing:on_part", READ_PRICES, 10))
    registers.searchables.append(Searchable("purchase_order", _("Purchase orders"), "buy", READ_ORDERS, _find, 55))
