"""T25: whoever owns the database may try what they like on the sealed trail; it is found, in place and from an export."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction

from anwei.foundation.audit import sealed
from anwei.foundation.audit.export import export
from anwei.foundation.audit.note import Signer
from anwei.foundation.audit.verification import verify_trail
from anwei.foundation.audit.verify import Report, examine
from tests.trail.attacks import ATTACKS, Attack, edit, edit_and_hash_anew
from tests.trail.factory import as_superuser, open_branches, seal

pytestmark = pytest.mark.commit
LONG = 1_000


@dataclass(frozen=True)
class Company:
    """A trail sealed in several steps, with its key and its copies outside."""

    folder: Path

    @property
    def key(self) -> Path:
        return self.folder / "key"

    @property
    def copies(self) -> Path:
        return self.folder / "copies"

    def exported(self) -> Report:
        """Export as things stand and let the stand-alone verifier judge, with the copies outside at hand."""
        place = self.folder / "export"
        shutil.rmtree(place, ignore_errors=True)
        export(place, Signer.kept_in(self.key).verifier)
        return examine(place, self.copies)


@pytest.fixture(scope="module")
def company(committed_together: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """Seal five steps, then let the superuser in."""
    made = Company(tmp_path_factory.mktemp("company"))
    for _ in range(5):
        open_branches(3)
        seal(made.key, made.copies)
    with as_superuser():
        yield made


def attacked(company: Company, attack: Attack, seed: int) -> tuple[Report, list[str]]:
    """Attack, let both verifiers judge, and take the attack back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        attack(cursor, Random(seed), Signer.kept_in(company.key))
        found = company.exported(), verify_trail(company.key, company.copies).findings
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_every_attack_is_found_in_place_and_from_an_export(company: Company, attack: Attack) -> None:
    for seed in range(2):
        report, findings = attacked(company, attack, seed)
        assert report.findings, f"{attack.__name__}, seed {seed}: not found in the export"
        assert findings, f"{attack.__name__}, seed {seed}: not found in place"
    assert company.exported().findings == [], "the attack was taken back"
    assert verify_trail(company.key, company.copies).ok


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_thousand_random_attacks_are_found(company: Company) -> None:
    begin = Random().randrange(2**32)
    print(f"seed {begin}")
    missed = []
    for seed in range(begin, begin + LONG):
        attack = Random(seed).choice(ATTACKS)
        report, findings = attacked(company, attack, seed)
        if not report.findings or not findings:
            missed.append((attack.__name__, seed))
    print(f"{LONG} attacks, {len(missed)} missed")
    assert missed == []


def test_an_untouched_trail_has_no_findings_while_the_superuser_looks(company: Company) -> None:
    report, findings = attacked(company, lambda cursor, chance, signer: None, 0)
    assert report.findings == [] and findings == []
    assert report.newest and report.newest.outside


def test_an_edited_row_is_named_by_its_position(company: Company) -> None:
    size = sealed.extent().sealed
    for seed in range(5):
        position = Random(seed).choice(range(size))
        report, _findings = attacked(company, edit, seed)
        assert report.first_bad == position


def test_a_row_hashed_anew_lies_in_the_stretch_that_is_named(company: Company) -> None:
    size = sealed.extent().sealed
    for seed in range(5):
        position = Random(seed).choice(range(size))
        report, _findings = attacked(company, edit_and_hash_anew, seed)
        assert any(f.position <= position < f.until for f in report.findings)


def altered(company: Company, statement: str) -> list[str]:
    """Run one statement as the superuser, verify in place, and take it back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(statement)
        findings = verify_trail(company.key, company.copies).findings
        transaction.set_rollback(True)
    return findings


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("alter table branches_branch disable trigger trail", "trigger trail of branches_branch: disabled"),
        ("drop trigger trail on branches_branch", "trigger trail of branches_branch: missing"),
        ("alter table trail.position disable trigger no_rewrite", "trigger no_rewrite of position: disabled"),
        ("drop trigger trail_no_truncate on branches_branch", "trigger trail_no_truncate of branches_branch: missing"),
        (
            "create or replace trigger trail after insert or update or delete on organisations_contact for each row"
            " execute function trail.capture('{phone}', '{}', 'id')",
            "trigger trail of organisations_contact: wrong arguments",
        ),
        (
            "create or replace trigger trail after insert or update on branches_branch for each row"
            " execute function trail.capture('{}', '{}', 'id')",
            "trigger trail of branches_branch: not the trail's",
        ),
        (
            "create or replace trigger trail after insert or update or delete on branches_branch for each row when (false)"
            " execute function trail.capture('{}', '{}', 'id')",
            "trigger trail of branches_branch: not the trail's",
        ),
        ("create table aside (id uuid)", "trigger trail of aside: missing"),
    ],
)
def test_a_trigger_that_does_not_stand_as_installed_is_named(company: Company, statement: str, finding: str) -> None:
    assert finding in altered(company, statement)


def test_a_row_put_where_the_sealer_has_been_is_counted(company: Company) -> None:
    statement = (
        "insert into trail.deed select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()))).*"
        " from trail.deed d order by xid limit 1"
    )
    assert "1 rows without a place stand where the sealer has been" in altered(company, statement)


def test_a_change_that_names_no_deed_is_named_before_it_is_sealed(company: Company) -> None:
    statement = (
        "insert into trail.change overriding system value"
        " select (jsonb_populate_record(c, jsonb_build_object('seq', 999999, 'deed', gen_random_uuid(), 'xid', pg_current_xact_id()))).*"
        " from trail.change c limit 1"
    )
    assert any("names a deed that is not there" in finding for finding in altered(company, statement))
