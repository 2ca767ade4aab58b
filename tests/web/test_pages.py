"""Pages, linked data and the API of a served graph, as a client without a browser sees them."""

import json
import re

import pytest
import rdflib

from kgraph.questions import load_questions

A100 = "/id/hardware/nvidia-a100"
TILEFLOW = "/id/paper/2401.00001"


def words(answer):
    """The text of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/", "4 papers, and what they name"),
        ("/search?q=tileflow", "TileFlow"),
        ("/search?q=tilefow", "Nobody wrote that"),
        ("/search", "Search"),
        ("/browse/hardware", "Alveo U280"),
        ("/browse/paper", "BoardNet"),
        (A100, "NVIDIA GPU"),
        (TILEFLOW, "compared with"),
        ("/compare?thing=hardware/nvidia-a100&thing=fpga", "FPGA"),
        ("/compare?thing=quokka", "Nothing is called “quokka”"),
        ("/ask?q=which+methods+run+on+GPUs%3F", "Understood as Which methods and software run on"),
        ("/ask?q=why%3F", "is not understood"),
        ("/questions", "Which papers run on a piece of hardware"),
        ("/questions/runs-on?hardware=A100", "TileFlow: attention by tiles"),
        ("/questions/runs-on?hardware=A1000", "has no hardware called"),
        ("/query?query=ASK%20%7B%7D", "Yes."),
        ("/query?query=SELECT", "cannot be read"),
        ("/query?query=DESCRIBE%20hardware%3Afpga", "skos:prefLabel"),
        ("/graph", "The graph"),
    ],
)
def test_each_page_says_what_it_should(served, path, wanted):
    answer = served.page(path)
    assert (answer.status, answer.type) == (200, "text/html")
    assert wanted in words(answer)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", answer.text)  # nothing inline


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing", 404), ("/id/hardware/none", 404), ("/id/", 404), ("/browse/colour", 404), ("/questions/none", 404),
     ("/static/../site.py", 404), ("/static/none.css", 404), ("/curation", 404), ("/curation/decide", 404)],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(served, path, status):
    answer = served.page(path)
    assert (answer.status, answer.type) == (status, "text/html")
    assert "Back to the beginning" in answer.text


def test_a_paper_shows_its_mentions_where_they_stand(served):
    page = served.page(TILEFLOW).text
    assert '<a class="mark t-hardware" id="char=' in page
    marked = re.search(r'id="char=(\d+),(\d+)" href="/id/hardware/nvidia-a100"[^>]*>A100</a>', page)
    assert int(marked[2]) - int(marked[1]) == len("A100")
    assert "up to 3.5x" in page
    assert "FlowKit: a toolkit for detectors" in page  # a similar one


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_every_iri_answers_with_a_page_or_with_rdf(served):
    iri = rdflib.URIRef("https://w3id.org/kgraph/id/hardware/nvidia-a100")
    for accept, form in (("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/ld+json", "json-ld"),
                         ("application/rdf+xml", "xml")):  # fmt: skip
        answer = served.ask(A100, Accept=accept)
        assert (answer.status, answer.type) == (200, accept)
        graph = rdflib.Graph().parse(data=answer.body, format=form)
        assert (iri, rdflib.SKOS.prefLabel, rdflib.Literal("NVIDIA A100")) in graph
        assert f'<{iri}>; rel="canonical"' in answer.headers["link"]
    assert served.page(A100).type == "text/html"
    assert served.ask(A100).type == "text/html"
    assert served.ask(A100, Accept="image/png").status == 406
    assert served.ask(f"{A100}?format=ttl").type == "text/turtle"


def test_a_paper_as_rdf_holds_its_evidence(served):
    graph = rdflib.Graph().parse(data=served.ask(TILEFLOW, Accept="text/turtle").body, format="turtle")
    mentions = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/kgraph/ontology#Mention")))
    assert len(mentions) >= 6


def test_addresses_may_be_written_with_any_letters_encoded(served):
    assert served.page("/id/hardware/nvidia%2Da100").status == 200
    assert served.page("/id/paper/2401%2E00001").status == 200
    assert served.page("/id/paper/2401.00001v2").status == 200


def test_lists_can_be_taken_along(served):
    rows = served.page("/browse/hardware?format=csv")
    assert rows.type == "text/csv"
    assert rows.text.splitlines()[0] == "id,type,name,papers,date"
    assert 'filename="Hardware.csv"' in rows.headers["content-disposition"]
    assert "@misc{2401.00001," in served.page(f"{TILEFLOW}?format=bib").text
    assert "runsOn,paper/2401.00001" in served.page(f"{A100}?format=csv").text
    assert "@misc" in served.page("/search?q=tileflow&format=bib").text


def test_files_of_the_pages_may_be_kept_for_good(served):
    address = re.search(r'href="(/static/site\.css\?v=\w+)"', served.page("/").text)[1]
    answer = served.ask(address)
    assert answer.type == "text/css"
    assert "immutable" in answer.headers["cache-control"]


def test_the_picture_has_no_part_in_this_sites_origin(served):
    answer = served.page("/graph/picture")
    assert answer.headers["content-security-policy"].startswith("sandbox allow-scripts")
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.text.lower().startswith("<!doctype html>")


def test_health_and_metrics(served):
    health = json.loads(served.ask("/health").body)
    assert (health["status"], health["papers"]) == ("ok", 4)
    assert health["processes"] in {1, 2}  # one that another test has stopped may not be back yet
    text = served.ask("/metrics").text
    assert 'kgraph_requests_total{endpoint="health",status="200"}' in text
    assert "kgraph_request_seconds_bucket" in text


def test_the_api_tells_what_the_pages_show(served):
    thing = json.loads(served.ask("/api/things/hardware/nvidia-a100").body)
    assert (thing["name"], thing["aliases"], thing["above"][-1]) == ("NVIDIA A100", ["A100"], "hardware/nvidia-gpu")
    paper = json.loads(served.ask("/api/things/paper/2401.00001").body)
    assert {fact["predicate"] for fact in paper["facts"]} == {"usedFor", "runsOn", "comparedWith", "evaluatedOn"}
    assert {"role": "runsOn"}.items() <= next(e for e in paper["entities"] if e["id"] == "hardware/nvidia-a100").items()
    found = json.loads(served.ask("/api/search?q=boardnt").body)
    assert found["instead"] == "boardnet"
    assert len(json.loads(served.ask("/api/questions").body)) == len(load_questions())
    asked = json.loads(served.ask("/api/ask?q=what+runs+on+GPUs%3F").body)
    assert asked["question"] == "methods-on"
    assert asked["answer"]["results"]["bindings"]
    assert json.loads(served.ask("/api/things/none").body) == {"error": "the graph has nothing of this id"}
    assert served.ask("/api/search?q=a&most=1000").status == 400
