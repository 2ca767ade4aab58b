import inspect

import pytest

from kgraph import errors

EXAMPLES = {
    "KgraphError": errors.KgraphError("nothing to read: give a file or a folder"),
    "ReadError": errors.ReadError("papers.jsonl", 3, "the abstract is missing"),
    "OntologyError": errors.OntologyError("the concept x has no skos:prefLabel: give it one"),
    "ExtractionError": errors.ExtractionError("paper 1: 'Y' is used but is no entity: name it among them"),
    "EngineError": errors.EngineError("no scheduler answers at tcp://127.0.0.1:8786: start one"),
    "ExportError": errors.ExportError("exports/graph.ttl", "the disk is full"),
    "GraphNotFound": errors.GraphNotFound("exports"),
    "QueryError": errors.QueryError("line 1: a brace is missing"),
    "EvaluationError": errors.EvaluationError("gold.jsonl holds no annotations"),
    "MissingExtra": errors.MissingExtra("pictures in the terminal", "plots"),
}


def test_every_error_is_one_of_ours_and_has_an_example_here():
    classes = {
        name for name, found in inspect.getmembers(errors, inspect.isclass) if found.__module__ == errors.__name__
    }
    assert classes == set(EXAMPLES)
    assert classes < set(errors.__all__)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_error_is_one_line_and_a_kgraph_error(name):
    error = EXAMPLES[name]
    assert type(error).__name__ == name
    assert isinstance(error, errors.KgraphError)
    assert str(error)
    assert "\n" not in str(error)


def test_errors_carry_their_facts():
    read = errors.ReadError("papers.jsonl", 3, "the abstract is missing")
    assert (str(read), read.path, read.line) == ("papers.jsonl:3: the abstract is missing", "papers.jsonl", 3)
    assert str(errors.ReadError("papers.jsonl", None, "it is empty")) == "papers.jsonl: it is empty"
    export = errors.ExportError("exports/graph.ttl", "the disk is full")
    assert (export.path, export.reason) == ("exports/graph.ttl", "the disk is full")
    assert errors.GraphNotFound("here").path == "here"
    extra = errors.MissingExtra("plots", "plots")
    assert (extra.what, extra.extra) == ("plots", "plots")
