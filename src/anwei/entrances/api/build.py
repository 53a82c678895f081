"""The API, built from the registers: an address per operation, a collection per resource."""

import inspect
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from pydantic import AwareDatetime

from anwei.core.doors.arguments import form_for
from anwei.core.errors import NotFound
from anwei.core.operation import REGISTER, Operation
from anwei.core.registers import Resource, registers
from anwei.core.resources import page_of, rows_of, shown
from anwei.entrances.api.door import TokenAuth, perform, session_auth
from anwei.entrances.api.problems import install, problem
from anwei.entrances.api.schemas import PROBLEMS

PAGING = {"limit", "cursor", "updated_since"}


def _json(body: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(body, default=str), status=status, content_type="application/json")


def _deed(op: Operation[..., Any]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, payload: Any) -> HttpResponse:
        answer = perform(request, op, payload)
        refused = answer.status >= 400
        response = problem(answer.status, answer.body["code"], answer.body["detail"]) if refused else _json(answer.body)
        response["Deed"] = str(answer.deed)
        if answer.replayed:
            response["Idempotency-Replayed"] = "true"
        return response

    payload = inspect.Parameter("payload", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=form_for(op))
    view.__signature__ = inspect.Signature([inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD), payload])  # type: ignore[attr-defined]
    view.__name__ = op.verb.replace(".", "_")
    return view


def _collection(resource: Resource) -> Callable[..., HttpResponse]:
    def view(
        request: HttpRequest, limit: int = 100, cursor: UUID | None = None, updated_since: AwareDatetime | None = None
    ) -> HttpResponse:
        filters = {name: str(value) for name, value in request.GET.items() if name not in PAGING}
        since: datetime | None = updated_since
        return _json(page_of(resource, request.auth, filters, limit=limit, cursor=cursor, updated_since=since))  # type: ignore[attr-defined]

    view.__name__ = f"list_{resource.collection.replace('-', '_')}"
    return view


def _one(resource: Resource) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        row = rows_of(resource, request.auth).filter(pk=id).first()  # type: ignore[attr-defined]
        if row is None:
            raise NotFound(kind=resource.collection)
        return _json(shown(resource, row, request.auth))  # type: ignore[attr-defined]

    view.__name__ = f"get_{resource.collection.replace('-', '_')}"
    return view


def build() -> NinjaAPI:
    """Return the API with every registered operation and collection."""
    api = NinjaAPI(title="Anwei API", version="1", urls_namespace="api", docs_url=None, auth=[TokenAuth(), session_auth])
    install(api)
    responses: Any = {200: Any} | PROBLEMS
    for verb, op in sorted(REGISTER.items()):
        key = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 100}}
        api.post(
            f"/operations/{verb}", operation_id=verb, summary=op.summary, description=inspect.getdoc(op.function) or "", response=responses,
            tags=[verb.partition(".")[0]], openapi_extra={"parameters": [key], "x-right": op.right},
        )(_deed(op))  # fmt: skip
    for name, resource in sorted(registers.resources.items()):
        offered = [{"name": f, "in": "query", "required": False, "schema": {"type": "string"}} for f in resource.filters]
        api.get(
            f"/{name}", operation_id=f"{name}.list", summary=f"List {name}, newest first", response=responses, tags=["collections"],
            openapi_extra={"parameters": offered, "x-right": resource.right},
        )(_collection(resource))  # fmt: skip
        api.get(
            f"/{name}/{{id}}", operation_id=f"{name}.get", summary=f"Read one of {name}", response=responses, tags=["collections"],
            openapi_extra={"x-right": resource.right},
        )(_one(resource))  # fmt: skip
    return api
