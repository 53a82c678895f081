"""Catalogues are compiled when stale, and a text without Chinese is found wherever it stands."""

import gettext
import os
from pathlib import Path

import polib
import pytest

from anwei.core.translations import compile_catalogues, contradictory, faults, missing, texts, unused

MODULE = """
from django.utils.translation import gettext, gettext_lazy as _, ngettext, pgettext
from elsewhere import gettext as other
a = _("plain")
b = pgettext("month", "may")
c = ngettext("%(n)s thing", "%(n)s things", 2)
d = other("not ours")
e = gettext(
    "two "
    "parts"
)
"""
TEMPLATE = """{% load i18n %}
{% translate "tag" %} {% translate 'quoted' context "place" as word %}
{% blocktranslate with name=person.name %}Hello {{ name }}, 100%{% endblocktranslate %}
{% blocktranslate count n=total trimmed %}
  {{ n }} row
{% plural %}
  {{ n }} rows
{% endblocktranslate %}
{% include "x.html" with label=_("inline") %}
{% comment %}{% translate "unseen" %}{% endcomment %}
"""
FOUND = {
    ("plain", None),
    ("may", "month"),
    ("%(n)s thing", None),
    ("two parts", None),
    ("tag", None),
    ("quoted", "place"),
    ("Hello %(name)s, 100%%", None),
    ("%(n)s row", None),
    ("inline", None),
}


@pytest.fixture
def tree(tmp_path):
    app = tmp_path / "src" / "group" / "app"
    (app / "templates" / "app").mkdir(parents=True)
    (app / "tests").mkdir()
    (app / "apps.py").write_text("")
    (app / "rules.py").write_text(MODULE)
    (app / "templates" / "app" / "page.html").write_text(TEMPLATE)
    (app / "tests" / "test_it.py").write_text("from django.utils.translation import gettext as _\n_('in a test')\n")
    return tmp_path / "src"


def catalogue(tree, **translations):
    folder = tree / "group" / "app" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    book = polib.POFile()
    book.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}
    for msgid, context in sorted(FOUND, key=str):
        entry = polib.POEntry(msgid=msgid, msgctxt=context, msgstr=translations.get(msgid, f"译{msgid}"))
        if msgid in ("%(n)s thing", "%(n)s row"):
            entry.msgid_plural, entry.msgstr, entry.msgstr_plural = f"{msgid}s", "", {0: translations.get(msgid, f"译{msgid}")}
        book.append(entry)
    book.save(str(folder / "django.po"))
    return folder / "django.po"


def test_every_text_of_modules_and_templates_is_found(tree) -> None:
    assert {(used.msgid, used.context) for used in texts(tree)} == FOUND


def test_a_text_without_chinese_is_named_with_its_place(tree) -> None:
    found = missing(tree)
    assert {gap.used.msgid for gap in found} == {msgid for msgid, _ in FOUND}
    assert {gap.app for gap in found} == {"group/app"}
    plain = next(gap for gap in found if gap.used.msgid == "plain")
    assert str(plain).endswith("rules.py:4: group/app: no translation: 'plain'")


def test_a_full_catalogue_misses_nothing(tree) -> None:
    catalogue(tree)
    assert missing(tree) == []


@pytest.mark.parametrize(
    ("msgid", "wrong"), [("plain", ""), ("%(n)s thing", ""), ("Hello %(name)s, 100%%", "你好"), ("%(n)s row", "%(m)s 行")]
)
def test_an_empty_or_broken_translation_counts_as_missing(tree, msgid, wrong) -> None:
    catalogue(tree, **{msgid: wrong})
    assert [gap.used.msgid for gap in missing(tree)] == [msgid]


def test_a_fuzzy_translation_counts_as_missing(tree) -> None:
    source = catalogue(tree)
    book = polib.pofile(str(source))
    next(entry for entry in book if entry.msgid == "plain").flags.append("fuzzy")
    book.save()
    assert [gap.used.msgid for gap in missing(tree)] == ["plain"]


def test_a_catalogue_is_compiled_only_when_it_is_stale(tree) -> None:
    source = catalogue(tree)
    assert compile_catalogues(tree) == [source.with_suffix(".mo")]
    assert compile_catalogues(tree) == []
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("plain") == "译plain"
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_catalogues(tree) == [source.with_suffix(".mo")]


def neighbour(tree, **translations) -> None:
    book = polib.POFile()
    book.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for msgid, msgstr in translations.items():
        book.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    folder = tree / "group" / "neighbour" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder.parents[2] / "rules.py").write_text("from django.utils.translation import gettext as _\n_('plain'), _('may')\n")
    book.save(str(folder / "django.po"))


def test_two_apps_that_say_one_text_with_two_words_are_named(tree) -> None:
    catalogue(tree)
    neighbour(tree, plain="另一个词", may="五月")
    assert [(fault.app, fault.used.msgid, fault.reason) for fault in contradictory(tree)] == [
        ("group/neighbour", "plain", "group/app says it with other words")
    ]
    assert faults(tree) == contradictory(tree)


def test_the_same_words_in_two_apps_do_not_contradict(tree) -> None:
    catalogue(tree)
    neighbour(tree, plain="译plain", may="五月")
    assert faults(tree) == []


def test_an_entry_that_no_text_asks_for_is_named(tree) -> None:
    catalogue(tree)
    neighbour(tree, plain="译plain", may="五月", gone="不再使用")
    assert [fault.used.msgid for fault in unused(tree)] == ["gone"]


def test_nothing_is_wrong_with_the_catalogues_of_the_system() -> None:
    import anwei

    assert [str(fault) for fault in faults(Path(anwei.__file__).parent)] == []
