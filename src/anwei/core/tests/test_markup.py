"""The small pieces of HTML escape what they show, and the tags take what is missing."""

from django.template import Context, Template

from anwei.core.markup import clock, icon, pill
from anwei.core.shell import ClockView, PillView

BAD = '<b onclick="x">'


def drawn(source, **context):
    return Template("{% load anwei %}" + source).render(Context(context))


def test_a_state_is_icon_word_and_colour() -> None:
    html = pill(PillView("Waiting", "amber", "wait"))
    assert 'class="pill amber"' in html
    assert "#i-wait" in html
    assert "Waiting" in html
    assert "hollow" in pill(PillView("Done", "green", "done", hollow=True))


def test_words_are_escaped() -> None:
    assert BAD not in pill(PillView(BAD, "grey", "todo"))
    assert BAD not in clock(ClockView(BAD, 10, "blue", title=BAD))
    assert BAD not in icon(BAD)


def test_a_clock_says_in_its_mark_what_its_colour_says() -> None:
    assert "#i-stop" in clock(ClockView("35 min over", 140, "red"))
    assert 'value="100"' in clock(ClockView("35 min over", 140, "red"))
    assert "#i-paused" in clock(ClockView("6 h left", 19, "amber", paused=True))
    assert "#i-done" in clock(ClockView("50 min", 42, "green", met=True))


def test_tags_show_nothing_for_what_is_missing() -> None:
    assert drawn("{% pill nothing %}{% clock nothing %}{% when nothing %}{% left nothing %}") == ""


def test_every_request_id_is_new() -> None:
    first, second = drawn("{% request_id %}"), drawn("{% request_id %}")
    assert 'name="request_id"' in first
    assert first != second
