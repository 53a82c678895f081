"""A server starts with its first user and stops with its last."""

import random
import time

import psycopg
import pytest

from tests.embedded.conftest import alive, eventually, only, stopped, works

FORKS = """
import os, subprocess, sys
from anwei.config.embedded.server import acquire, release
server = acquire()
assert acquire() is server
program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], close_fds=False)
for line in sys.stdin:
    if line == "fork and release in the child\\n":
        if os.fork() == 0:
            release()
            os._exit(0)
        os.wait()
    if line == "fork and release in the parent\\n":
        hold, let_go = os.pipe()
        if os.fork() == 0:
            os.close(let_go)
            os.read(hold, 1)
            os._exit(0)
        release()
    if line == "let the child go\\n":
        os.close(let_go)
    print("done", flush=True)
program.kill()
"""


def test_a_start_gives_a_database_with_four_logins_and_the_last_user_takes_it_along(home, user) -> None:
    first = user(home)
    words = first.answer()
    for login in ("owner", "app", "sealer", "outside"):
        with psycopg.connect(**words[login]) as connection:
            assert connection.execute("select current_user, current_database()").fetchone() == (f"anwei_{login}", "anwei")
    assert len({keywords["password"] for keywords in words.values()}) == 4
    for private in (home / "secrets" / "database.json", home / "database" / "server.log"):
        assert private.stat().st_mode & 0o777 == 0o600
    first.leave()
    eventually(lambda: stopped(home))


def test_the_cluster_is_set_up_as_the_design_says(home, user) -> None:
    words = user(home).answer()
    with psycopg.connect(**words["owner"]) as connection:
        settings = dict(connection.execute("select name, setting from pg_settings").fetchall())
        locale = connection.execute("select datlocprovider, datlocale from pg_database where datname = 'anwei'").fetchone()
    expected = {"listen_addresses": "", "max_connections": "80", "shared_buffers": "16384", "jit": "off", "fsync": "on"}
    assert settings.items() >= {**expected, "data_checksums": "on", "server_encoding": "UTF8", "TimeZone": "UTC"}.items()
    assert locale == ("b", "C.UTF-8")


def test_a_transaction_is_bounded_for_all_but_the_owner(home, user) -> None:
    words = user(home).answer()
    found = {}
    for login, keywords in words.items():
        with psycopg.connect(**keywords) as connection:
            asked = "select current_setting('transaction_timeout'), current_setting('idle_in_transaction_session_timeout')"
            found[login] = connection.execute(asked).fetchone()
    assert found == {"owner": ("0", "0"), "app": ("1min", "30s"), "sealer": ("1min", "15s"), "outside": ("15s", "5s")}


def test_the_owner_makes_databases_and_drops_them_under_others_but_makes_no_roles(home, user) -> None:
    words = user(home).answer()
    with psycopg.connect(**words["owner"], autocommit=True) as owner:
        owner.execute("create database rehearsal")
        with psycopg.connect(**{**words["app"], "dbname": "rehearsal"}):
            owner.execute("drop database rehearsal with (force)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("create role another")
    with psycopg.connect(**words["app"], autocommit=True) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("create database another")


def test_a_second_process_joins_and_keeps_the_server_when_the_first_leaves(home, user) -> None:
    first = user(home)
    words = first.answer()
    keeper = only(home, "keeper.py")
    second = user(home)
    assert second.answer() == words
    first.leave()
    time.sleep(0.5)
    assert works(words)
    assert only(home, "keeper.py") == keeper
    second.leave()
    eventually(lambda: stopped(home))


def test_a_newcomer_waits_while_the_server_of_the_last_user_stops(home, user) -> None:
    for _ in range(3):
        one = user(home)
        assert works(one.answer())
        one.leave()  # the keeper notices only after the next has knocked, or is just stopping
        time.sleep(0.12)


def test_eight_cold_starts_at_once_end_in_one_server(cold, user) -> None:
    users = [user(cold) for _ in range(8)]
    answers = [one.answer() for one in users]
    assert all(words == answers[0] for words in answers)
    assert works(answers[0])
    assert len([words for words in alive(cold).values() if "keeper.py" in words]) == 1
    for one in users:
        one.leave()
    eventually(lambda: stopped(cold))


def test_forked_workers_share_the_lease_and_executed_programs_do_not(home, user) -> None:
    forker = user(home, program=FORKS)
    other = user(home)
    answers = other.answer()
    other.leave()

    forker.tell("fork and release in the child")
    time.sleep(0.5)
    assert works(answers)

    forker.tell("fork and release in the parent")
    time.sleep(0.5)
    assert works(answers)

    forker.tell("let the child go")
    eventually(lambda: stopped(home))


@pytest.mark.long
def test_many_users_come_and_go_and_every_one_is_served(home, user) -> None:
    gaps = random.Random(7)
    users = []
    for _ in range(60):
        users.append(user(home))
        time.sleep(gaps.choice((0, 0.05, 0.15, 0.3)))
        if gaps.random() < 0.7:
            leaver = users.pop(gaps.randrange(len(users)))
            assert works(leaver.answer())
            leaver.leave()
    for one in users:
        assert works(one.answer())
    for one in users:
        one.leave()
    eventually(lambda: stopped(home))
