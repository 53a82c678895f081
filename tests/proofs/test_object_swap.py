"""T32: the id of somebody else's record opens nothing – as an argument, a row of a collection, or the address of a page."""

import json
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from anwei.core.actor import Actor
from anwei.core.operation import REGISTER
from anwei.core.registers import registers
from anwei.core.rights import RIGHTS
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_model
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.tests.factory import make_branch
from tests.proofs.callers import BACKEND, JSON, make_key, make_omnipotent, make_omnipotent_role
from tests.proofs.documents import all_places, document_for
from tests.proofs.world import named_models, one_of_each

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("unbounded"),
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore:No directory at"),
]

# What everybody of ours may know whatever their branch, each with its reason; outsiders see none of it but the catalogue of models.
OURS = {
    "accounts.User": "colleagues know each other",
    "accounts.Grant": "who may see users sees what they were granted",
    "branches.Branch": "the names of our branches are no secret among us",
    "definitions.Definition": "the rules hold for all of us",
    "definitions.Version": "the rules hold for all of us",
    "devices.DeviceModel": "the catalogue of models is public",
    "audit.Owed": "what a follower was not told is the administrator's to look after",
    "ledger.Line": "the books are one for the company",
    "migration.ImportSession": "imports are company-wide work of the data steward",
    "notices.Attempt": "the outbox is one for the company",
    "notices.Mail": "the outbox is one for the company",
    "parts.Part": "the catalogue of parts is one for the company",
    "staff.Absence": "who is away is known to all who plan",
    "suppliers.Licence": "suppliers serve the whole company",
    "suppliers.PriceAgreement": "suppliers serve the whole company",
    "suppliers.Supplier": "suppliers serve the whole company",
}
PUBLIC = {"devices.DeviceModel": OURS["devices.DeviceModel"]}
# whose ids stand in the addresses of other apps too
SHARED = {"devices.Device", "orders.WorkOrder", "organisations.Organisation"}
# Ids that come in as plain values, each with the reason why no row behind them is shown or changed unseen.
PLAIN_IDS = {
    "accounts.accept_invitation.user_id": "nothing happens without the secret of that user's invitation",
    "accounts.create_user.organisation": "whose the new user is: kept, never read through",
    "accounts.grant_rows.record_id": "what is granted to another: the administrator's own right",
    "audit.erase_personal.id": "a row that stands is looked up as the actor sees it; one that is gone is nobody's any more",
    "contracts.sign.id": "the key that a caller gives the new row",
    "devices.register.id": "the key that a caller gives the new row",
    "devices.register_model.id": "the key that a caller gives the new row",
    "organisations.register.id": "the key that a caller gives the new row",
    "stock.receive.document": "the paper behind a move: kept, never read through",
    "stock.hand_over.colleague": "an engineer of ours, told by the sender; pieces wait until that one accepts them",
    "stock.issue.document": "the paper behind a move: kept, never read through",
    "stock.receive_transfer.arrived.0.line": "looked up among the lines of the transfer that was loaded",
    "stock.send.to": "a place of ours that need not be one's own: pieces wait there until somebody of it receives them",
    "stock.transfer.document": "the paper behind a move: kept, never read through",
}


@pytest.fixture
def rows() -> dict[type[models.Model], UUID]:
    """Return a row of somebody else for every model that an operation or a collection names."""
    shown = [r.model for r in registers.resources.values() if r.model._meta.managed]
    return one_of_each(list(dict.fromkeys([*named_models(), *shown])))


@pytest.fixture(params=["ours", "hospital"])
def outsider(request: pytest.FixtureRequest, client: Client, rows: Any) -> Actor:
    """Return somebody with every right whose rows are those of another branch, or of another hospital, and sign them in."""
    side = request.param
    role = make_omnipotent_role(f"all_{side}", side=side, everywhere=False)
    scope = {"branch": make_branch("ZZ").id} if side == "ours" else {"hospital": UUID(int=7)}
    user = make_user("stranger", role, side=side, **scope)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {make_key(user, *RIGHTS)}"
    client.force_login(user, backend=BACKEND)
    return actor_for(user, "page")


def hidden(models_: list[type[models.Model]], outsider: Actor) -> list[type[models.Model]]:
    """Return the models whose rows of others must be invisible to somebody."""
    if outsider.side == "ours":
        return [m for m in models_ if m._meta.label not in OURS]
    # a table that the wall keeps shut tells nobody anything, and breaks the one transaction that a test is
    walled = {w.model for w in registers.walled}
    return [m for m in models_ if m in walled and m._meta.label not in PUBLIC]


def test_no_row_of_others_is_visible(outsider: Actor, rows: dict[type[models.Model], UUID]) -> None:
    seen = [m._meta.label for m in hidden(named_models(), outsider) if managed(m).visible_to(outsider).filter(pk=rows[m]).exists()]
    assert not seen


def managed(model: Any) -> Any:
    return model._default_manager


def test_an_argument_that_names_a_row_of_others_is_not_found(outsider: Actor, client: Client, rows: dict[type[models.Model], UUID]) -> None:
    wrong, asked = [], 0
    for verb, op in sorted(REGISTER.items()):
        kinds = [kind for _path, kind in all_places(op) if isinstance(kind, type) and issubclass(kind, models.Model)]
        if not hidden(kinds, outsider):
            continue
        asked += 1
        body = json.dumps(document_for(op, rows.__getitem__))
        answer = client.post(f"/api/v1/operations/{verb}", body, content_type=JSON)
        if answer.status_code != 404:
            wrong.append(f"{verb}: {answer.status_code} {answer.content.decode()[:200]}")
    assert asked > 10
    assert not wrong, "\n".join(wrong)


def test_personal_values_of_a_row_of_others_are_not_erased(outsider: Actor, client: Client, rows: dict[type[models.Model], UUID]) -> None:
    kinds = [model for model in hidden(list(rows), outsider) if getattr(model, "personal", ())]
    assert kinds
    for model in kinds:
        body = json.dumps({"kind": model._meta.label, "id": str(rows[model])})
        answer = client.post("/api/v1/operations/audit.erase_personal", body, content_type=JSON)
        assert answer.status_code == 404, model._meta.label


def test_a_new_row_does_not_take_the_key_of_one_that_stands(client: Client) -> None:
    """The keys that a caller gives are for new rows only: one that is taken changes nothing, whoever it belongs to."""
    key, hospital = make_omnipotent("omni"), make_hospital("武汉市第二医院")
    model, device = make_model(), make_device(hospital)
    before = [managed(type(row)).filter(pk=row.pk).values().get() for row in (hospital, model, device)]
    documents = {
        "organisations.register": {"name": "另一家医院", "roles": ["hospital"], "id": str(hospital.pk)},
        "devices.register_model": {"name": "另一型号", "id": str(model.pk)},
        "devices.register": {"model": str(model.pk), "hospital": str(hospital.pk), "serial": "SN-1", "id": str(device.pk)},
    }
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    for verb, document in documents.items():
        answer = client.post(f"/api/v1/operations/{verb}", json.dumps(document), content_type=JSON)
        assert answer.status_code == 409, f"{verb}: {answer.status_code} {answer.content.decode()}"
    assert before == [managed(type(row)).filter(pk=row.pk).values().get() for row in (hospital, model, device)]


def test_every_id_that_comes_in_as_a_plain_value_has_a_reason() -> None:
    plain = {f"{verb}.{'.'.join(map(str, path))}" for verb, op in REGISTER.items() for path, kind in all_places(op) if kind is UUID}
    assert plain == set(PLAIN_IDS)


def asked(client: Client, method: str, address: str) -> Any:
    """Ask for a page, and undo what the question did to the one transaction that a test is: a refusal of the wall breaks it."""
    mark = transaction.savepoint()
    answer = getattr(client, method)(address)
    transaction.savepoint_rollback(mark)
    return answer


def test_a_collection_shows_no_row_of_others(outsider: Actor, client: Client, rows: dict[type[models.Model], UUID]) -> None:
    # with every right somebody from outside asks for columns that the wall hides: then there is nothing at all
    wrong, answers = [], {200} if outsider.side == "ours" else {200, 404}
    for resource in registers.resources.values():
        if resource.model not in hidden(list(rows), outsider):
            continue
        key = rows[resource.model]
        one, page = (asked(client, "get", f"/api/v1/{resource.collection}{end}") for end in (f"/{key}", ""))
        if one.status_code != 404 or str(key) in page.content.decode() or page.status_code not in answers:
            wrong.append(f"{resource.collection}: {one.status_code}, {page.status_code}")
    assert not wrong


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> list[tuple[str, str]]:
    """Return every address that holds one id, with the name of its place."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, route)
        elif route.count("<") == 1 and "<uuid:" in route:
            found.append((f"/{route}", f"<uuid:{next(iter(pattern.pattern.converters))}>"))
    return found


def told(client: Client, method: str, address: str) -> tuple[int, str]:
    """Return an answer without what differs each time: ids and tokens of forms."""
    answer = asked(client, method, address)
    return answer.status_code, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{3}-[0-9a-f]{8}|[0-9A-Za-z]{64}", "", answer.content.decode())


def test_a_page_tells_no_more_of_a_row_of_others_than_of_none(
    outsider: Actor, client: Client, rows: dict[type[models.Model], UUID]
) -> None:
    wrong = []
    for route, place in addresses():
        none = route.replace(place, str(uuid4()))
        method = "post" if asked(client, "get", none).status_code == 405 else "get"
        of_none = told(client, method, none)
        assert of_none[0] < 500
        for model in hidden(list(rows), outsider):
            if model._meta.label not in SHARED and model._meta.app_label != route.split("/")[1]:
                continue
            if told(client, method, route.replace(place, str(rows[model]))) != of_none:
                wrong.append(f"{method} {route} with a {model._meta.label}")
    assert not wrong, "\n".join(wrong)
