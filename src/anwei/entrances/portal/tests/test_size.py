"""The report page is small: a ward's phone and a thin network must not matter."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from anwei.equipment.devices.tests.factory import make_sticker
from anwei.workorders.intake.tests.factory import make_ward

pytestmark = pytest.mark.django_db
MOST = 40_000  # bytes, compressed; 60,000 are allowed


def test_the_report_page_with_all_it_loads_stays_small(client) -> None:
    page = client.get(f"/q/{make_sticker(make_ward()).code}/").content
    names = {name.partition("#")[0] for name in re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())}
    assert {"anwei/tokens.css", "anwei/icons.svg", "portal/photo.js"} <= names
    total = len(gzip.compress(page)) + sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes())) for name in names)
    assert total <= MOST


def test_the_report_page_asks_no_other_host_and_runs_no_inline_script(client) -> None:
    page = client.get(f"/q/{make_sticker(make_ward()).code}/").content.decode()
    assert not re.findall(r'(?:href|src|action)="(?:https?:)?//', page)
    assert not re.findall(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page)
