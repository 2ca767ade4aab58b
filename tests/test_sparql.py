"""What the text of a query tells before and after a parser sees it."""

import time

import pyoxigraph
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kgraph.errors import QueryError
from kgraph.query import answer, prefixes_of, read_store
from kgraph.sparql import LONGEST, nearest, refuse_unsafe, shorten, used_names

CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p true.SERVICE ?where { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX a: <http://127.0.0.1/> SELECT * { SERVICE#<\n#>\na:x { ?s ?p ?o } }",
    "SELECT * { BIND(<http://127.0.0.1/> AS ?s) FILTER(?a<?b)SERVICE?s#>\n{ ?s ?p ?o } }",
    'SELECT * { ?s ?p "x"@en SERVICE <http://127.0.0.1/> { } }',
    "PREFIX a.b: <http://127.0.0.1/> SELECT * { ?s ?p 1SERVICEa.b:x { } }",
    "SELECT * { S\\u0045RVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_query_that_may_call_a_service_is_refused(query):
    with pytest.raises(QueryError, match="calls another service"):
        refuse_unsafe(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT $service { $service <a:b> ?webservice . ?webservice ?p ?x }",
        "PREFIX ex: <http://example.org/> SELECT * { ex:service ?p ?o . ?o ex:service <a:b> }",
        'SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, "service")) }',
        "SELECT * { ?s ?p 'LLM service systems' } # service of models",
    ],
)
def test_the_word_service_alone_is_no_call(query):
    refuse_unsafe(query)


@given(st.lists(st.sampled_from(["#", " ", "\n", "service", "<", "silent", ":", "?"]), max_size=400).map("".join))
def test_looking_for_calls_is_safe_whatever_the_query_holds(query):
    try:
        refuse_unsafe(query)
    except QueryError as error:
        assert "service" in str(error) or "empty" in str(error)  # noqa: PT017


NOWHERE = "<http://127.0.0.1:9/>"  # a port that pyoxigraph refuses to call, and says so
PIECES = [
    "SERVICE", "service ", "SILENT ", NOWHERE, "?s", "{ ?x ?y ?z }", "}", " ", "\n", "#", "#>\n", "'", '"', "<", ">",
    "?a<?b", "FILTER(", ")", "1", ".", ";", ":", "a:x", "a.b:x", f"BIND({NOWHERE} AS ?s)", "?x ?y ", "\\u0053ERVICE",
    "'x'@en", "_:b",
]  # fmt: skip


@settings(max_examples=300)
@given(st.sampled_from(["", "?x ?y 1", "FILTER(?a<?b)"]), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@example("?x ?y 1", f"SERVICE{NOWHERE}{{ ?x ?y ?z }}")
@example("FILTER(?a<?b)", f"BIND({NOWHERE} AS ?s)SERVICE?s#>\n{{ ?x ?y ?z }}")
def test_whatever_is_let_through_calls_nobody(before, pieces):
    query = f"PREFIX a: {NOWHERE} PREFIX a.b: {NOWHERE} PREFIX : {NOWHERE} SELECT * {{ {before}{pieces} }}"
    try:
        list(pyoxigraph.Store().query(query))
    except (SyntaxError, RuntimeError):
        return
    except OSError:  # it would have called
        with pytest.raises(QueryError, match="calls another service"):
            refuse_unsafe(query)


@pytest.mark.parametrize("text", ["service", "?service", "service.", "?xservice:", "service #\n", "silent service "])
def test_looking_for_calls_takes_no_time_whatever_the_query_holds(text):
    started = time.monotonic()
    query = (text * LONGEST)[: LONGEST - 1]
    try:
        refuse_unsafe(query)
    except QueryError as error:
        assert "calls another service" in str(error)  # noqa: PT017
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "PREFIX a: <http://a/>\n# all of it\nDELETE WHERE { ?s ?p ?o }",
        "base <http://a/> LOAD <file:///etc/hostname>",
        "CLEAR ALL",
    ],
)
def test_an_update_is_refused(update):
    with pytest.raises(QueryError, match="is an update"):
        refuse_unsafe(update)


def test_a_query_too_long_or_empty_is_refused():
    with pytest.raises(QueryError, match="100,001 characters long"):
        refuse_unsafe("A" * (LONGEST + 1))
    with pytest.raises(QueryError, match="is empty"):
        refuse_unsafe(" \n ")


@pytest.mark.parametrize(
    ("query", "line", "column", "reason"),
    [
        ("SELECT * {\n ?x a kg:Paper\n FILTER(?x > )\n}", 3, 14, "not understood from ')' on"),
        ("SELECT * { ?s ?p ?o . ", 1, 22, "something is missing at its end"),
        ("SELEC * { ?s ?p ?o }", 1, 1, "not understood from 'SELEC' on"),
        ("SELECT * { ?s ?p ?o } LIMIT ten", 1, 29, "not understood from 'ten' on"),
        ("SELECT ?x ?y { ?x ?y ?z } GROUP BY ?x", 1, 38, "the SELECT contains a variable that is unbound"),
        ("ASK {\r\n ?s ex:p ?o }", 2, 5, "the prefix ex: is not declared"),
        ("ASK {\n\tOPTIONAL é }", 2, 11, "not understood from 'é' on"),
        ("PREFIX ex: <http://e/>\nASK { ex:a ex:b :c }", 2, 17, "the prefix : is not declared"),
    ],
)
def test_a_fault_is_told_with_its_place(query, line, column, reason):
    with pytest.raises(QueryError) as caught:
        answer(read_store(""), query)
    error = caught.value
    message, source, caret = str(error).split("\n")
    assert reason in message
    assert (error.line, error.column) == (line, column)
    assert caret.index("^") == 4 + column - 1
    assert source[4:] == query.splitlines()[line - 1].replace("\t", " ")


@given(st.text(alphabet=" \n{}()<>?:;,.#'\"\\/^abkgSELCTPRFIX=1*", max_size=60))
def test_whatever_is_asked_there_is_an_answer_or_one_error(query):
    try:
        answer(read_store(""), query)
    except QueryError as error:
        assert len(str(error).split("\n")) in {1, 3}  # noqa: PT017


def test_names_are_found_outside_of_strings_and_comments():
    query = "# kg:inComment\nSELECT * { ?x kg:runsOn hardware:nvidia-a100 . ?x <https://k#uses> 'kg:inText' }"
    assert used_names(query, {"kg": "https://k#", "hardware": "https://h/"}) == [
        ("kg", "runsOn"),
        ("hardware", "nvidia-a100"),
        ("kg", "uses"),
    ]


def test_the_nearest_name_wins_whatever_its_case():
    assert nearest("RUNSON", ["runOnce", "runsOn"]) == "runsOn"


def test_among_many_names_the_nearest_begins_alike():
    many = [f"method-{number}" for number in range(6_000)] + ["hardware-a100"]
    assert nearest("hardware-a10", many) == "hardware-a100"
    assert nearest("xardware-a100", many) is None


def test_what_a_prefix_cannot_hold_stays_an_iri():
    prefixes = prefixes_of(read_store(""))
    assert shorten("https://w3id.org/kgraph/id/paper/2401.00001", prefixes) == "paper:2401.00001"
    for local in ("hep-th/9901001", "x#result-1", "a.", "é", ""):
        iri = f"https://w3id.org/kgraph/id/paper/{local}"
        assert shorten(iri, prefixes) == f"<{iri}>"
