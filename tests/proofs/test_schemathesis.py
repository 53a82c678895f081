"""The API does what its own description says, for valid and for spoilt requests alike, and never fails with a fault of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi import checks as openapi

from anwei.entrances.api.openapi import document
from tests.proofs.callers import bearer, make_omnipotent

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
SAMPLED = 16
PLAIN = {"Accept-Encoding": "identity"}  # the client of these tests unpacks nothing
CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
]


@pytest.fixture(autouse=True)
def within_one_transaction(unbounded: None) -> Iterator[None]:
    """Keep the transaction of the test open from call to call."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def door_key() -> str:
    return make_omnipotent("schema")


def tries(examples: int) -> Any:
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def is_sampled(context: Any) -> bool:
    """Take every n-th address, so that the short form stays short however many there are."""
    paths = sorted(document()["paths"])
    return paths.index(context.operation.path) % max(1, len(paths) // SAMPLED) == 0


@schema.include(is_sampled).parametrize()
@tries(3)  # type: ignore[untyped-decorator]
def test_a_sample_of_the_api_is_as_it_is_described(case: schemathesis.Case[Any], door_key: str) -> None:
    case.call_and_validate(headers=bearer(door_key) | PLAIN, checks=CHECKS)


@pytest.mark.long
@schema.parametrize()
@tries(10)  # type: ignore[untyped-decorator]
def test_the_api_is_as_it_is_described(case: schemathesis.Case[Any], door_key: str) -> None:
    case.call_and_validate(headers=bearer(door_key) | PLAIN, checks=CHECKS)
