from datetime import UTC, datetime
from typing import Any

import pytest

from anwei.config.shipped import install_shipped, shipped_rules
from anwei.core.errors import NoRight
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.definitions.errors import RuleHasFaults
from anwei.foundation.definitions.models import Definition, Version
from anwei.foundation.definitions.operations import draft, publish
from anwei.foundation.definitions.queries import published
from anwei.foundation.governance.operations import upgrade_rule
from anwei.foundation.notices.queries import inbox, words

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
LATER = ["dispatch.board", "orders.read"]
SYSTEM = system_actor("test")


def role(key: str = "dispatcher") -> Definition:
    return Definition.objects.get(kind="role", key=key)


def rights() -> set[str]:
    return set(published("role", "dispatcher").body["rights"])


def as_shipped(kind: str, key: str) -> dict[str, Any]:
    """What the code ships today."""
    body: dict[str, Any] = next(r["body"] for r in shipped_rules() if (r["kind"], r["key"]) == (kind, key))
    return body


def grown_old() -> None:
    """Make the company one that was installed before two rights came."""
    body = as_shipped("role", "dispatcher")
    upgrade_rule(actor=SYSTEM, definition=role(), body=body | {"rights": [r for r in body["rights"] if r not in LATER]}, at=AT)
    assert not rights() & set(LATER)


def decide(body: dict[str, Any], kind: str = "role", key: str = "dispatcher", *, out: bool = True) -> Version:
    """Let the company write its own version, and publish it."""
    alice = make_actor("alice", "administrator")
    version = draft(actor=alice, kind=kind, key=key, name_zh="派工", name_en="Dispatch", body=body)
    return publish(actor=alice, definition=version.definition, at=AT) if out else version


def test_rights_that_are_new_in_the_code_reach_a_role_that_is_published() -> None:
    grown_old()
    install_shipped(AT)
    assert rights() == set(as_shipped("role", "dispatcher")["rights"])
    deed = Deed.objects.filter(verb="governance.upgrade_rule", actor_name="upgrade", outcome="done").get()
    assert deed.actor is None


def test_what_the_company_took_away_stays_away_and_what_it_gave_stays() -> None:
    grown_old()
    own = rights() - {"orders.cancel"} - {"dispatch.assign"} | {"export"}
    decide(published("role", "dispatcher").body | {"rights": sorted(own)})
    install_shipped(AT)
    assert rights() == own | set(LATER)


def test_a_right_that_the_code_takes_away_is_taken_away() -> None:
    body = as_shipped("role", "dispatcher")
    upgrade_rule(actor=SYSTEM, definition=role(), body=body | {"rights": ["accounts.sign_in"]}, at=AT)
    assert rights() == {"accounts.sign_in"}


def test_new_rights_reach_the_companys_draft_too() -> None:
    grown_old()
    version = decide(published("role", "dispatcher").body | {"rights": ["accounts.sign_in"]}, out=False)
    install_shipped(AT)
    assert rights() >= set(LATER)
    version.refresh_from_db()
    assert set(version.body["rights"]) == {"accounts.sign_in", *LATER}


def test_upgraded_twice_is_upgraded_once() -> None:
    grown_old()
    install_shipped(AT)
    versions = Version.objects.count()
    install_shipped(AT)
    assert Version.objects.count() == versions


def test_every_administrator_is_told_which_rights_came_in_their_language() -> None:
    grown_old()
    alice, tom = make_actor("alice", "administrator"), make_actor("tom", "dispatcher")
    install_shipped(AT)
    (notice,) = inbox(alice)
    assert "派工调度" in words(notice)
    assert "查看工单" in notice.values["added"]
    assert notice.url.endswith(f"{published('role', 'dispatcher').pk}/")
    assert not inbox(tom)


def test_another_kind_of_rule_waits_as_a_draft() -> None:
    before = published("sla", "gold")
    newer = before.body | {"note": "newer"}
    version = upgrade_rule(actor=SYSTEM, definition=before.definition, body=newer, at=AT)
    assert version
    assert (version.status, version.body) == ("draft", newer)
    assert published("sla", "gold") == before


def test_the_offer_replaces_no_draft_of_the_company_and_comes_when_that_is_out() -> None:
    rule, newer = published("sla", "gold").definition, published("sla", "gold").body | {"note": "newer"}
    own = decide(published("sla", "gold").body | {"note": "ours"}, "sla", "gold", out=False)
    assert upgrade_rule(actor=SYSTEM, definition=rule, body=newer, at=AT) is None
    own.refresh_from_db()
    assert own.body["note"] == "ours"
    publish(actor=SYSTEM, definition=rule, at=AT)
    version = upgrade_rule(actor=SYSTEM, definition=rule, body=newer, at=AT)
    assert version
    assert version.body == newer


def test_a_role_of_the_companys_own_is_not_taken_for_a_shipped_one() -> None:
    own = decide({"side": "ours", "everywhere": False, "rights": ["orders.read"]}, key="night_watch")
    version = upgrade_rule(actor=SYSTEM, definition=own.definition, body=own.body | {"rights": LATER}, at=AT)
    assert version
    assert version.status == "draft"
    assert published("role", "night_watch").body == own.body


def test_a_shipped_rule_with_faults_changes_nothing() -> None:
    before = rights()
    for faulty in ({}, as_shipped("role", "dispatcher") | {"rights": ["dispatch.fly"]}):
        with pytest.raises(RuleHasFaults):
            upgrade_rule(actor=SYSTEM, definition=role(), body=faulty, at=AT)
    assert rights() == before


def test_only_who_publishes_rules_upgrades_them() -> None:
    with pytest.raises(NoRight):
        upgrade_rule(actor=make_actor("tom", "dispatcher"), definition=role(), body={}, at=AT)
