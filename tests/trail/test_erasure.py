"""Personal values are erased from the history; what was done, by whom and when stays, and stays proved."""

import json
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from anwei.core.actor import Actor
from anwei.core.errors import NoRight
from anwei.core.operation import record
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.errors import HoldsNothingPersonal
from anwei.foundation.audit.models import Change, Deed
from anwei.foundation.audit.note import Signer
from anwei.foundation.audit.operations import erase_personal
from anwei.foundation.audit.queries import timeline
from anwei.foundation.audit.verification import verify_trail
from anwei.foundation.organisations.models import Contact
from anwei.foundation.organisations.operations import add_contact, register
from tests.trail.factory import connect, deed, seal

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed_together")]
KIND = "organisations.Contact"


@deed
def leave(*, actor: Actor, contact: Contact) -> None:
    """Forget who a contact was, in the record itself."""
    Contact.objects.filter(pk=contact.pk).update(name="", phone="")
    record(contact, "tests.left")


def everything() -> str:
    """Return all the trail holds, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select string_agg(x, '') from (select row_to_json(d)::text from trail.deed d union all select row_to_json(c)::text from"
            " trail.change c union all select row_to_json(p)::text from trail.personal p union all select row_to_json(a)::text"
            " from trail.answer a) rows(x)"
        )
        return str(cursor.fetchone()[0])


def test_erased_values_are_gone_and_all_proofs_hold(tmp_path: Path) -> None:
    stella = make_actor("stella", "data_steward")
    hospital = register(actor=stella, name="第一医院", roles=["hospital"])
    contact = add_contact(actor=stella, organisation=hospital, name="欧阳晓梅", phone="13911112222")
    leave(actor=stella, contact=contact)
    seal(tmp_path / "key", tmp_path / "copies")
    assert "欧阳晓梅" in everything() and "13911112222" in everything()
    before = json.dumps(list(Change.objects.filter(row_key=str(contact.pk)).values_list("delta", flat=True)))
    assert "欧阳晓梅" not in before and "sha256:" in before

    assert erase_personal(actor=stella.because("asked by the person"), kind=KIND, id=contact.pk) == 4

    assert "欧阳晓梅" not in everything() and "13911112222" not in everything()
    seal(tmp_path / "key", tmp_path / "copies")
    verdict = verify_trail(tmp_path / "key", tmp_path / "copies")
    assert verdict.ok and verdict.unsealed == 0, verdict.findings
    newest, *older = timeline(stella, KIND, contact.pk)
    assert (newest.verb, newest.reason) == ("audit.erase_personal", "asked by the person")
    assert [(f.column, f.old, f.new, f.state) for f in newest.changes[0].fields] == [("name", 2, 0, "erased"), ("phone", 2, 0, "erased")]
    states = {f.column: (f.old, f.new, f.state) for f in older[-1].changes[0].fields if f.column in ("name", "phone")}
    assert states == {"name": (None, None, "erased"), "phone": (None, None, "erased")}
    assert erase_personal(actor=stella, kind=KIND, id=contact.pk) == 0, "there is nothing left to erase"


def test_a_deleted_record_may_still_be_erased() -> None:
    stella = make_actor("stan", "data_steward")
    hospital = register(actor=stella, name="第三医院", roles=["hospital"])
    contact = add_contact(actor=stella, organisation=hospital, name="某人", phone="13722223333")

    @deed
    def delete(*, actor: Actor, contact: Contact) -> None:
        """Delete a contact."""
        record(contact, "tests.deleted")
        contact.delete()

    key = contact.pk
    delete(actor=stella, contact=contact)
    assert erase_personal(actor=stella, kind=KIND, id=key) == 4
    assert "13722223333" not in everything()


def test_who_may_not_erase_is_refused_and_a_kind_without_personal_data_too() -> None:
    stella = make_actor("susan", "data_steward")
    hospital = register(actor=stella, name="第四医院", roles=["hospital"])
    contact = add_contact(actor=stella, organisation=hospital, name="某人", phone="1")
    with pytest.raises(NoRight):
        erase_personal(actor=make_actor("audrey", "auditor"), kind=KIND, id=contact.pk)
    for kind in ("organisations.Organisation", "nothing.Such", "nonsense"):
        with pytest.raises(HoldsNothingPersonal):
            erase_personal(actor=stella, kind=kind, id=hospital.pk)
    assert Deed.objects.filter(verb="audit.erase_personal", outcome="refused").count() == 4


def test_nothing_is_erased_outside_a_deed() -> None:
    with connect("app") as app:
        with pytest.raises(psycopg.DatabaseError, match="outside a deed"):
            app.execute("select trail.erase_personal('organisations_contact', gen_random_uuid()::text)")
        for statement in ("delete from trail.personal", "update trail.personal set old = null"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


def test_a_forged_personal_value_is_found(tmp_path: Path) -> None:
    stella = make_actor("sybil", "data_steward")
    hospital = register(actor=stella, name="第五医院", roles=["hospital"])
    add_contact(actor=stella, organisation=hospital, name="真名", phone="13633334444")
    seal(tmp_path / "key")
    with connect("owner") as owner:
        owner.execute("update trail.personal set new = '\"假名\"' where new = '\"真名\"'")
    assert [f for f in verify_trail(tmp_path / "key", None).findings if "beside change" in f]
    assert Signer.kept_in(tmp_path / "key")
