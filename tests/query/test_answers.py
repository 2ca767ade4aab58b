"""Asking a graph in SPARQL."""

import datetime
import http.server
import io
import threading
import time

import pyoxigraph
import pytest

from kgraph.errors import GraphNotFound, QueryError, ReadError
from kgraph.query import (
    Iri,
    answer,
    ask,
    construct,
    load_store,
    prefixes_of,
    read_store,
    records,
    select,
    write,
)
from kgraph.sparql import LONGEST
from tests import small_graph

ID = "https://w3id.org/kgraph/id/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_graph.write(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def store(folder):
    return load_store(folder)


def test_a_build_is_its_facts_and_its_evidence(folder, store):
    evidence = "ASK { ?mention a kg:Mention ; kg:ofEntity hardware:nvidia-a100 }"
    assert ask(store, evidence)
    assert not ask(load_store(folder / "graph.ttl"), evidence)
    assert ask(load_store(folder / "graph.ttl"), "ASK { paper:2401.00001 kg:runsOn hardware:nvidia-a100 }")


def test_where_there_is_no_graph_the_error_says_how_to_make_one(tmp_path):
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(GraphNotFound, match="run `kgraph build"):
            load_store(path)


@pytest.mark.parametrize(
    ("content", "line"), [(b"@prefix kg: <https://k#> .\nkg:a kg:b }\n", 2), (b"\xff\xfe<a> ", 1), (b"\x00" * 100, 1)]
)
def test_a_damaged_file_is_told_with_its_line(tmp_path, content, line):
    damaged = tmp_path / "graph.ttl"
    damaged.write_bytes(content)
    with pytest.raises(ReadError, match="it is no Turtle or damaged") as caught:
        load_store(tmp_path)
    assert (caught.value.path, caught.value.line) == (str(damaged), line)


def test_values_are_those_of_python():
    graph = read_store(
        """@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <http://a/> <http://p/> 3, 3.5, 1e3, true, "text", "2024-03-11"^^xsd:date, "2024-03"^^xsd:gYearMonth,
          "2024-03-11T01:02:03Z"^^xsd:dateTime, "2024-02-30"^^xsd:date, <http://b/> ."""
    )
    values = [row[0] for row in select(graph, "SELECT ?o { ?s ?p ?o }").rows]
    moment = datetime.datetime(2024, 3, 11, 1, 2, 3, tzinfo=datetime.UTC)
    expected = [3, 3.5, 1000.0, True, "text", datetime.date(2024, 3, 11), "2024-03", moment, "2024-02-30"]
    assert sorted(map(repr, values)) == sorted(map(repr, [*expected, "http://b/"]))
    assert [value for value in values if isinstance(value, Iri)] == ["http://b/"]


def test_rows_have_the_columns_in_the_order_asked_and_none_where_nothing_is_bound(store):
    query = """SELECT ?issued ?paper { ?paper a kg:Paper OPTIONAL { ?paper dcterms:issued ?issued } } ORDER BY ?paper"""
    rows = select(store, query)
    assert rows.columns == ("issued", "paper")
    assert rows.rows == (
        ("2023-06", f"{ID}paper/2306.00002"),
        (datetime.date(2024, 1, 15), f"{ID}paper/2401.00001"),
        ("2025", f"{ID}paper/flowkit-toolkit"),
        (None, f"{ID}paper/survey-of-chips"),
    )
    assert records(rows)[3] == {"issued": None, "paper": f"{ID}paper/survey-of-chips"}


def test_the_first_rows_are_kept_and_all_are_counted(store):
    rows = answer(store, "SELECT ?paper { ?paper a kg:Paper } ORDER BY ?paper", most=1)
    assert (rows.rows, rows.total) == (((f"{ID}paper/2306.00002",),), 4)


def test_construct_and_describe_give_turtle_that_reads_back(store):
    text = construct(store, "CONSTRUCT { ?paper kg:uses ?thing } WHERE { ?paper kg:uses ?thing }")
    assert text == construct(store, "CONSTRUCT WHERE { ?paper kg:uses ?thing }")
    assert {(quad.subject.value, quad.object.value) for quad in read_store(text).rdf} == {
        (f"{ID}paper/flowkit-toolkit", f"{ID}method/tileflow"),
        (f"{ID}paper/flowkit-toolkit", f"{ID}method/plainattention"),
        (f"{ID}paper/survey-of-chips", f"{ID}hardware/gpu"),
    }
    assert 'skos:prefLabel "FPGA"' in construct(store, "DESCRIBE hardware:fpga")


def test_a_form_that_gives_something_else_is_told_so(store):
    for asked, query in ((select, "ASK {}"), (ask, "SELECT * {}"), (select, "DESCRIBE <a:b>"), (construct, "ASK {}")):
        with pytest.raises(QueryError, match=r"gives? no"):
            asked(store, query)


@pytest.mark.parametrize("base_iri", ["https://example.org/x/", "urn:x:"])
def test_prefixes_follow_the_base_of_the_graph(tmp_path, base_iri):
    other = load_store(small_graph.write(tmp_path, base_iri=base_iri))
    assert other.base_iri == base_iri
    assert prefixes_of(other)["hardware"] == f"{base_iri}hardware/"
    assert ask(other, "ASK { paper:2401.00001 kg:runsOn hardware:nvidia-a100 }")


def written(store, query, form):
    stream = io.BytesIO()
    return write(store, query, form, stream), stream.getvalue()


def written_in_time(store, query, timeout_seconds):
    write(store, query, "json", io.BytesIO(), timeout_seconds=timeout_seconds)


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_the_formats_are_the_w3cs_and_say_when_they_hold_nothing(store, form):
    full, content = written(store, "SELECT ?p ?t { ?p dcterms:title ?t } ORDER BY ?p", form)
    assert full
    assert not written(store, "SELECT ?p ?t { ?p kg:uses ?t FILTER(false) }", form)[0]
    kind = {
        "csv": pyoxigraph.QueryResultsFormat.CSV,
        "tsv": pyoxigraph.QueryResultsFormat.TSV,
        "json": pyoxigraph.QueryResultsFormat.JSON,
    }[form]
    if form == "csv":  # has no types, so that no parser gives terms back
        assert content.decode().splitlines()[1] == f"{ID}paper/2306.00002,BoardNet: a detector for an Alveo U280"
    else:
        read = list(pyoxigraph.parse_query_results(content, format=kind))
        assert read[0]["p"] == pyoxigraph.NamedNode(f"{ID}paper/2306.00002")
        assert len(read) == 4


def test_triples_have_no_rows_and_rows_no_triples(store):
    with pytest.raises(QueryError, match="which csv cannot hold: take ttl"):
        written(store, "DESCRIBE hardware:fpga", "csv")
    with pytest.raises(QueryError, match="give no triples that ttl could hold"):
        written(store, "SELECT * { ?s ?p ?o }", "ttl")
    assert not written(store, "DESCRIBE hardware:no-such", "ttl")[0]
    assert written(store, "ASK { ?s a kg:Nothing }", "json") == (True, b'{"head":{},"boolean":false}\n')


def test_a_service_is_never_reached(store):
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/sparql"
        calls = (
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ BIND(<{address}> AS ?s) FILTER(!BOUND(?a) || ?a<?b)SERVICE?s#>\n{{ ?x ?p ?o }} }}",
        )
        for query in calls:
            with pytest.raises(QueryError, match="calls another service"):
                answer(store, query)
        with pytest.raises(OSError):  # noqa: PT011 - so that the test can fail: pyoxigraph itself does go there
            list(store.rdf.query(calls[0]))
        server.shutdown()
    assert asked == ["/sparql"]


def test_from_names_no_file(store, tmp_path):
    (tmp_path / "secret.ttl").write_text("<http://a/> <http://b/> <http://c/> .")
    address = (tmp_path / "secret.ttl").as_uri()
    assert select(store, f"SELECT * FROM <{address}> {{ ?s ?p ?o }}").rows == ()
    assert select(store, f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}").rows == ()


DEEP = {
    "brackets": ("FILTER(", "(", "1", ")", ")"),
    "groups": ("", "{", "", "}", ""),
    "functions": ("FILTER(", "IF(true,1,", "1", ")", ")"),
    "negations": ("FILTER(", "!", "true", "", ")"),
}


@pytest.mark.parametrize("kind", DEEP)
def test_a_query_as_deep_as_one_may_be_never_ends_the_process(kind):
    before, opened, middle, closed, after = DEEP[kind]
    times = (LONGEST - 100) // len(opened + closed)
    query = f"SELECT * {{ {before}{opened * times}{middle}{closed * times}{after} }}"
    try:
        assert answer(read_store(""), query, timeout_seconds=0.5).total <= 1
    except QueryError as error:
        assert "given up" in str(error) or "cannot be" in str(error)  # noqa: PT017


@pytest.mark.parametrize("give", [lambda *args, **more: answer(*args, most=1, **more), written_in_time])
def test_a_query_that_explodes_is_given_up_in_time_and_stops(store, give):
    before = threading.active_count()
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"given up after 0\.2 s:"):
        give(store, f"SELECT * {{ {' '.join(f'?a{n} ?b{n} ?c{n} .' for n in range(9))} }}", timeout_seconds=0.2)
    assert time.monotonic() - started < 10
    while threading.active_count() > before:  # the worker sees that its time is over
        assert time.monotonic() - started < 20
        time.sleep(0.05)


def test_what_cannot_be_answered_is_an_error_of_ours(store):
    with pytest.raises(QueryError, match=r"the query cannot be answered: .*is not supported"):
        select(store, "SELECT (<http://example.org/f>(?s) AS ?x) { ?s a kg:Paper }")
