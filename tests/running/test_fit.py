"""A start skips what need not be done, and nothing that must be."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from anwei.config import fit

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small tree in the place of ours."""
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "app" / "migrations" / "0001_first.py").write_text("one")
    monkeypatch.setattr(fit, "SOURCE", tmp_path)
    return tmp_path


def test_what_was_confirmed_fits_until_the_code_changes(source: Path) -> None:
    assert not fit.fits()
    fit.confirm()
    assert fit.fits()
    migration = source / "app" / "migrations" / "0001_first.py"
    for change in ("another", "one"):
        migration.write_text(change)
        assert fit.fits() == (change == "one")
    (source / "app" / "rule.yaml").write_text("")
    assert not fit.fits()


def test_a_test_or_a_page_changes_nothing(source: Path) -> None:
    fit.confirm()
    (source / "app" / "tests").mkdir()
    (source / "app" / "tests" / "test_it.py").write_text("")
    (source / "app" / "page.html").write_text("")
    assert fit.fits()


def test_an_exchanged_package_is_another_state(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fit.confirm()
    (source / "axes-99.dist-info").mkdir()
    monkeypatch.setattr(fit, "packages", lambda: [path.name for path in source.glob("*.dist-info")])
    assert not fit.fits()


def test_a_migration_by_hand_takes_the_confirmation_away() -> None:
    fit.confirm()
    subprocess.run([sys.executable, "-m", "anwei.config.main", "migrate", "--json"], check=True, stdout=subprocess.DEVNULL)
    assert not fit.fits()


def test_an_empty_database_fits_nothing() -> None:
    with psycopg.connect(os.environ["ANWEI_DSN_OWNER"], autocommit=True) as owner:
        owner.execute("drop schema trail cascade")
    assert not fit.fits()
    fit.forget()
