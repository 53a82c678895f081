"""The description of the API for people: the same document, laid out for the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson

from anwei.core.operation import REGISTER
from anwei.core.registers import registers
from anwei.core.rights import RIGHTS, Right
from anwei.entrances.api.openapi import document

SAMPLES = {"uuid": "0193…", "date-time": "2026-11-24T14:30:00+08:00", "date": "2026-11-24", "base64": "aGVsbG8="}


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a deed, or one filter of a collection."""

    name: str
    kind: str
    required: bool
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One address."""

    name: str
    method: str
    address: str
    summary: str
    text: str
    right: Right
    arguments: Sequence[Argument]
    example: str


@dataclass(frozen=True, slots=True)
class Section:
    """The addresses of one app, or all collections."""

    name: str
    entries: Sequence[Entry]


def sections(origin: str) -> list[Section]:
    """Return everything the API offers, collections first, then the deeds app by app."""
    deeds = sorted(REGISTER)
    apps = [Section(app, [_deed(verb, origin) for verb in verbs]) for app, verbs in groupby(deeds, lambda verb: verb.partition(".")[0])]
    return [Section("collections", [_collection(name, origin) for name in sorted(registers.resources)]), *apps]


def _deed(verb: str, origin: str) -> Entry:
    described = document()["paths"][f"/operations/{verb}"]["post"]
    form = _resolved(described["requestBody"]["content"]["application/json"]["schema"])
    required = form.get("required", [])
    body = orjson.dumps({name: _sample(form["properties"][name]) for name in required}).decode()
    address = f"/api/v1/operations/{verb}"
    head = f"curl {origin}{address} -H 'Authorization: Bearer aw_…' -H 'Idempotency-Key: 7b0c…'"
    example = f"{head} \\\n     -H 'Content-Type: application/json' -d '{body}'"
    arguments = [Argument(name, _kind(schema), name in required, "") for name, schema in form.get("properties", {}).items()]
    text = described["description"].partition("\n")[2].strip()
    return Entry(verb, "POST", address, described["summary"], text, RIGHTS[described["x-right"]], arguments, example)


def _collection(name: str, origin: str) -> Entry:
    described = document()["paths"][f"/{name}"]["get"]
    arguments = [Argument(p["name"], _kind(p["schema"]), False, p["description"]) for p in described["parameters"]]
    example = f"curl '{origin}/api/v1/{name}?limit=20' -H 'Authorization: Bearer aw_…'"
    return Entry(name, "GET", f"/api/v1/{name}", described["summary"], "", RIGHTS[described["x-right"]], arguments, example)


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    ref = schema.get("$ref", "")
    return document()["components"]["schemas"][ref.rpartition("/")[2]] if ref else schema


def _kind(schema: Mapping[str, Any]) -> str:
    """Say in a word or two what a schema takes."""
    schema = _resolved(schema)
    if "anyOf" in schema:
        return " | ".join(_kind(s) for s in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " | ".join(str(v) for v in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}]"
    if "properties" in schema:
        return "{" + ", ".join(schema["properties"]) + "}"
    return str(schema.get("format") or ("decimal as text" if "examples" in schema else schema.get("type", "any")))


def _sample(schema: Mapping[str, Any]) -> Any:
    """Return a value that shows the form of a schema."""
    schema = _resolved(schema)
    if "anyOf" in schema:
        return _sample(schema["anyOf"][0])
    if "enum" in schema or "const" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    if schema.get("type") == "array":
        return [_sample(schema["items"])]
    if "properties" in schema:
        return {name: _sample(s) for name, s in schema["properties"].items() if name in schema.get("required", [])}
    plain = {"integer": 1, "boolean": True, "object": {}, "null": None}
    return SAMPLES.get(schema.get("format", "")) or (
        schema["examples"][0] if "examples" in schema else plain.get(schema.get("type", ""), "…")
    )
