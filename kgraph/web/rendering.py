"""The pages' templates and what they may call. Everything is escaped; a name that is not there is an error."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.templating import Jinja2Templates

from kgraph.ontology import load_ontology
from kgraph.web.catalogue import Node
from kgraph.web.curating import is_curator, proof

__all__ = ["asset", "asset_content", "make_templates", "path_of", "words"]

_PLURALS = {
    "Paper": "papers",
    "Method": "methods",
    "Task": "tasks",
    "Dataset": "data sets",
    "Metric": "metrics",
    "Hardware": "hardware",
    "Organization": "organizations",
    "Software": "software",
}
_INVERSE = {
    "usedFor": "what is used for it",
    "evaluatedOn": "evaluated on it",
    "trainedOn": "trained on it",
    "runsOn": "runs on it",
    "comparedWith": "compared with it",
    "partOf": "its parts",
    "subclassOf": "its kinds",
    "basedOn": "based on it",
    "madeBy": "made by it",
}


def make_templates() -> Jinja2Templates:
    """The templates, ready to render."""
    environment = Environment(
        loader=PackageLoader("kgraph.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        asset=asset,
        path_of=path_of,
        types=load_ontology().types,
        plural=_PLURALS.get,
        words=words,
        inverse=lambda predicate: _INVERSE.get(predicate, f"{words(predicate)}, the other way"),
        is_curator=is_curator,
        proof=proof,
        with_query=lambda **values: urlencode({name: value for name, value in values.items() if value}),
    )
    environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    environment.filters["number"] = lambda value: f"{value:,}"
    return Jinja2Templates(env=environment)


def path_of(node: Node) -> str:
    """The address of a node's page on this server; an IRI may stand here with any letters."""
    return f"/id/{quote(node.id, safe='/%:@!$&()*+,;=~-._')}"


def words(name: str) -> str:
    """What a role, predicate or class is called.

    >>> words("runsOn"), words("broader")
    ('runs on', 'belongs under')
    """
    others = {"broader": "belongs under", "exactMatch": "the same elsewhere", "source": "listed in"}
    return others.get(name) or load_ontology().labels.get(name, name)


@cache
def asset_content(name: str) -> bytes | None:
    """A file of the pages; None where there is none of that name."""
    known = {file.name: file for file in (files("kgraph.web") / "static").iterdir()}
    return known[name].read_bytes() if name in known else None


@cache
def asset(name: str) -> str:
    """The address of a file of the pages, which changes with its content so that browsers may keep it for good."""
    content = asset_content(name)
    assert content is not None, name
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
