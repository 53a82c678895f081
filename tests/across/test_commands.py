import json
from typing import Any

import pytest

from anwei.config.main import main
from anwei.core.command import DONE, FOUND, USAGE
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.tests.factory import make_branch

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """Run a subcommand and return its exit code and the one JSON answer on standard output."""
    capsys.readouterr()
    code = main([*words, "--json"])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


def test_a_user_is_made_given_roles_and_rows_and_disabled(capsys: pytest.CaptureFixture[str]) -> None:
    make_branch("SH")
    code, made = told(capsys, "user", "create", "tom", "--name", "Tom", "--role", "dispatcher")
    assert code == DONE and made["roles"] == ["dispatcher"] and "/welcome/" in made["invitation"]
    assert told(capsys, "user", "roles", "tom", "--give", "auditor", "--take", "dispatcher")[1]["roles"] == ["auditor"]
    assert told(capsys, "user", "grant", "tom", "branch", "SH")[0] == DONE
    assert told(capsys, "user", "invite", "tom")[1]["invitation"].startswith("http://127.0.0.1:")
    assert told(capsys, "user", "disable", "tom")[1]["active"] is False
    assert told(capsys, "user", "enable", "tom")[1]["active"] is True
    assert [u["username"] for u in told(capsys, "user", "list")[1]] == ["tom"]
    assert User.objects.get(username="tom").grants.count() == 1


def test_a_deed_refused_by_rule_or_right_ends_with_one_and_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    make_user("dana", "dispatcher")
    assert main(["do", "branches.open", "--data", "{}", "--as", "dana"]) == FOUND
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1


def test_wrong_words_end_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    make_user("otto", "administrator")
    for words in (
        ["do", "no.such", "--as", "otto"],
        ["do", "branches.open", "--as", "nobody"],
        ["do", "branches.open", "--data", "@/no/such/file", "--as", "otto"],
        ["user", "disable", "nobody"],
        ["user", "grant", "otto", "planet", "Mars"],
    ):
        assert main(words) == USAGE
        assert capsys.readouterr().err.count("\n") == 1


def test_the_matrix_lists_every_route(capsys: pytest.CaptureFixture[str]) -> None:
    code, table = told(capsys, "matrix")
    assert code == DONE and table["unlisted"] == [] and {row["kind"] for row in table["rows"]} == {"operation", "collection", "route"}


def test_every_verb_is_listed_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    code, verbs = told(capsys, "verbs")
    assert code == DONE and all(v["summary"] for v in verbs)
