"""The API does what its own description says, for valid and for spoilt requests alike, and never fails with a fault of its own."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi import checks as openapi

from anwei.core.rights import RIGHTS
from anwei.entrances.api.door import LIMIT
from tests.proofs.callers import bearer, make_omnipotent

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
]


@pytest.fixture(autouse=True)
def free(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this caller call as often as it likes."""
    monkeypatch.setattr(LIMIT, "burst", 10**9)
    yield
    LIMIT.buckets.clear()


@schema.parametrize()
@settings(max_examples=6, derandomize=True, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
def test_the_api_is_as_it_is_described(case: schemathesis.Case, door_key: str) -> None:
    case.call_and_validate(headers=bearer(door_key), checks=CHECKS)


@pytest.fixture
def door_key() -> str:
    return make_omnipotent("schema")


def test_the_caller_of_these_tests_holds_every_right() -> None:
    assert RIGHTS
