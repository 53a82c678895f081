"""What people type is text on paper, whatever it looks like."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from anwei.foundation.files.errors import PaperTooLarge
from anwei.foundation.files.paper.documents import Bilingual
from anwei.foundation.files.paper.invoice import invoice
from anwei.foundation.files.paper.service_report import service_report
from anwei.foundation.files.tests import factory
from anwei.foundation.files.tests.reading import holds, pages, text

CODE = [
    '#import "@preview/evil:1.0.0": *',
    '#read("/etc/passwd")',
    "#panic()",
    "#while true {}",
    "#sys.inputs",
    "$ sum_(i=0)^n $",
    r"\u{41} \ \\ \#",
    "`raw` ```rust fn``` ",
    "= heading",
    "*bold* _emphasis_",
    "<label> @reference",
    "// comment /* block */",
    '"quotes" ] ) } [ ( {',
    "https://example.org/a#b",
    "-- --- ... ~ - + 1.",
    "&lt;script&gt; <svg onload=alert(1)>",
    "%(page)s {page}",
]


@pytest.mark.parametrize("typed", CODE)
def test_code_is_printed_as_it_was_typed(typed) -> None:
    printed = service_report(factory.service_report(work_done=typed, servicers=(typed,), number=typed))
    holds(printed, typed)


@pytest.mark.parametrize("name", ["陈𬭎", "李䶮", "张㛃", "王喆堃", "李 玥", "鄭龍鳳", "月⽉", "买买提·艾力", "O'Neil Müller"])
def test_a_name_copied_from_the_paper_is_the_name_that_was_given(name) -> None:
    printed = service_report(factory.service_report(servicers=(name,)))
    assert f"{name}\n" in "\n".join(pages(printed)) + "\n"


def test_a_character_without_a_glyph_is_shown_as_missing_and_named_on_the_page() -> None:
    printed = service_report(factory.service_report(servicers=("王😀明",)))
    holds(printed, "王〓明", "字体无法显示、已略去或以〓代替的字符：", "U+1F600")
    assert "U+1F600" not in text(service_report(factory.service_report()))


def test_signs_that_turn_a_line_around_are_left_out_and_named() -> None:
    printed = service_report(factory.service_report(fault="潮气量\u202e偏低\x00"))
    holds(printed, "潮气量偏低", "U+0000, U+202E")


def test_line_breaks_are_kept() -> None:
    printed = "\n".join(pages(service_report(factory.service_report(remarks="第一行\n第二行"))))
    assert "第一行\n第二行" in printed


def test_a_lone_surrogate_is_left_out_and_named() -> None:
    holds(service_report(factory.service_report(fault="潮气\ud800量")), "潮气〓量", "U+D800")


def test_the_file_is_archivable_and_dated_by_its_document() -> None:
    paper = service_report(factory.service_report())
    assert b"<pdfaid:part>2</pdfaid:part>" in paper
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in paper
    assert b"2026-11-24T07:30:00" in paper
    later = factory.service_report(issued_at=factory.at(15, 30) + timedelta(days=1))
    assert service_report(later) != paper


def test_fonts_are_embedded_and_pictures_are_kept_as_they_came() -> None:
    report = factory.service_report()
    paper = service_report(report)
    assert b"/FontFile" in paper
    assert all(photo.jpeg in paper for photo in report.photos)


@pytest.mark.parametrize(
    "changes",
    [
        {"work_done": "长" * 200_000},
        {"photos": tuple(factory.picture(Bilingual("大"), (4000, 3000)) for _ in range(60))},
        {"readings": factory.service_report().readings * 2_000},
    ],
)
def test_what_no_document_carries_is_refused_at_once(changes) -> None:
    before = time.perf_counter()
    with pytest.raises(PaperTooLarge):
        service_report(factory.service_report(**changes))
    assert time.perf_counter() - before < 5


def test_a_hundred_papers_from_four_threads_are_all_right() -> None:
    before = time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        papers = list(pool.map(lambda number: invoice(factory.invoice(number=f"WH-{number}")), range(100)))
    seconds = time.perf_counter() - before
    print(f"100 invoices: {seconds:.2f} s")
    assert all(f"WH-{number}" in pages(paper)[0] for number, paper in enumerate(papers))
    assert seconds < 30
