"""T17 and T18: a request that is delivered again, at once, from elsewhere or changed, has one effect and one answer."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from anwei.foundation.accounts.models import Token, User
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.organisations.models import Organisation
from tests.proofs.callers import make_key
from tests.proofs.door import Door
from tests.serving import served

pytestmark = [pytest.mark.commit, pytest.mark.filterwarnings("ignore:No directory at")]
VERB = "organisations.register"
HOSPITAL = {"name": "上海市第一医院", "roles": ["hospital"], "city": "上海市"}


@pytest.fixture
def door(committed: str) -> Iterator[Door]:
    with served() as port:
        yield Door(port)


@pytest.fixture
def stella(committed: str) -> str:
    return make_key(make_user("stella", "data_steward"), "organisations.keep", "organisations.read")


def test_eight_deliveries_at_once_have_one_effect_and_one_answer(door: Door, stella: str) -> None:
    for storm in range(5):
        one = (VERB, HOSPITAL | {"name": f"第{storm}医院"}, stella, f"storm-{storm}")
        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(door.post, *([part] * 8 for part in one)))
        assert {t.status for t in told} == {200}
        assert len({json.dumps(t.body, sort_keys=True) for t in told}) == 1
        assert len({t.headers["Deed"] for t in told}) == 1
        assert sum("Idempotency-Replayed" not in t.headers for t in told) == 1
    assert Organisation.objects.count() == 5
    assert Deed.objects.filter(verb=VERB, outcome="done").count() == 5


def test_without_an_id_every_delivery_is_a_request_of_its_own(door: Door, stella: str) -> None:
    assert [door.post(VERB, HOSPITAL, stella).status for _n in range(2)] == [200, 409]


def test_the_same_arguments_written_otherwise_are_the_same_request(door: Door, stella: str) -> None:
    first = door.post(VERB, HOSPITAL, stella, "once")
    again = door.post(VERB, dict(reversed(HOSPITAL.items())), stella, "once")
    assert again.body == first.body and again.headers["Idempotency-Replayed"] == "true"


def test_a_refusal_is_the_stored_answer_even_when_the_reason_is_gone(door: Door, stella: str) -> None:
    door.post(VERB, HOSPITAL, stella, "first")
    refused = door.post(VERB, HOSPITAL | {"phones": ["021"]}, stella, "second")
    assert (refused.status, refused.body["code"]) == (409, "same_body_exists")
    again = door.post(VERB, HOSPITAL | {"phones": ["021"]}, stella, "second")
    assert (again.status, again.body, again.headers["Deed"]) == (409, refused.body, refused.headers["Deed"])
    assert Deed.objects.filter(verb=VERB, outcome="refused").count() == 1


def test_the_same_id_with_another_body_is_refused_and_changes_nothing(door: Door, stella: str) -> None:
    door.post(VERB, HOSPITAL, stella, "once")
    told = door.post(VERB, HOSPITAL | {"city": "南京市"}, stella, "once")
    assert (told.status, told.body["code"]) == (409, "request_reused")
    assert [o.city for o in Organisation.objects.all()] == ["上海市"]


def test_the_same_id_for_another_deed_is_refused(door: Door, committed: str) -> None:
    otto = make_user("otto", "administrator")
    key, target = make_key(otto, "accounts.keep"), {"user": str(make_user("tom", "field_engineer").id)}
    assert door.post("accounts.disable", target, key, "once").status == 200
    assert door.post("accounts.enable", target, key, "once").body["code"] == "request_reused"
    assert not User.objects.get(username="tom").is_active


def test_another_person_with_the_same_id_makes_another_request(door: Door, stella: str) -> None:
    ina = make_key(make_user("ina", "intake_clerk"), "organisations.keep")
    assert door.post(VERB, HOSPITAL, stella, "42").status == 200
    assert door.post(VERB, HOSPITAL | {"city": "南京市"}, ina, "42").status == 200
    assert Organisation.objects.count() == 2


def test_the_command_line_gets_the_answer_that_the_api_got(door: Door, stella: str) -> None:
    first = door.post(VERB, HOSPITAL, stella, "both-doors")
    command = ["do", VERB, "--data", json.dumps(HOSPITAL), "--as", "stella", "--request-id", "both-doors", "--json"]
    done = subprocess.run([sys.executable, "-m", "anwei.config.main", *command], env=os.environ, capture_output=True, text=True)
    assert (done.returncode, json.loads(done.stdout)) == (0, first.body), done.stderr


def test_a_secret_is_told_once_and_stored_nowhere(door: Door, committed: str) -> None:
    otto = make_user("otto", "administrator")
    key = make_key(otto, "accounts.tokens", "accounts.read")
    wanted = {"user": str(otto.id), "name": "reports", "rights": ["accounts.read"], "expires_at": "2027-01-01T00:00:00Z"}
    first = door.post("accounts.make_token", wanted, key, "key-1")
    assert first.body["secret"].startswith("aw_")
    again = door.post("accounts.make_token", wanted, key, "key-1")
    assert again.body == {"id": first.body["id"]}
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(answer::text, ' ') from trail.answer")
        (stored,) = cursor.fetchone() or ("",)
    assert first.body["id"] in stored and first.body["secret"] not in stored
    assert Token.objects.filter(name="reports").count() == 1


def test_a_stale_version_is_refused(door: Door, committed: str) -> None:
    otto = make_user("otto", "administrator")
    key, tom = make_key(otto, "accounts.keep", "accounts.read"), str(make_user("tom", "field_engineer").id)
    seen = door.ask("GET", f"/api/v1/users/{tom}", headers={"Authorization": f"Bearer {key}"}).headers["ETag"]
    assert door.post("accounts.disable", {"user": tom}, key, If_Match=seen).status == 200
    stale = door.post("accounts.enable", {"user": tom}, key, If_Match=seen)
    assert (stale.status, stale.body["code"]) == (409, "stale")
    assert not User.objects.get(username="tom").is_active
