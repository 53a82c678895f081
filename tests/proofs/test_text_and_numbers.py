"""T46: hostile text and numbers through every field of every operation: never a fault of ours; stored is what was sent, or refused."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from anwei.core.operation import REGISTER
from tests.proofs.callers import JSON, make_omnipotent
from tests.proofs.documents import all_places, document_for, put
from tests.proofs.world import named_models, one_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600), pytest.mark.filterwarnings("ignore:No directory at")]
LONG = json.dumps("很" * 4_000)
NESTED = '{"a":' * 90 + "1" + "}" * 90
HERE = "@here@"
# as they stand in JSON: some of them no JSON library would write
HOSTILE: dict[Any, list[str]] = {
    str: [
        '"\\u0000"', '"a\\ud800"', '"\\udfffb"', json.dumps("x" * 10_001), LONG, '"𠮷😀한Ａ１"', '"\\u202e<script>alert(1)</script>"',
        '"%s %(x)s {0} \' or 1=1 --"', '""', '"   "', "1e400", "[]", "null",
    ],
    Decimal: [
        '"NaN"', '"1e400"', '"-0"', '"１"', '"9999999999999"', '"999999999999.999999"', '"-1"', '"0.0000001"', '"0"', "1.5", "1e400", '""',
    ],
    int: ["2147483647", "-2147483648", "99999999999999999999", "1e400", "1.5", '"1"', "true", "0", "-1"],
    bool: ['"true"', "1", "null"],
    datetime: [
        '"2099-02-30T00:00:00Z"', '"0001-01-01T00:00:00Z"', '"9999-12-31T23:59:59+14:00"', '"1970-01-01T00:00:00Z"', '"2026-11-24"', "0",
    ],
    date: ['"2099-02-30"', '"0001-01-01"', '"1970-01-01"', '"2099-12-31"', '"２０２６-01-01"', "0"],
    dict: ['{"a": "\\u0000"}', '{"a": 1e400}', NESTED, '{"\\ud800": 1}', '{"a": 1' + "0" * 30 + "}", "[]", "{}"],
    UUID: ['"x"', "7", '"00000000-0000-0000-0000-000000000000"', '"' + "0" * 33 + '"'],
    bytes: ['"!"', '""', '"PHN2Zz48c2NyaXB0Lz48L3N2Zz4="', "null"],
}  # fmt: skip


def test_hostile_values_in_every_field_are_refused_or_kept_as_sent(client: Client, unbounded: None) -> None:
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {make_omnipotent('omni')}"
    client.raise_request_exception = False
    rows, wrong, sent = one_of_each(named_models()), [], 0
    for verb, op in sorted(REGISTER.items()):
        for path, kind in all_places(op):
            for fragment in HOSTILE.get(kind, HOSTILE[UUID]):
                document = document_for(op, rows.__getitem__)
                put(document, path, HERE)
                body = json.dumps(document).replace(f'"{HERE}"', fragment)
                answer, sent = client.post(f"/api/v1/operations/{verb}", body.encode(), content_type=JSON), sent + 1
                if (fault := fault_of(answer, path, fragment)) is not None:
                    wrong.append(f"{verb} {'.'.join(map(str, path))} = {fragment[:40]}: {fault}")
    assert sent > 1000
    assert not wrong, "\n".join(wrong)


def fault_of(answer: Any, path: tuple[str | int, ...], fragment: str) -> str | None:
    """Return what is wrong with an answer: a fault of ours, or a value that was changed on its way."""
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if answer.status_code != 200 or len(path) != 1:
        return None
    told = answer.json()
    if isinstance(told, dict) and isinstance(told.get(path[0]), str) and fragment.startswith('"'):
        kept, given = told[path[0]], json.loads(fragment)
        if kept not in (given, given.strip(), given.upper()) and not _equal_number(kept, given):
            return f"kept as {kept[:40]!r}"
    return None


def _equal_number(kept: str, given: str) -> bool:
    try:
        return Decimal(kept) == Decimal(given)
    except ArithmeticError:
        return False
