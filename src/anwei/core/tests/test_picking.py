import pytest
from django import forms
from django.test import RequestFactory

from anwei.core.picking import Pick, suggestions
from anwei.core.tests.specimen import Specimen, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rows(specimens: None) -> None:
    """Three things to pick from."""
    for name in ("Northern hospital", "Northern clinic", "Southern"):
        make(name=name)


def picked(typed: str, *, required: bool = True) -> object:
    return Pick(Specimen.objects.order_by("name"), required=required).clean(typed)


@pytest.mark.parametrize("typed", ["Southern", "southern", " Southern ", "south", "northern h"])
def test_what_names_one_thing_alone_is_that_thing(typed: str) -> None:
    assert isinstance(picked(typed), Specimen)


def test_an_exact_name_wins_over_longer_ones() -> None:
    make(name="Southern annex")
    assert picked("Southern") == Specimen.objects.get(name="Southern")


def test_what_may_be_several_things_is_asked_back_with_their_names() -> None:
    with pytest.raises(forms.ValidationError) as refused:
        picked("north")
    assert "Northern clinic, Northern hospital" in refused.value.messages[0]


@pytest.mark.parametrize("typed", ["East", "%", "_", "a\0b", "x" * 201])
def test_what_names_nothing_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        picked(typed)


def test_nothing_typed_picks_nothing_where_nothing_is_needed() -> None:
    assert picked("", required=False) is None
    with pytest.raises(forms.ValidationError):
        picked("")


def test_a_form_sent_back_shows_the_name_again() -> None:
    class PickForm(forms.Form):
        thing = Pick(Specimen.objects.order_by("name"))

    drawn = str(PickForm(initial={"thing": Specimen.objects.get(name="Southern")})["thing"])
    assert 'value="Southern"' in drawn
    assert '<datalist id="id_thing_options">' in drawn
    assert "hx-get" not in drawn


def test_suggestions_are_options_and_escape_what_people_wrote() -> None:
    make(name='North"><script>')
    answer = suggestions(
        RequestFactory().get("/", {"thing": "north"}), Specimen.objects.order_by("name"), lambda row: row.name, lambda row: row.group
    )
    content = answer.content.decode()
    assert content.count("<option") == 3
    assert "<script>" not in content
