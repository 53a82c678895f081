"""Parts, stock, vans and test instruments of the demo."""

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils import timezone

from anwei.core.identifiers import gtin_check_digit
from anwei.core.ids import uuid7
from anwei.equipment.instruments.operations import record_calibration
from anwei.equipment.instruments.operations import register as register_instrument
from anwei.foundation.definitions.queries import domain
from anwei.initialisation.demo.cast import Cast
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.operations import add_substitute
from anwei.inventory.parts.operations import register as register_part
from anwei.inventory.stock.models import Place
from anwei.inventory.stock.operations import open_place, receive, transfer

IN_VAN = 10  # kinds of parts that a van carries


def _read(name: str, part: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = domain(name)[part]
    return rows


def list_parts(cast: Cast) -> None:
    """Register the domain's kinds of parts; prices lie in the middle of their bands."""
    for number, row in enumerate(_read("parts", "parts"), 1):
        low, high = row["price_cny"]
        price = (Decimal(low) + Decimal(high)) / 2
        tracking = Part.Tracking.SERIAL if row["serialised"] else Part.Tracking.LOT if row["lot_tracked"] else Part.Tracking.NONE
        cast.parts.append(
            register_part(
                actor=cast.system, number=f"P{number:04d}", name_zh=row["zh"], name_en=row["en"], group=row["group"], kind=row["kind"],
                tracking=tracking, price=price, cost=(price * Decimal("0.6")).quantize(Decimal("0.01")), core_return=row["core_return"],
                categories=row["categories"], data_bearing=row["data_bearing"], expires=row["expiry"], hazards=row["hazards"],
                udi_di=_gtin(number),
            )
        )  # fmt: skip


def _gtin(number: int) -> str:
    """Make a GTIN out of the range 20 to 29, which GS1 leaves to each company's own use."""
    body = f"0200000{number:06d}"
    return body + gtin_check_digit(body)


def offer_substitutes(cast: Cast) -> None:
    """Say which parts of the domain's same substitute group may stand for each other."""
    groups: dict[str, list[Part]] = {}
    for row, part in zip(_read("parts", "parts"), cast.parts, strict=True):
        groups.setdefault(row["substitutes"], []).append(part)
    for group in groups.values():
        for one, other in pairwise(group):
            add_substitute(actor=cast.system, part=one, other=other, both_ways=True)


def fill_stores(cast: Cast) -> None:
    """Open a store per branch and a van per engineer, receive parts and load the vans with what their engineers may need."""
    supplier = open_place(actor=cast.system, kind=Place.Kind.SUPPLIER, name="示范供应商")
    for code, branch in cast.branches.items():
        store = open_place(actor=cast.system, kind=Place.Kind.STORE, name=f"{branch.name_zh}仓库", branch=branch)
        cast.stores[code] = store
        cast.bins[code] = [
            open_place(actor=cast.system, kind=Place.Kind.BIN, name=f"{code}-{aisle}{shelf}", parent=store)
            for aisle in "AB" for shelf in range(1, 4)
        ]  # fmt: skip
    for engineer in cast.engineers:
        van = open_place(actor=cast.system, kind=Place.Kind.VAN, name=f"{engineer.name}个人库", branch=engineer.branch, engineer=engineer)
        cast.vans[engineer.pk] = van
        known = {c.skill for c in engineer.competences.all()}
        wanted = [p for p in cast.parts if _fits(p, known)] or cast.parts
        for part in cast.chance.sample(wanted, min(IN_VAN, len(wanted))):
            _stock(cast, supplier, cast.stores[engineer.branch.code], van, part)


def _fits(part: Part, skills: set[str]) -> bool:
    return "*" in part.categories or any(_CATEGORY_SKILL.get(c) in skills for c in part.categories)


def _stock(cast: Cast, supplier: Place, store: Place, van: Place, part: Part) -> None:
    """Receive a few pieces into the store and move one or two on into the van."""
    at = cast.now - timedelta(days=cast.chance.randint(70, 120))
    shelf = cast.pick(cast.bins[store.branch.code]) if store.branch else store
    serials = [f"{part.number}-{cast.chance.randrange(16**5):05X}" for _ in range(4)] if part.tracking == Part.Tracking.SERIAL else [""]
    lot = f"L{at:%y%m}" if part.tracking == Part.Tracking.LOT else ""
    for serial in serials:
        quantity = Decimal(1 if serial else 6)
        receive(
            actor=cast.system, target=shelf, source=supplier, part=part, quantity=quantity, unit_cost=part.cost, at=at, serial=serial,
            lot=lot, document=uuid7(), expires_on=_last_day(cast, part, lot, serial),
        )  # fmt: skip
    for serial in serials[:2]:
        transfer(
            actor=cast.system, source=shelf, target=van, part=part, quantity=Decimal(1 if serial else 3), at=at + timedelta(days=2),
            serial=serial, lot=lot, document=uuid7(),
        )  # fmt: skip


def _last_day(cast: Cast, part: Part, lot: str, serial: str) -> date | None:
    """Return when a piece expires: some soon, most later; a lot has one day, whoever received it."""
    if not part.expires:
        return None
    chance = random.Random(f"{part.number} {lot or serial}")  # noqa: S311  a demo, no secret
    return timezone.localdate(cast.now) + timedelta(days=chance.choice([24, 45, 300, 420, 540, 700]))


_CATEGORY_SKILL = {
    "ventilator": "resp_ventilation", "anaesthesia": "resp_anaesthesia", "defibrillator": "defib", "patient_monitor": "monitoring",
    "infusion_pump": "infusion", "dialysis": "dialysis", "electrosurgical": "esu", "incubator": "neonatal", "ultrasound": "ultrasound",
    "xray_dr": "xray", "ct": "ct", "mri": "mri", "endoscope_tower": "endoscopy", "chemistry_analyser": "clin_chem",
    "haematology_analyser": "haematology", "ecg": "monitoring", "oxygen_therapy": "gas_systems",
}  # fmt: skip


def buy_instruments(cast: Cast) -> None:
    """Register each kind of test instrument at each branch, in calibration but for one."""
    today = timezone.localdate(cast.now)
    for code, branch in cast.branches.items():
        for row in _read("checklists", "instruments"):
            made = register_instrument(
                actor=cast.system, number=f"{code}-{row['key']}-1".upper().replace("_", "-"), kind=row["key"], branch=branch, at=cast.now
            )
            done = today - timedelta(days=cast.chance.randint(20, 300))
            record_calibration(
                actor=cast.system, instrument=made, calibrated_on=done, due_on=done + timedelta(days=365), laboratory="示范计量院",
                certificate=f"JZ-{made.number}", at=cast.now,
            )  # fmt: skip
            made.refresh_from_db()
            cast.instruments[branch.pk, row["key"]] = made
