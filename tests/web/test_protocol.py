"""The SPARQL 1.1 Protocol, after the W3C's own tests of it (sparql11-protocol), and two clients that others wrote."""

import json
from urllib.parse import urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

ASK = "ASK {}"
SELECT = "SELECT ?title { ?paper kg:runsOn hardware:nvidia-a100 ; dcterms:title ?title }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . ?s a kg:Hardware }"
FORM, PLAIN = "application/x-www-form-urlencoded", "application/sparql-query"


# The W3C's names of the tests, each with its request.
@pytest.mark.parametrize(
    ("name", "method", "path", "type", "body"),
    [
        ("query_get", "GET", f"/sparql?{urlencode({'query': ASK})}", None, None),
        ("query_post_form", "POST", "/sparql", FORM, urlencode({"query": ASK})),
        ("query_post_direct", "POST", "/sparql", PLAIN, ASK),
        ("query_content_type_ask", "POST", "/sparql", f"{PLAIN}; charset=utf-8", ASK),
    ],
)
def test_queries_are_answered(served, name, method, path, type, body):
    answer = served.ask(path, method, body, **({"Content_Type": type} if type else {}))
    assert (answer.status, answer.type) == (200, "application/sparql-results+json")
    assert json.loads(answer.body)["boolean"] is True


@pytest.mark.parametrize(
    ("name", "method", "path", "type", "body", "status"),
    [
        ("bad_query_method", "PUT", f"/sparql?{urlencode({'query': ASK})}", None, None, 405),
        ("bad_multiple_queries", "GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", None, None, 400),
        ("bad_query_wrong_media_type", "POST", "/sparql", "text/plain", ASK, 415),
        ("bad_query_missing_form_type", "POST", "/sparql", None, urlencode({"query": ASK}), 415),
        ("bad_query_missing_direct_type", "POST", "/sparql", None, ASK, 415),
        ("bad_query_non_utf8", "POST", "/sparql", PLAIN, "ASK { ?s ?p 'é' }".encode("utf-16"), 400),
        ("bad_query_syntax", "GET", "/sparql?query=ASK%20%7B", None, None, 400),
        ("bad_update_get", "GET", "/sparql?update=CLEAR%20ALL", None, None, 400),
        ("update_post_form", "POST", "/sparql", FORM, urlencode({"update": "CLEAR ALL"}), 400),
        ("update_post_direct", "POST", "/sparql", "application/sparql-update", "CLEAR ALL", 403),
        ("update_as_query", "POST", "/sparql", PLAIN, "DELETE WHERE { ?s ?p ?o }", 400),
        (
            "query_dataset_default_graph",
            "GET",
            "/sparql?query=ASK%20%7B%7D&default-graph-uri=http://a/",
            None,
            None,
            400,
        ),
        ("no query", "POST", "/sparql", FORM, "", 400),
        ("service", "POST", "/sparql", PLAIN, "ASK { SERVICE <http://127.0.0.1/> {} }", 400),
        ("too long", "POST", "/sparql", PLAIN, "ASK {} #" + "x" * 200_000, 400),
        ("far too long", "POST", "/sparql", PLAIN, "x" * (2 << 20), 413),
    ],
)
def test_what_is_no_query_is_refused_with_a_reason(served, name, method, path, type, body, status):
    answer = served.ask(path, method, body, **({"Content_Type": type} if type else {}))
    assert answer.status == status
    assert answer.type == "text/plain"
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("query", "accept", "type", "begins"),
    [
        (SELECT, "application/sparql-results+json", "application/sparql-results+json", '{"head"'),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        (SELECT, "text/csv", "text/csv", "title\r\n"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values", "?title\n"),
        (SELECT, "text/csv;q=0.1, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", "<?xml"),
        (SELECT, "*/*", "application/sparql-results+json", '{"head"'),
        (SELECT, "", "application/sparql-results+json", '{"head"'),
        (CONSTRUCT, "text/turtle", "text/turtle", "@prefix"),
        (CONSTRUCT, "application/ld+json", "application/ld+json", "["),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml", "<?xml"),
        (CONSTRUCT, "application/n-triples", "application/n-triples", "<https://w3id.org/kgraph/id/hardware/"),
        (CONSTRUCT, "*/*", "text/turtle", "@prefix"),
    ],
)
def test_the_form_is_what_the_client_likes_best(served, query, accept, type, begins):
    answer = served.query(query, accept)
    assert (answer.status, answer.type) == (200, type)
    assert answer.headers["vary"] == "Accept"
    assert answer.text.lstrip("{").lstrip().startswith(begins.lstrip("{")) or answer.text.startswith(begins)


def test_a_form_that_nobody_has_is_406_and_a_link_may_name_one(served):
    assert served.query(SELECT, "image/png").status == 406
    assert served.query(CONSTRUCT, "text/csv").status == 406
    assert served.query(SELECT, "text/html,*/*;q=0.1", format="csv").type == "text/csv"


def test_the_place_of_a_fault_is_told(served):
    answer = served.query("SELECT * {\n  ?s kg:uses }")
    assert answer.status == 400
    assert "line 2, column 14" in answer.text
    assert answer.text.splitlines()[-1].endswith("^")


def test_a_browser_is_shown_a_page_and_a_program_the_description(served):
    html = "text/html,application/xhtml+xml,*/*;q=0.8"
    assert served.ask("/sparql", Accept=html).headers["location"] == "/query"
    assert served.query(SELECT, html).headers["location"].startswith("/query?query=SELECT")
    described = rdflib.Graph().parse(data=served.ask("/sparql", Accept="text/turtle").body, format="turtle")
    endpoint = rdflib.URIRef(f"{served.address}/sparql")
    assert (None, rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#endpoint"), endpoint) in described


def test_pages_elsewhere_may_not_read_the_answers_unless_asked(served):
    answer = served.ask(f"/sparql?{urlencode({'query': ASK})}", Origin="http://elsewhere.example")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::DeprecationWarning")  # its own
def test_sparqlwrapper_can_ask(served):
    wrapper = pytest.importorskip("SPARQLWrapper")
    for method in (wrapper.GET, wrapper.POST):
        client = wrapper.SPARQLWrapper(f"{served.address}/sparql")
        client.setMethod(method)
        for form in (wrapper.JSON, wrapper.XML):
            client.setReturnFormat(form)
            client.setQuery(SELECT)
            assert "TileFlow: attention by tiles" in str(
                client.queryAndConvert() if form == wrapper.JSON else client.queryAndConvert().toxml()
            )
        client.setQuery(CONSTRUCT)
        client.setReturnFormat(wrapper.TURTLE)
        assert b"NVIDIA A100" in client.queryAndConvert()
    client.setQuery("SELECT * { ?s ?p")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed):
        client.query()


def test_rdflib_can_ask(served):
    graph = rdflib.Graph(SPARQLStore(f"{served.address}/sparql"))
    kg = rdflib.Namespace("https://w3id.org/kgraph/ontology#")
    assert len(list(graph.subjects(rdflib.RDF.type, kg.Paper))) == 4
    rows = graph.query(f"SELECT ?o {{ ?s <{kg.runsOn}> ?o }}")
    assert rdflib.URIRef("https://w3id.org/kgraph/id/hardware/gpu") in {row[0] for row in rows}
