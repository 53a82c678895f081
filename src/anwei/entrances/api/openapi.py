"""The description of the API as OpenAPI 3.1, made from the registers."""

import inspect
import types
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Union, get_args, get_origin

from django.db import models
from pydantic.json_schema import models_json_schema

from anwei.core.doors.arguments import form_for
from anwei.core.doors.values import NUMBER
from anwei.core.operation import REGISTER, Operation
from anwei.core.registers import Field, Resource, registers
from anwei.entrances.api.parameters import described, described_fields

TYPES: dict[Any, dict[str, Any]] = {
    str: {"type": ["string", "null"]}, bool: {"type": ["boolean", "null"]}, int: {"type": ["integer", "null"]},
    list: {"type": ["array", "null"]}, dict: {"type": ["object", "null"]},
}  # fmt: skip
NUMERIC = {"type": ["string", "null"], "pattern": f"^{NUMBER}$"}
ERRORS = {
    "400": "The request cannot be read", "401": "No valid token, no session", "403": "No role of the caller allows it",
    "404": "No such record, or not the caller's to see", "405": "Another method is meant", "409": "Refused by a rule, or stale",
    "413": "Too large", "415": "Not JSON", "422": "A value does not fit", "429": "Too often", "503": "Busy: send it again",
}  # fmt: skip
READING, DOING = ("401", "403", "404", "405", "422", "429", "503"), tuple(ERRORS)
PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457): what happened, in the caller's language, and a stable code.",
    "required": ["type", "title", "status", "detail", "code", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object", "properties": {"field": {"type": "string"}, "reason": {"type": "string"}}}},
    },
}
INTRODUCTION = """Everything the pages do, programs can do: every deed is `POST /operations/<name>`, everything read is a collection.

Deeds are safe to send again: give each an `Idempotency-Key`, and the second delivery answers with the first answer. Decimal numbers
are text, times carry their offset, unknown arguments are refused. Errors are `application/problem+json`."""


@cache
def document() -> dict[str, Any]:
    """Return the whole description."""
    deeds = sorted(REGISTER.values(), key=lambda op: op.verb)
    collections = sorted(registers.resources.values(), key=lambda r: r.collection)
    refs, forms = models_json_schema([(form_for(op), "validation") for op in deeds], ref_template="#/components/schemas/{model}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Anwei API",
            "version": version("anwei"),
            "description": INTRODUCTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "tags": [{"name": tag} for tag in sorted({op.verb.partition(".")[0] for op in deeds} | {"collections"})],
        "paths": {f"/operations/{op.verb}": {"post": _deed(op, refs[form_for(op), "validation"])} for op in deeds}
        | {f"/{r.collection}": {"get": _list(r)} for r in collections}
        | {f"/{r.collection}/{{id}}": {"get": _one(r)} for r in collections},
        "components": {
            "schemas": {"Problem": PROBLEM} | forms.get("$defs", {}) | {_row_name(r): _row(r) for r in collections},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "A named key, made under Keys for programs."}},
            "responses": {code: _problem(code) for code in ERRORS},
        },
    }


def _problem(code: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": ERRORS[code],
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if code in ("429", "503"):
        answer["headers"] = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}}
    return answer


def _answers(schema: dict[str, Any], errors: tuple[str, ...], headers: dict[str, Any] | None = None) -> dict[str, Any]:
    done: dict[str, Any] = {"description": "Done", "content": {"application/json": {"schema": schema}}}
    if headers:
        done["headers"] = {name: {"description": text, "schema": {"type": "string"}} for name, text in headers.items()}
    return {"200": done} | {code: {"$ref": f"#/components/responses/{code}"} for code in errors}


def _header(name: str, text: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": text, "schema": {"type": "string"} | schema}


def _deed(op: Operation[..., Any], form: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        _header("Idempotency-Key", "Sent again under the same key, the first answer comes back.", pattern="^[!-~]{1,100}$"),
        _header("Reason", "Why, for the trail.", maxLength=1000),
    ]
    if op.on:
        parameters.append(_header("If-Match", f"The version of `{op.on}` seen (its ETag); a later one is refused as stale."))
    returned = _returned(op.signature.return_annotation)
    return {
        "operationId": op.verb,
        "tags": [op.verb.partition(".")[0]],
        "summary": op.summary,
        "description": inspect.getdoc(op.function) or "",
        "x-right": op.right,
        "parameters": parameters,
        "requestBody": {"required": True, "content": {"application/json": {"schema": form}}},
        "responses": _answers(returned, DOING, {"Deed": "Its entry in the trail", "Idempotency-Replayed": "true: the stored first answer"}),
    }


def _returned(annotation: Any) -> dict[str, Any]:
    """Describe a result as `show` writes it."""
    if get_origin(annotation) in (Union, types.UnionType):
        return {"anyOf": [_returned(a) for a in get_args(annotation)]}
    if annotation in (None, type(None)):
        return {"type": "null"}
    if get_origin(annotation) in (list, tuple):
        return {"type": "array", "items": _returned(get_args(annotation)[0])}
    if isinstance(annotation, type) and issubclass(annotation, models.Model):
        return _record(annotation)
    if is_dataclass(annotation):
        return {"type": "object", "properties": {f.name: _returned(f.type) for f in fields(annotation)}}
    return TYPES.get(annotation, {})


def _record(model: type[models.Model]) -> dict[str, Any]:
    resource = registers.resource_of(model)
    row = {"$ref": f"#/components/schemas/{_row_name(resource)}"} if resource else _object({"id": {"type": "string", "format": "uuid"}})
    if not hasattr(model, "secret"):
        return row
    return {"allOf": [row, {"type": "object", "properties": {"secret": {"type": "string", "description": "Told in this answer alone."}}}]}


def _row_name(resource: Resource) -> str:
    return f"{resource.collection}.row"


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": ["id"], "properties": properties}


def _row(resource: Resource) -> dict[str, Any]:
    shown = {f.name: TYPES.get(f.kind, NUMERIC) | _only_with(f) for f in resource.fields}
    return _object({"id": {"type": "string", "format": "uuid"}} | shown)


def _only_with(field: Field) -> dict[str, Any]:
    return {"x-right": field.right, "description": f"Shown with the right {field.right}."} if field.right else {}


def _list(resource: Resource) -> dict[str, Any]:
    page = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{_row_name(resource)}"}},
            "next": {"type": ["string", "null"], "description": "`cursor` of the next page; null: this was the last"},
        },
    }
    return {
        "operationId": f"{resource.collection}.list",
        "tags": ["collections"],
        "summary": f"Read {resource.collection}, newest first",
        "x-right": resource.right,
        "parameters": described(resource),
        "responses": _answers(page, READING),
    }


def _one(resource: Resource) -> dict[str, Any]:
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    answers = _answers({"$ref": f"#/components/schemas/{_row_name(resource)}"}, READING, {"ETag": "The version of the record"})
    return {
        "operationId": f"{resource.collection}.get",
        "tags": ["collections"],
        "summary": f"Read one of {resource.collection}",
        "x-right": resource.right,
        "parameters": [key, described_fields(resource), _header("If-None-Match", "Answer 304 while the version is this.")],
        "responses": answers | {"304": {"description": "Not changed"}},
    }
