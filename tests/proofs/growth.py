"""A small company that grows: every round adds a row of each model that lists and collections show, on the same device and order."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from random import Random
from typing import Any

from django.db import models
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.equipment.contracts.models import Contract, CoveredDevice
from anwei.equipment.contracts.tests.factory import make_contract
from anwei.equipment.devices.models import Block, Device, DeviceModel, Event, Sticker
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_model, make_sticker
from anwei.equipment.instruments.models import Calibration, Instrument
from anwei.equipment.instruments.tests.factory import make_instrument
from anwei.finance.billing.models import Invoice, Payment
from anwei.finance.billing.operations import invoice, receive_payment
from anwei.finance.settlement.models import Settlement, SettlementLine
from anwei.finance.settlement.tests.factory import make_settlement
from anwei.foundation.accounts.models import Grant, Token, User
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.models import Branch
from anwei.foundation.definitions.models import Version
from anwei.foundation.definitions.operations import draft, publish
from anwei.foundation.files.models import StoredFile
from anwei.foundation.governance.models import Proposal
from anwei.foundation.governance.operations import propose
from anwei.foundation.notices.models import Mail, Note, Notice
from anwei.foundation.notices.tests.factory import make_mail, make_notice
from anwei.foundation.organisations.models import Contact, Department, Organisation
from anwei.foundation.staff.models import Certificate, Engineer
from anwei.initialisation.migration.models import ImportRow, ImportSession
from anwei.inventory.demands.models import Demand
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Balance, Count, Due, Place, Transfer
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.procurement.purchasing.models import Inspection, PurchaseOrder, Receipt, SupplierInvoice
from anwei.procurement.purchasing.tests.factory import Scene, make_scene
from anwei.procurement.suppliers.models import Licence, PriceAgreement, Supplier
from anwei.procurement.suppliers.tests.factory import make_licence, make_price, make_supplier
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.tests.factory import make_request
from anwei.workorders.orders.models import Step, WorkOrder
from anwei.workorders.quality.models import Release, Report
from anwei.workorders.visits.models import PartRequest, PartUse, Photo, Reading, Visit
from tests.journeys.company import Company, make_company, make_engineer
from tests.journeys.stages import repaired
from tests.journeys.visit import send_out
from tests.proofs.world import within_a_deed
from tests.trail.rows import made_row

CHANCE = Random(31)
ROLE = {"side": "ours", "everywhere": False, "rights": ["accounts.sign_in"]}
_numbers = count(1)


@dataclass
class Stage:
    """The company, the person who looks, and the one row of each kind on which the others are hung."""

    company: Company
    buying: Scene
    looking: Actor
    on: dict[type[models.Model], Any] = field(default_factory=dict)

    def hang(self, model: type[models.Model], **given: Any) -> Any:
        """Write a row from its fields alone, pointing at the rows of this stage."""
        hooks: dict[str, Any] = {}
        for f in (f for f in model._meta.local_concrete_fields if f.is_relation):
            if f.related_model in self.on and not f.unique:
                hooks[f.name] = self.on[f.related_model]
            elif f.null:
                hooks[f.name] = None
        return made_row(model, CHANCE, **hooks | given)


def word() -> str:
    """Return a word that was not returned before."""
    return f"G{next(_numbers):05d}"


def _billed(stage: Stage) -> Invoice:
    settlement = make_settlement(stage.company.device, confirmed=True)
    return invoice(actor=stage.company.actor("fay"), settlement=settlement, at=timezone.now())


def _paid(stage: Stage) -> Payment:
    fay, on = stage.company.actor("fay"), stage.on[Invoice]
    return receive_payment(actor=fay, invoice=on, amount=Decimal(1), reference=word(), at=timezone.now())


def _proposal(stage: Stage) -> Proposal:
    user = make_user(word().lower(), "dispatcher")
    subject = f"accounts.User:{user.pk}"
    payload = {"user": str(user.pk)}
    return propose(actor=stage.looking, verb="accounts.disable", payload=payload, subject=subject, reason="已离职", at=timezone.now())


def _engineer(stage: Stage) -> Engineer:
    return make_engineer(make_user(word().lower(), "field_engineer"), stage.company.branch)


def _sent_out(stage: Stage) -> WorkOrder:
    device = make_device(stage.company.device.hospital)
    return send_out(replace(stage.company, device=device, engineer=_engineer(stage)))


def _received(stage: Stage) -> Receipt:
    return stage.buying.received(stage.buying.sent())


def _version(stage: Stage) -> Version:
    version = draft(actor=system_actor("test"), kind="role", key=word().lower(), name_zh="全能", name_en="Role", body=ROLE)
    return publish(actor=system_actor("test"), definition=version.definition, at=timezone.now())


MADE: dict[type[models.Model], Callable[[Stage], Any]] = {
    Balance: lambda stage: make_stock(make_part(), stage.company.van),
    Contract: lambda stage: make_contract(stage.company.device, number=word(), ends_on=timezone.localdate() + timedelta(days=20)),
    Device: lambda stage: make_device(make_hospital(word(), branch=stage.company.branch)),
    Demand: lambda stage: stage.buying.short(),
    DeviceModel: lambda stage: make_model(word()),
    Engineer: _engineer,
    FaultRequest: lambda stage: make_request(stage.company.device),
    Inspection: lambda stage: stage.buying.passed(_received(stage)),
    Instrument: lambda stage: make_instrument(stage.company.branch, word()),
    Invoice: _billed,
    Licence: lambda stage: make_licence(stage.buying.supplier, number=word()),
    Mail: lambda stage: make_mail(),
    Notice: lambda stage: make_notice(User.objects.get(pk=stage.looking.id)),
    Part: lambda stage: make_part(),
    Payment: _paid,
    Place: lambda stage: make_place("store", word(), branch=stage.company.branch),
    PriceAgreement: lambda stage: make_price(stage.buying.supplier, make_part()),
    Proposal: _proposal,
    PurchaseOrder: lambda stage: stage.buying.ordered(),
    Receipt: _received,
    Settlement: lambda stage: make_settlement(stage.company.device, confirmed=True),
    Supplier: lambda stage: make_supplier(word()),
    Sticker: lambda stage: make_sticker(stage.company.device),
    Version: _version,
    WorkOrder: _sent_out,
}
# rows that only a longer story would make are written from their fields, with what these give
HUNG: dict[type[models.Model], Callable[[Stage], dict[str, Any]]] = {
    Block: lambda stage: {"source": word()},
    Calibration: lambda stage: {},
    Certificate: lambda stage: {},
    Contact: lambda stage: {},
    Count: lambda stage: {"state": "agrees"},
    CoveredDevice: lambda stage: {"device": make_device(stage.company.device.hospital)},
    Department: lambda stage: {"name": word()},
    Due: lambda stage: {"rule": "core", "state": "open", "due_on": timezone.localdate() - timedelta(days=1)},
    Event: lambda stage: {},
    Grant: lambda stage: {},
    ImportRow: lambda stage: {"row": next(_numbers), "findings": [{"message": "held"}]},
    ImportSession: lambda stage: {"kind": "hospital", "counts": {}},
    Note: lambda stage: {},
    PartRequest: lambda stage: {"demand": stage.buying.short(), "instead_of": None},
    PartUse: lambda stage: {},
    Photo: lambda stage: {},
    Reading: lambda stage: {"task": word()},
    Release: lambda stage: {"verdict": "refused"},
    Report: lambda stage: {},
    SettlementLine: lambda stage: {},
    Step: lambda stage: {},
    SupplierInvoice: lambda stage: {"state": "differs", "differences": []},
    Token: lambda stage: {"revoked_at": None},
    Transfer: lambda stage: {"target": stage.buying.store, "state": "sent"},
    Visit: lambda stage: {"state": "done"},
}


def make_stage(looking: Actor) -> Stage:
    """Set up the company with one row of every kind, on which the others are hung."""
    company, buying = make_company(), make_scene("GX")
    stage = Stage(company, buying, looking, {Device: company.device, Organisation: company.device.hospital, Branch: company.branch})
    stage.on |= {DeviceModel: company.device.model, Engineer: company.engineer, Part: company.part, Place: company.van}
    stage.on |= {Instrument: company.instruments["est"], User: company.users["fay"], WorkOrder: repaired(company)}
    stage.on |= {Supplier: buying.supplier, Demand: buying.short(), PurchaseOrder: buying.ordered(), Receipt: _received(stage)}
    stage.on[Visit] = stage.on[WorkOrder].visits.get()
    stage.on |= {Contract: make_contract(company.device), Invoice: _billed(stage)}
    stage.on[Settlement] = stage.on[Invoice].settlement
    stage.on[StoredFile] = stage.on[WorkOrder].photos.first().file
    within_a_deed(lambda: stage.on.update({ImportSession: stage.hang(ImportSession, kind="hospital", counts={})}))
    return stage


def grow(stage: Stage, size: int = 10) -> None:
    """Add rows of every model."""
    for _row in range(size):
        for make in MADE.values():
            make(stage)
        for model, given in HUNG.items():
            within_a_deed(partial(lambda m, g: stage.hang(m, **g(stage)), model, given))
