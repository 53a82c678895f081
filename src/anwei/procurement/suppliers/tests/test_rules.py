"""What a supplier's papers allow."""

from datetime import date

from anwei.procurement.suppliers.rules import Held, Obstacle, obstacles

TODAY = date(2026, 11, 25)


def against(*held: Held, group: str = "battery", categories: tuple[str, ...] = ("ventilator",)) -> list[Obstacle]:
    return obstacles(held, group=group, categories=categories, on=TODAY)


def test_without_a_licence_nothing_is_ordered() -> None:
    assert against() == [Obstacle("licence", "missing")]
    assert against(Held("authorisation", "A1")) == [Obstacle("licence", "missing")]


def test_a_licence_holds_on_its_last_day_and_not_after_it() -> None:
    assert against(Held("licence", "L1", TODAY)) == []
    assert against(Held("licence", "L1", date(2026, 11, 24))) == [Obstacle("licence", "expired", "L1", date(2026, 11, 24))]


def test_a_class_two_filing_stands_for_a_licence_and_a_new_licence_replaces_an_expired_one() -> None:
    assert against(Held("record", "R1")) == []
    assert against(Held("licence", "L1", date(2025, 1, 1)), Held("licence", "L2", date(2029, 1, 1))) == []


def test_an_expired_authorisation_blocks_the_parts_in_its_scope_only() -> None:
    licence = Held("licence", "L1")
    ended = Held("authorisation", "A1", date(2026, 1, 1), groups=("battery",))
    assert against(licence, ended) == [Obstacle("authorisation", "expired", "A1", date(2026, 1, 1))]
    assert against(licence, ended, group="optics") == []


def test_a_licence_for_other_devices_does_not_cover_the_part() -> None:
    licence = Held("licence", "L1", categories=("ct", "mri"))
    assert against(licence) == [Obstacle("licence", "scope", "L1")]
    assert against(licence, categories=("mri",)) == []
    assert Held("licence", "L1", categories=("ct",)).covers("x", ["*"])
