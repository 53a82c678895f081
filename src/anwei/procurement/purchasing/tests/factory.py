from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.tests.factory import make_demand
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Place
from anwei.inventory.stock.tests.factory import make_place
from anwei.procurement.purchasing.models import PurchaseOrder, Receipt
from anwei.procurement.purchasing.operations import Box, Judged, Wanted, draft_order, inspect, order_demands, receive, send
from anwei.procurement.purchasing.queries import rules_of
from anwei.procurement.suppliers.models import Supplier
from anwei.procurement.suppliers.tests.factory import make_price, make_supplier

SYSTEM = system_actor("test")


@dataclass
class Scene:
    """A branch with its store, an engineer's van and a buyer and a keeper, a part and its supplier at 100 each."""

    branch: Branch
    store: Place
    van: Place
    part: Part
    supplier: Supplier
    buyer: Actor
    keeper: Actor

    def short(self, quantity: int = 1, part: Part | None = None, **changed: Any) -> Demand:
        """Ask for what is not there."""
        return make_demand(part or self.part, self.van, quantity, **changed)

    def ordered(self, *demands: Demand) -> PurchaseOrder:
        """Make the order for some demands, by default one for one piece."""
        return order_demands(actor=self.buyer, demands=list(demands or [self.short()]), at=timezone.now())[0]

    def sent(self, *demands: Demand) -> PurchaseOrder:
        """Make and send an order."""
        return send(actor=self.buyer, order=self.ordered(*demands), at=timezone.now())

    def received(self, order: PurchaseOrder, quantity: int = 1, **box: Any) -> Receipt:
        """Receive pieces for the only line of an order."""
        given = Box(order.lines.get(), Decimal(quantity), **box)
        return receive(actor=self.keeper, order=order, boxes=[given], at=timezone.now())

    def passed(self, receipt: Receipt, rejected: int = 0, **changed: Any) -> Receipt:
        """Inspect every box of a receipt: all checks passed, so many pieces of each rejected."""
        checks = {key: True for key, _zh, _en in rules_of(receipt.order.rules).checks}
        judged = [
            Judged(**({"box": box, "accepted": box.quantity - rejected, "rejected": Decimal(rejected), "checks": checks} | changed))
            for box in receipt.lines.all()
        ]
        return inspect(actor=self.keeper, receipt=receipt, judged=judged, at=timezone.now())


def make_scene(code: str = "SH", **part: Any) -> Scene:
    """Open a branch with everything that a purchase needs."""
    branch = make_branch(code)
    store, van = make_place("store", f"{code} store", branch=branch), make_place("van", f"{code} van", branch=branch)
    wanted, supplier = make_part(**part), make_supplier(f"Medparts {code}")
    make_price(supplier, wanted, "100")
    buyer = make_actor(f"bea-{code}".lower(), "buyer")
    return Scene(branch, store, van, wanted, supplier, buyer, make_actor(f"sue-{code}".lower(), "storekeeper", branch=branch.pk))


def make_order(scene: Scene, lines: Sequence[Wanted]) -> PurchaseOrder:
    """Make an order by hand."""
    return draft_order(actor=scene.buyer, supplier=scene.supplier, branch=scene.branch, lines=list(lines), at=timezone.now())


def in_days(days: int) -> Any:
    """Return a moment so many days from now."""
    return timezone.now() + timedelta(days=days)
