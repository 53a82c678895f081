from datetime import date

import pytest

from anwei.core.errors import NoRight
from anwei.core.identifiers import AmbiguousUdi
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.inventory.parts.errors import PartExists, PartNotOnList, RunsInACircle, SamePart
from anwei.inventory.parts.operations import add_substitute, supersede
from anwei.inventory.parts.queries import parts_for, read_label, substitutes_of
from anwei.inventory.parts.tests.factory import make_part

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
GTIN = "06901234000016"


def test_the_newer_part_is_offered_first_then_the_substitutes() -> None:
    old, new, other, mutual = make_part(), make_part(), make_part(), make_part()
    supersede(actor=SYSTEM, part=old, by=new)
    add_substitute(actor=SYSTEM, part=old, other=other)
    add_substitute(actor=SYSTEM, part=mutual, other=old, both_ways=True)
    old.refresh_from_db()
    assert substitutes_of(old) == [new, other, mutual]
    assert substitutes_of(other) == []


def test_a_part_stands_neither_for_itself_nor_in_a_circle() -> None:
    old, new, newest = make_part(), make_part(), make_part()
    with pytest.raises(SamePart):
        add_substitute(actor=SYSTEM, part=old, other=old)
    supersede(actor=SYSTEM, part=old, by=new)
    supersede(actor=SYSTEM, part=new, by=newest)
    with pytest.raises(RunsInACircle):
        supersede(actor=SYSTEM, part=newest, by=old)


def test_saying_it_twice_changes_nothing_and_only_keepers_of_parts_say_it() -> None:
    old, new = make_part(), make_part()
    for _time in range(2):
        supersede(actor=SYSTEM, part=old, by=new)
        add_substitute(actor=SYSTEM, part=old, other=new, note="longer cable")
    assert sorted(Deed.objects.filter(verb__in=["parts.supersede", "parts.add_substitute"]).values_list("outcome", flat=True)) == [
        "done", "done", "unchanged", "unchanged",
    ]  # fmt: skip
    tom = make_actor("tom", "field_engineer")
    with pytest.raises(NoRight):
        supersede(actor=tom, part=old, by=new)


def test_a_label_names_part_lot_serial_and_expiry() -> None:
    part = make_part(udi_di=GTIN)
    label = read_label(SYSTEM, f"]d201{GTIN}17271231\x1d10L77\x1d21S5")
    assert (label.part, label.lot, label.serial, label.expires_on) == (part, "L77", "S5", date(2027, 12, 31))
    assert read_label(SYSTEM, f" {part.number.lower()} ").part == part


def test_a_label_is_never_guessed() -> None:
    make_part(udi_di=GTIN)
    with pytest.raises(PartNotOnList):
        read_label(SYSTEM, "P-99")
    with pytest.raises(PartNotOnList):
        read_label(SYSTEM, "(01)09506000134352")
    with pytest.raises(AmbiguousUdi):
        read_label(SYSTEM, f"01{GTIN}10AB2112345")
    with pytest.raises(PartExists):
        make_part(udi_di=GTIN)


def test_the_parts_of_a_category_are_found_by_initials() -> None:
    fits, all_, other = make_part(categories=["ventilator"]), make_part(categories=["*"], name_zh="保险丝"), make_part(categories=["mri"])
    assert parts_for(SYSTEM, "ventilator") == [fits, all_] and other not in parts_for(SYSTEM, "ventilator")
    assert parts_for(SYSTEM, "ventilator", "bxs") == [all_]
