import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.definitions.errors import NothingToPublish, RuleHasFaults, UnknownKind
from anwei.foundation.definitions.models import Definition, Version
from anwei.foundation.definitions.operations import draft, install, publish
from anwei.foundation.definitions.queries import published

pytestmark = pytest.mark.django_db
BODY = {"targets": [{"criticality": "any", "channel": "any", "region": "any", "calendar": "work", "respond": 30}]}


def drafted(actor, **changed) -> Version:
    given = {"kind": "sla", "key": "platinum", "name_zh": "白金", "name_en": "Platinum", "body": BODY}
    return draft(actor=actor, **(given | changed))


def test_a_draft_is_published_and_the_next_version_supersedes_it() -> None:
    ada = make_actor("ada", "administrator")
    first = drafted(ada)
    publish(actor=ada, definition=first.definition, at=timezone.now())
    second = drafted(ada, body={"targets": [BODY["targets"][0] | {"respond": 15}]})
    publish(actor=ada, definition=second.definition, at=timezone.now())
    first.refresh_from_db()
    assert (first.status, first.body["targets"][0]["respond"]) == ("superseded", 30)
    assert published("sla", "platinum").pk == second.pk and second.number == 2
    assert Deed.objects.filter(verb="definitions.publish", outcome="done", actor=ada.id).count() == 2


def test_a_draft_is_written_over_until_it_is_published() -> None:
    ada = make_actor("ada", "administrator")
    assert drafted(ada).pk == drafted(ada, note="again").pk


def test_a_rule_with_faults_is_not_published() -> None:
    ada = make_actor("ada", "administrator")
    version = drafted(ada, body={"targets": [{"respond": -1}]})
    with pytest.raises(RuleHasFaults):
        publish(actor=ada, definition=version.definition, at=timezone.now())
    assert Version.objects.get(pk=version.pk).status == "draft"


def test_without_a_draft_there_is_nothing_to_publish() -> None:
    ada = make_actor("ada", "administrator")
    with pytest.raises(NothingToPublish):
        publish(actor=ada, definition=Definition.objects.get(kind="sla", key="gold"), at=timezone.now())


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        drafted(make_actor("ada", "administrator"), kind="moon")


def test_a_manager_drafts_but_does_not_publish() -> None:
    mara = make_actor("mara", "service_manager")
    version = drafted(mara)
    with pytest.raises(NoRight):
        publish(actor=mara, definition=version.definition, at=timezone.now())


def test_installing_again_keeps_the_companys_own() -> None:
    system = system_actor("test")
    assert install(actor=system, kind="sla", key="gold", name_zh="金", name_en="Gold", body=BODY, at=timezone.now()) is None
    assert published("sla", "gold").body != BODY


def test_two_versions_are_compared_line_by_line(client: Client) -> None:
    ada = make_user("ada", "administrator")
    system = system_actor("test")
    publish(actor=system, definition=drafted(system).definition, at=timezone.now())
    second = drafted(system, body={"targets": [BODY["targets"][0] | {"respond": 15}]})
    client.force_login(User.objects.get(pk=ada.pk))
    text = client.get(reverse("definitions:version", args=[second.pk]) + "?with=1").content.decode()
    assert "-  respond: 30" in text and "+  respond: 15" in text


def test_a_draft_is_published_from_its_page_by_those_who_may(client: Client) -> None:
    version = drafted(system_actor("test"))
    page, act = (reverse(f"definitions:{name}", args=[version.pk]) for name in ("version", "publish"))
    client.force_login(make_user("mara", "service_manager"))
    assert act not in client.get(page).content.decode() and client.post(act).status_code == 403
    client.force_login(make_user("ada", "administrator"))
    assert act in client.get(page).content.decode() and client.post(act).status_code == 302
    assert published("sla", "platinum").pk == version.pk
    assert act not in client.get(page).content.decode() and client.post(act).status_code == 404  # no draft any more


def test_a_draft_with_faults_stays_one_and_its_page_says_why(client: Client) -> None:
    version = drafted(system_actor("test"), body={"targets": [{"respond": -1}]})
    client.force_login(make_user("ada", "administrator"))
    answer = client.post(reverse("definitions:publish", args=[version.pk]), follow=True)
    assert "不能发布" in answer.content.decode() and Version.objects.get(pk=version.pk).status == "draft"


def test_a_dispatcher_sees_no_rules(client: Client) -> None:
    client.force_login(make_user("dana", "dispatcher"))
    assert client.get(reverse("definitions:list")).status_code == 403
