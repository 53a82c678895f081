from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from anwei.core.actor import Actor
from anwei.core.errors import NoRight, NotFound
from anwei.core.operation import record
from anwei.core.registers import Story, registers
from anwei.core.resources import Question, page_of
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Change
from anwei.foundation.audit.queries import DeedFilter, deeds_page, story, timeline
from anwei.foundation.audit.queries.telling import MOST_CHANGES
from anwei.foundation.branches.models import Branch
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.operations import add_contact, add_department, register
from tests.trail.factory import deed, open_branches

pytestmark = pytest.mark.django_db
LABEL = "organisations.Organisation"


@deed
def rename(*, actor: Actor, organisation: Organisation, name: str) -> Organisation:
    """Rename a body without saying so: what only the changes tell."""
    Organisation.objects.filter(pk=organisation.pk).update(name=name)
    record(open_branches()[0], "tests.renamed")
    return organisation


@pytest.fixture
def stella() -> Actor:
    return make_actor("stella", "data_steward")


@pytest.fixture
def hospital(stella: Actor) -> Organisation:
    return register(actor=stella.because("new customer"), name="第一医院", roles=["hospital"], city="上海市")


def test_a_timeline_tells_who_what_why_and_through_which_door(stella: Actor, hospital: Organisation) -> None:
    (told,) = timeline(stella, LABEL, hospital.pk)
    assert (told.verb, told.actor, told.actor_name, told.reason, told.door) == (
        "organisations.register", stella.id, "Stella", "new customer", "page",
    )  # fmt: skip
    assert told.at <= told.received
    (change,) = told.changes
    assert (change.op, change.table, change.row) == ("I", "organisations_organisation", str(hospital.pk))
    fields = {f.column: (f.old, f.new) for f in change.fields}
    assert (fields["name"], fields["city"]) == ((None, "第一医院"), (None, "上海市"))


def test_a_timeline_goes_on_where_the_page_before_ended(stella: Actor, hospital: Organisation) -> None:
    for number in range(5):
        add_department(actor=stella, organisation=hospital, name=f"病区{number}")
    every = timeline(stella, LABEL, hospital.pk)
    assert [deed.received for deed in every] == sorted((deed.received for deed in every), reverse=True)
    pages, before = [], None
    while page := timeline(stella, LABEL, hospital.pk, limit=2, before=before):
        pages.append(page)
        before = page[-1].place
    assert [len(page) for page in pages] == [2, 2, 2]
    assert [deed.id for page in pages for deed in page] == [deed.id for deed in every]


def test_a_change_that_its_deed_does_not_speak_of_stands_in_the_timeline_too(stella: Actor, hospital: Organisation) -> None:
    rename(actor=stella, organisation=hospital, name="人民医院")
    newest = timeline(stella, LABEL, hospital.pk)[0]
    assert newest.verb == "tests.rename"
    assert [(f.column, f.old, f.new) for f in newest.changes[0].fields if f.column == "name"] == [("name", "第一医院", "人民医院")]


def test_a_story_tells_several_records_in_the_order_of_what_happened(stella: Actor, hospital: Organisation) -> None:
    contact = add_contact(actor=stella, organisation=hospital, name="王护士", phone="13800000000")
    department = add_department(actor=stella, organisation=hospital, name="ICU")
    told = story(make_actor("audrey", "auditor"), [(LABEL, hospital.pk), ("organisations.Contact", contact.pk)])
    assert [deed.verb for deed in told] == ["organisations.register", "organisations.add_contact", "organisations.add_department"]
    assert {change.row for deed in told for change in deed.changes} >= {str(hospital.pk), str(contact.pk), str(department.pk)}


def test_words_come_from_the_apps_and_else_the_right_speaks(stella: Actor, hospital: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(registers.stories, "organisations.registered", raising=False)
    assert timeline(stella, LABEL, hospital.pk)[0].sentence == "登记和修改医院及其他单位"
    monkeypatch.setitem(registers.stories, "organisations.registered", Story("organisations.registered", "Hospital registered"))
    assert timeline(stella, LABEL, hospital.pk)[0].sentence == "Hospital registered"


def test_a_key_is_told_by_the_name_of_what_it_points_at(stella: Actor, hospital: Organisation) -> None:
    branch = Branch.objects.get(pk=open_branches()[0].pk)
    placed = register(actor=stella, name="第二医院", roles=["hospital"], branch=branch)
    fields = {f.column: f.new for f in timeline(stella, LABEL, placed.pk)[0].changes[0].fields}
    assert fields["branch_id"] == branch.code
    assert fields["created_at"] == placed.created_at


def test_personal_values_are_shown_to_those_who_may_and_hidden_from_others(stella: Actor, hospital: Organisation) -> None:
    contact = add_contact(actor=stella, organisation=hospital, name="王护士", phone="13800000000", duty="护士长")
    for reader, phone, state in ((stella, "13800000000", ""), (make_actor("bea", "buyer"), None, "hidden")):
        fields = {f.column: f for f in timeline(reader, "organisations.Contact", contact.pk)[0].changes[0].fields}
        assert (fields["phone"].new, fields["phone"].state) == (phone, state)
        assert fields["duty"].new == "护士长"


def test_a_timeline_is_closed_to_those_who_may_not_see_the_record(stella: Actor, hospital: Organisation) -> None:
    stranger = make_actor("han", "hospital_engineer", side="hospital", hospital=hospital.pk)
    narrow = make_actor("ina", "intake_clerk")
    for actor in (stranger, narrow):
        with pytest.raises(NotFound):
            timeline(actor, LABEL, hospital.pk)
    granted = make_actor("iris", "intake_clerk", hospital=hospital.pk)
    assert timeline(granted, LABEL, hospital.pk)
    with pytest.raises(NotFound):
        timeline(stella, "organisations.Nothing", hospital.pk)
    with pytest.raises(NotFound):
        timeline(stella, LABEL, uuid4())


def test_the_auditors_list_is_narrowed_and_goes_on_page_by_page(stella: Actor, hospital: Organisation) -> None:
    audrey = make_actor("audrey", "auditor")
    add_department(actor=stella, organisation=hospital, name="ICU")
    add_department(actor=stella, organisation=hospital, name="CCU")
    with pytest.raises(NoRight):
        add_department(actor=audrey, organisation=hospital, name="NICU")
    verbs = [d.outcome for d in deeds_page(audrey, DeedFilter(verb="organisations.add_department")).items]
    assert verbs == ["refused", "done", "done"]
    assert [d.refusal for d in deeds_page(audrey, DeedFilter(outcome="refused", actor=audrey.id)).items] == ["no_right"]
    touching = deeds_page(audrey, DeedFilter(subject=f"{LABEL}:{hospital.pk}"), limit=2)
    assert len(touching.items) == 2 and touching.next
    rest = deeds_page(audrey, DeedFilter(subject=f"{LABEL}:{hospital.pk}"), limit=2, before=touching.next)
    assert [d.verb for d in rest.items] == ["organisations.register"] and rest.next is None
    middle = touching.items[-1].received
    assert len(deeds_page(audrey, DeedFilter(subject=f"{LABEL}:{hospital.pk}", since=middle)).items) == 2
    assert len(deeds_page(audrey, DeedFilter(subject=f"{LABEL}:{hospital.pk}", until=middle)).items) == 1
    with pytest.raises(NoRight):
        deeds_page(stella, DeedFilter())


def test_numbers_in_the_history_are_exact() -> None:
    field: Any = Change._meta.get_field("delta")
    assert field.from_db_value('{"price": [null, 0.10]}', None, None) == {"price": [None, Decimal("0.10")]}


@pytest.mark.parametrize("number", [10, 20])
def test_a_timeline_asks_the_same_number_of_questions_for_many_deeds(
    stella: Actor, hospital: Organisation, number: int, django_assert_max_num_queries
) -> None:
    for n in range(number):
        register(actor=stella, name=f"分院{n}", roles=["hospital"], branch=open_branches()[0])
        add_department(actor=stella, organisation=hospital, name=f"病区{n}")
    with django_assert_max_num_queries(8):
        assert len(timeline(stella, LABEL, hospital.pk)) == number + 1
    with django_assert_max_num_queries(8):
        assert len(deeds_page(system_actor(), DeedFilter(verb="organisations.register")).items) == number + 1


def test_of_a_deed_that_touches_very_many_rows_the_first_changes_are_shown(stella: Actor, hospital: Organisation) -> None:
    register(actor=stella, name="集团", roles=["hospital"], aliases=[f"别名{n}" for n in range(MOST_CHANGES + 20)])
    (large,) = deeds_page(system_actor(), DeedFilter(verb="organisations.register"), limit=1).items
    assert (len(large.changes), large.more_changes) == (MOST_CHANGES, True)
    (small,) = timeline(stella, LABEL, hospital.pk)
    assert (len(small.changes), small.more_changes) == (1, False)


def test_programs_read_deeds_as_a_collection_page_by_page(stella: Actor, hospital: Organisation) -> None:
    audrey, deeds = make_actor("audrey", "auditor"), registers.resources["deeds"]
    add_department(actor=stella, organisation=hospital, name="ICU")
    first = page_of(deeds, audrey, Question({"actor": str(stella.id)}, limit=1))
    rest = page_of(deeds, audrey, Question({"actor": str(stella.id)}, cursor=first["next"]))
    assert [d["verb"] for d in first["items"] + rest["items"]] == ["organisations.add_department", "organisations.register"]
    assert first["items"][0]["touches"] == [f"{LABEL}:{hospital.pk}"]
    with pytest.raises(NoRight):
        page_of(deeds, stella, Question({}))
