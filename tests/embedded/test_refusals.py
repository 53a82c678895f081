"""What this machine refuses is said in one sentence, and once it is put right the next start works."""

import fcntl
import os
import re
import shutil
import subprocess
import time
from contextlib import contextmanager

import psycopg
import pytest

from anwei.config.embedded import cluster, server
from anwei.config.embedded.layout import Layout
from anwei.config.embedded.refusals import SENTENCES
from anwei.config.places import prepare
from tests.embedded.conftest import end, eventually, refused, stopped, works

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives the server to another account")


@contextmanager
def away(path):
    """Take a file away and bring it back."""
    aside = path.with_name(f"{path.name}.away")
    path.rename(aside)
    try:
        yield
    finally:
        aside.replace(path)


@contextmanager
def mounted(folder, options):
    """Put a small file system of its own over a folder."""
    folder.mkdir(parents=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_is_one_sentence_in_both_languages_with_the_same_facts(code) -> None:
    english, chinese = SENTENCES[code]
    assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", chinese))
    assert re.fullmatch(r"[A-Z][^。]*[^ ]\.", english)
    assert re.fullmatch(r"[^。]*[一-鿿][^。]*。", chinese)


@as_root
def test_a_home_that_the_account_cannot_reach(tmp_path, home, user) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    one = user(closed / "home")
    answer = one.answer()
    assert answer["refused"] == "unreachable"
    assert "nobody" in answer["en"] and str(closed / "home") in answer["en"] and str(closed / "home") in answer["zh"]
    one.leave()
    assert one.process.returncode == 3
    assert works(user(home).answer())


def test_a_home_that_is_a_file(cold) -> None:
    cold.touch()
    refusal = refused(cold)
    assert (refusal.code, str(cold) in refusal.sentence("zh-hans")) == ("unusable", True)


def test_a_secret_in_a_home_that_is_a_file(cold, user) -> None:
    cold.touch()
    asking = "from anwei.config.places import secret\nfrom anwei.config.embedded.refusals import EnvironmentRefusal\n"
    asking += "try: secret('django.key')\nexcept EnvironmentRefusal as refusal: print('\"' + refusal.code + '\"')"
    assert user(cold, program=asking).answer() == "unusable"


@as_root
def test_a_home_on_a_read_only_file_system(cold) -> None:
    with mounted(cold, "ro"):
        assert refused(cold / "deep" / "home").code == "read_only"


@as_root
def test_a_full_home_and_more_space(cold, user) -> None:
    with mounted(cold, "size=50m,mode=711"):
        assert refused(cold).code == "full"
        subprocess.run(["mount", "-o", "remount,size=300m", cold], check=True)
        one = user(cold)
        assert works(one.answer())
        one.leave()
        eventually(lambda: stopped(cold))


@as_root
@pytest.mark.long
def test_a_disk_that_filled_up_since_and_space_again(cold, user) -> None:
    with mounted(cold, "size=150m,mode=711"):
        one = user(cold)
        one.answer()
        one.leave()
        eventually(lambda: stopped(cold))
        ballast = cold / "ballast"
        with pytest.raises(OSError, match="No space"), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        assert refused(cold).code == "full"
        ballast.unlink()
        two = user(cold)
        assert works(two.answer())
        two.leave()
        eventually(lambda: stopped(cold))


@as_root
@pytest.mark.parametrize("account", ["no-such-account", "root"])
def test_an_account_that_cannot_run_a_database(cold, user, account) -> None:
    assert user(cold, environment={"ANWEI_DB_ACCOUNT": account}).answer()["refused"] == "account"


@as_root
def test_another_account_than_the_one_that_owns_the_data(home, user) -> None:
    answer = user(home, environment={"ANWEI_DB_ACCOUNT": "daemon"}).answer()
    assert answer["refused"] == "other_account"
    assert "ANWEI_DB_ACCOUNT=nobody" in answer["en"]


def test_lost_passwords(home, user) -> None:
    passwords = home / "secrets" / "database.json"
    with away(passwords):
        assert refused(home).code == "passwords"
        passwords.write_text("{")
        assert refused(home).code == "passwords"
    assert works(user(home).answer())


def test_data_of_another_version(home, user) -> None:
    stamp = home / "database" / "data" / "PG_VERSION"
    with away(stamp):
        stamp.write_text("17\n")
        refusal = refused(home)
    assert (refusal.code, "17" in refusal.sentence("en")) == ("version", True)
    assert works(user(home).answer())


def test_damaged_data_are_named_with_what_the_server_said(home, user) -> None:
    control = home / "database" / "data" / "global" / "pg_control"
    begin = time.monotonic()
    with away(control):
        refusal = refused(home)
    assert time.monotonic() - begin < server.PATIENCE / 2  # the keeper gives up, and we notice
    assert refusal.code == "failed"
    assert "pg_control" in refusal.sentence("zh")
    assert works(user(home).answer())


def test_missing_programs(cold, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "PACKAGE", "anwei_has_no_such_package")
    assert refused(cold).code == "programs"


def test_somebody_who_holds_the_gate_for_too_long(home, monkeypatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.2)
    with (home / "database" / "locks" / "gate").open("ab") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        assert refused(home).code == "busy"


def test_a_long_home_gets_a_short_socket(home, cold, user) -> None:
    deep = cold.joinpath(*["a-folder-with-a-long-name"] * 6)
    prepare(deep.parent)
    home.rename(deep)
    folder = Layout.of(deep).socket
    try:
        one = user(deep)
        words = one.answer()
        assert words["app"]["host"] == str(folder)
        assert works(words)
        assert folder.stat().st_mode & 0o777 == 0o700
        one.leave()
        eventually(lambda: stopped(deep))
        folder.chmod(0o777)
        assert user(deep).answer()["refused"] == "foreign"
        folder.rmdir()
        folder.symlink_to(deep)
        assert user(deep).answer()["refused"] == "foreign"
    finally:
        folder.unlink() if folder.is_symlink() else shutil.rmtree(folder)
        end(deep)
        deep.rename(home)


def test_a_wrong_password_opens_nothing(home, user) -> None:
    words = user(home).answer()["app"]
    for wrong in ({"user": "postgres"}, {"user": "anwei_owner"}, {"password": "guessed"}):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**{**words, **wrong})
