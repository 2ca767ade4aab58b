"""The description of the JSON API in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0)."""

from __future__ import annotations

from functools import cache
from typing import Any

from kgraph import __version__
from kgraph.ontology import load_ontology
from kgraph.questions import load_questions

__all__ = ["document"]

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0}
_MAYBE: dict[str, Any] = {"type": ["string", "null"]}
_OBJECT: dict[str, Any] = {"type": "object"}


@cache
def document() -> dict[str, Any]:
    """What every address of the API takes and gives."""
    types = ["Paper", *load_ontology().types]
    start = _parameter("start", "how many to leave out", {**_NUMBER, "maximum": 1_000_000, "default": 0})
    type = {"type": "string", "enum": types}
    words = _parameter(
        "q", "words, the last may be a beginning", {**_TEXT, "minLength": 1, "maxLength": 200}, needed=True
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "kgraph", "version": __version__, "description": "What papers propose, use and measure."},
        "paths": {
            "/api/search": _get("Search papers and entities", "Found", [
                words, _parameter("type", "only things of this type", type), start, _most(20),
            ], refuses=True),
            "/api/types": _get("The types of things", "Types"),
            "/api/types/{type}": _get("The things of a type", "Listed", [
                _parameter("type", "the type", type, place="path"), start, _most(50),
            ], refuses=True, absent=True),
            "/api/things/{id}": _get("A paper or an entity", "Thing", [
                _parameter("id", "a relative id such as hardware/nvidia-a100", _TEXT, place="path"), start,
            ], refuses=True, absent=True),
            "/api/questions": _get("The named questions", "Questions"),
            "/api/questions/{name}": _get("The answer to a named question", "Answer", [
                _parameter("name", "its name", {"type": "string", "enum": sorted(load_questions())}, place="path"),
                *_arguments(),
            ], refuses=True, absent=True, asks=True),
            "/api/ask": _get("The answer to a question in plain words", "Understood", [
                _parameter("q", "the question", {**_TEXT, "minLength": 1, "maxLength": 300}, needed=True),
            ], refuses=True, asks=True),
        },
        "components": {"schemas": _schemas(types)},
    }  # fmt: skip


def _parameter(
    name: str, meaning: str, schema: dict[str, Any], *, place: str = "query", needed: bool = False
) -> dict[str, Any]:
    required = {"required": True} if needed or place == "path" else {}
    return {"name": name, "in": place, "description": meaning, "schema": schema, **required}


def _most(otherwise: int) -> dict[str, Any]:
    return _parameter(
        "most", "how many to give", {"type": "integer", "minimum": 1, "maximum": 100, "default": otherwise}
    )


def _arguments() -> list[dict[str, Any]]:
    """The parameters of all questions; which of them takes which is told by /api/questions."""
    known = {p.name: p.type for question in load_questions().values() for p in question.parameters}
    return [_parameter(name, f"for questions that take it ({type})", _TEXT) for name, type in sorted(known.items())]


def _get(
    summary: str,
    gives: str,
    parameters: list[dict[str, Any]] | None = None,
    *,
    refuses: bool = False,
    absent: bool = False,
    asks: bool = False,
) -> dict[str, Any]:
    statuses = {"200": (summary, gives)}
    statuses |= {"400": ("what is wrong", "Problem")} if refuses else {}
    statuses |= {"404": ("there is none", "Problem")} if absent else {}
    late = {"413": "the answer is too large", "503": "all processes are busy", "504": "it took too long",
            "507": "it took too much memory"}  # fmt: skip
    statuses |= {status: (meaning, "Problem") for status, meaning in late.items()} if asks else {}
    responses = {
        status: {
            "description": meaning,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        }
        for status, (meaning, schema) in statuses.items()
    }
    operation = {"summary": summary, "operationId": gives.lower(), "responses": responses}
    return {"get": operation | ({"parameters": parameters} if parameters else {})}


def _schemas(types: list[str]) -> dict[str, Any]:
    node = _record({"id": _TEXT, "iri": _TEXT, "type": {"enum": types}, "name": _TEXT}, papers=_NUMBER, date=_MAYBE)
    nodes = {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}
    answer = {"sparql": _TEXT, "notes": {"type": "array", "items": _TEXT}, "answer": _OBJECT}
    return {
        "Node": node,
        "Problem": _record({"error": _TEXT}),
        "Found": _record({"total": _NUMBER, "instead": _MAYBE, "things": nodes}),
        "Listed": _record({"total": _NUMBER, "things": nodes}),
        "Types": {"type": "array", "items": _record({"type": {"enum": types}, "things": _NUMBER})},
        "Thing": _record(
            {"id": _TEXT, "iri": _TEXT, "type": {"enum": types}, "name": _TEXT, "values": {"type": "array"},
             "results": {"type": "array"}, "resultsTotal": _NUMBER}
        ),
        "Questions": {
            "type": "array",
            "items": _record({"name": _TEXT, "question": _TEXT, "parameters": {"type": "array"}, "sparql": _TEXT}),
        },
        "Answer": _record(answer),
        "Understood": _record({"question": _TEXT, "arguments": _OBJECT, **answer}),
    }  # fmt: skip


def _record(needed: dict[str, Any], **others: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": sorted(needed), "properties": {**needed, **others}}
