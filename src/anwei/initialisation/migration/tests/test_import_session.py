"""A file on its way in and out again, with a small excerpt of the real list."""

from itertools import islice
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override

from anwei.core.errors import NoRight
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Change, Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.organisations.models import Alias, Organisation
from anwei.foundation.organisations.operations import add_department
from anwei.initialisation.migration.errors import ColumnsMissing, NothingToLoad, NotLoaded, UnknownImportKind
from anwei.initialisation.migration.models import ImportRow, ImportSession
from anwei.initialisation.migration.operations import check, load, load_chunk, undo
from anwei.initialisation.migration.queries import sentence_of

pytestmark = pytest.mark.django_db
LIST = Path(__file__).parents[2] / "demo/data/hospitals_cn_20200211.csv"


def excerpt(rows: int = 30) -> bytes:
    with LIST.open("rb") as file:
        return b"".join(islice(file, rows + 1))


def checked(actor, content: bytes | None = None, kind: str = "hospital") -> ImportSession:
    return check(actor=actor, kind=kind, name="list.csv", content=content or excerpt(), at=timezone.now())


def test_checking_keeps_what_was_found_and_loads_nothing() -> None:
    session = checked(make_actor("stella", "data_steward"))
    assert session.counts["rows"] == 30 == session.rows.count()
    assert Organisation.objects.count() == 0


def test_what_was_found_is_said_in_the_readers_language() -> None:
    group = next(g for g in checked(make_actor("stella", "data_steward")).counts["groups"])
    with override("zh-hans"):
        chinese = sentence_of(group)
    with override("en"):
        english = sentence_of(group)
    assert chinese == group["message"] != english
    assert sentence_of({"message": group["message"]}) == group["message"]


def test_loading_registers_every_good_row_for_its_branch_and_audits_it() -> None:
    make_branch("WH", provinces=["湖北省"])
    stella = make_actor("stella", "data_steward")
    session = checked(stella)
    load(stella, session)
    session.refresh_from_db()
    ready = session.rows.filter(state=ImportRow.State.LOADED)
    assert session.state == "loaded" and ready.count() == Organisation.objects.count() == session.counts["loaded"]
    body = Organisation.objects.get(pk=str(ready.order_by("row")[0].record))
    assert Change.objects.filter(tbl="organisations_organisation", row_key=str(body.pk), op="I").exists()
    assert Deed.objects.filter(batch=session.pk, verb="migration.load").exists()


def test_a_second_import_of_the_same_file_loads_nothing_twice() -> None:
    stella = make_actor("stella", "data_steward")
    load(stella, checked(stella))
    before = Organisation.objects.count()
    again = checked(stella)
    assert again.counts["duplicate"] == before and again.counts["ready"] == 0
    with pytest.raises(NothingToLoad):
        load_chunk(actor=stella, session=again, at=timezone.now())


def test_undo_takes_the_whole_import_back_and_leaves_what_is_in_use() -> None:
    stella = make_actor("stella", "data_steward")
    session = checked(stella)
    load(stella, session)
    used = Organisation.objects.order_by("pk")[0]
    add_department(actor=stella, organisation=used, name="急诊科")
    undo(stella, session)
    session.refresh_from_db()
    assert session.state == "undone" and Deed.objects.filter(verb="migration.undo", batch=session.pk).exists()
    assert list(Organisation.objects.all()) == [used] and not Alias.objects.exclude(organisation=used).exists()
    assert session.counts["loaded"] == 1 and session.rows.get(state="loaded").record == used.pk
    with pytest.raises(NotLoaded):
        undo(stella, session)


def test_a_file_without_the_needed_columns_is_refused_by_name() -> None:
    with pytest.raises(ColumnsMissing) as refusal:
        checked(make_actor("stella", "data_steward"), "城市,地址\n武汉市,解放大道\n".encode())
    assert refusal.value.values["fields"]
    assert ImportSession.objects.count() == 0


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownImportKind):
        checked(make_actor("stella", "data_steward"), kind="moons")


def test_a_clerk_may_not_import() -> None:
    with pytest.raises(NoRight):
        checked(make_actor("clara", "intake_clerk"))
