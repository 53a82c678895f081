"""The API: an address per operation, a collection per resource, from the registers alone."""

from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anwei.core.actor import Actor
from anwei.core.doors.arguments import Malformed
from anwei.core.doors.delivery import perform_document
from anwei.core.doors.values import storable
from anwei.core.errors import NotFound
from anwei.core.operation import REGISTER
from anwei.core.pages import public_page
from anwei.core.registers import Resource, registers
from anwei.core.resources import page_of, rows_of, shown
from anwei.core.tables import version_of
from anwei.entrances.api.docs import sections
from anwei.entrances.api.door import door
from anwei.entrances.api.errors import NoSuchAddress, NotJson
from anwei.entrances.api.openapi import document
from anwei.entrances.api.parameters import only_fields, question
from anwei.entrances.api.problems import problem, told

LONGEST_REASON = 1000


def _json(body: object) -> HttpResponse:
    return HttpResponse(orjson.dumps(body, default=str), content_type="application/json")


@door(method="POST", rights="operations")
def operation(request: HttpRequest, actor: Actor, verb: str) -> HttpResponse:
    """Perform an operation; sent again under its Idempotency-Key, the first answer comes back."""
    if verb not in REGISTER:
        raise NoSuchAddress
    if request.content_type != "application/json":
        raise NotJson
    answer = perform_document(
        REGISTER[verb],
        request.body,
        actor.because(_reason(request)),
        request_id=_key(request),
        version=request.headers.get("If-Match", "").strip('"').replace("*", ""),
    )
    refused = answer.status >= 400
    response = problem(answer.status, answer.body["code"], answer.body["detail"]) if refused else _json(answer.body)
    response["Deed"] = str(answer.deed)
    if answer.replayed:
        response["Idempotency-Replayed"] = "true"
    return response


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key")
    if key == "":
        raise Malformed.of([{"field": "Idempotency-Key", "reason": "it is empty"}])
    return key or ""


def _reason(request: HttpRequest) -> str:
    """Read why, for the trail: UTF-8 in a header, which arrives as Latin-1."""
    try:
        reason = storable(request.headers.get("Reason", "").encode("latin-1").decode())
    except ValueError as error:
        raise Malformed.of([{"field": "Reason", "reason": "not UTF-8"}]) from error
    if len(reason) > LONGEST_REASON:
        raise Malformed.of([{"field": "Reason", "reason": f"longer than {LONGEST_REASON} characters"}])
    return reason


@door(method="GET", rights="collections")
def collection(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """Read a page of a collection."""
    resource = _resource(name)
    return _json(page_of(resource, actor, question(request.GET, resource)))


@door(method="GET", rights="collections")
def one(request: HttpRequest, actor: Actor, name: str, id: UUID) -> HttpResponse:
    """Read one record; its ETag is the version that `If-Match` of an operation takes."""
    resource = _resource(name)
    row = rows_of(resource, actor).filter(pk=id).first()
    if row is None:
        raise NotFound(kind=name)
    tag = f'"{version_of(row)}"'
    if request.headers.get("If-None-Match") == tag != '""':
        return HttpResponse(status=304, headers={"ETag": tag})
    response = _json(shown(resource, row, actor, only_fields(request.GET)))
    response["ETag"] = tag
    return response


def _resource(name: str) -> Resource:
    if name not in registers.resources:
        raise NoSuchAddress
    return registers.resources[name]


@public_page("the description of the interface holds no data")
def description(request: HttpRequest) -> HttpResponse:
    """Give the description of the API for programs."""
    return _json(document())


@public_page("the description of the interface holds no data")
def documentation(request: HttpRequest) -> HttpResponse:
    """Give the description of the API for people."""
    return render(request, "api/docs.html", {"sections": sections(request.build_absolute_uri("/")[:-1])})


@public_page("says only that there is nothing")
def lost(request: HttpRequest, path: str) -> HttpResponse:
    """Answer for every address that is none, as the API answers."""
    return told(NoSuchAddress())
