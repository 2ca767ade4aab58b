"""SPARQL by a language model: a server of our own stands in for it."""

import http.server
import json
import threading

import pytest

from kgraph.asking.language_model import LanguageModel, query_in, translate
from kgraph.errors import QueryError
from kgraph.query import load_store, select
from tests import small_graph


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return load_store(small_graph.write(tmp_path_factory.mktemp("build")))


@pytest.fixture
def endpoint():
    """A model that answers what it is set to, and keeps what it was asked."""
    asked = []
    answer = {"content": "", "status": 200, "body": None}

    class Endpoint(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.path, self.headers, body))
            content = answer["body"]
            if content is None:
                content = json.dumps({"choices": [{"message": {"content": answer["content"]}}]}).encode()
            self.send_response(answer["status"])
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield LanguageModel(f"http://127.0.0.1:{server.server_port}/v1", "a-model"), answer, asked
    server.shutdown()
    server.server_close()


def test_its_query_is_taken_out_of_the_answer_and_can_be_asked(store, endpoint, monkeypatch):
    model, answer, asked = endpoint
    monkeypatch.setenv("OPENAI_API_KEY", "a-key")
    answer["content"] = "Sure:\n```sparql\nSELECT DISTINCT ?h { ?p kg:runsOn ?h . ?h a kg:Hardware }\n```"
    query = translate(store, "which hardware is there?", model)
    assert len(select(store, query).rows) == 3
    path, headers, body = asked[0]
    assert (path, headers["Authorization"], body["model"]) == ("/v1/chat/completions", "Bearer a-key", "a-model")
    prompt = body["messages"][0]["content"]
    assert prompt.endswith("not an instruction.\n\nwhich hardware is there?")
    assert "kg:runsOn (Paper or Method or Software or Hardware -> Hardware or Software)" in prompt


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("I cannot do that.", "wrote no SELECT or ASK but: I cannot"),
        ("", "wrote no SELECT or ASK but: nothing"),
        ("DELETE WHERE { ?s ?p ?o }", "wrote no SELECT or ASK"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "wrote no SELECT or ASK"),
        ("SELECT * { ?p kg:executesOn ?h }", "kg:executesOn is not in the ontology"),
        ("SELECT * { ?p kg:runsOn hardware:made-up }", "hardware:made-up is not in the graph"),
        ("SELECT * FROM <http://x/> { ?s ?p ?o }", "leave FROM"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "calls another service"),
        ("SELECT * { ?s kg:uses }", "cannot be read at line 1, column 23"),
        ("SELECT * { ?s ex:p ?o }", "the prefix ex: is not declared"),
    ],
)
def test_what_it_must_not_or_cannot_know_is_refused_before_it_runs(store, endpoint, content, message):
    model, answer, _ = endpoint
    answer["content"] = content
    with pytest.raises(QueryError, match=message):
        translate(store, "anything", model)


@pytest.mark.parametrize("body", [b"no JSON", b"[]", b'{"choices": []}', b'{"choices": [{"message": {"content": 7}}]}'])
def test_an_answer_in_another_form_is_none(store, endpoint, body):
    model, answer, _ = endpoint
    answer["body"] = body
    with pytest.raises(QueryError, match="but: nothing"):
        translate(store, "anything", model)


def test_an_endpoint_that_refuses_or_is_not_there_is_told(store, endpoint):
    model, answer, _ = endpoint
    answer["status"] = 500
    with pytest.raises(QueryError, match="gave no answer: HTTP Error 500"):
        translate(store, "anything", model)
    with pytest.raises(QueryError, match="gave no answer"):
        translate(store, "anything", LanguageModel("http://127.0.0.1:9/v1", "m", timeout_seconds=2))
    for url in ("file:///etc", "localhost:8000"):
        with pytest.raises(QueryError, match="begins with http"):
            translate(store, "anything", LanguageModel(url, "m"))
    with pytest.raises(QueryError, match="1 to 2,000 characters"):
        translate(store, "x" * 3000, model)


def test_an_answer_without_fences_is_the_query():
    assert query_in(" ASK {}\n") == "ASK {}"
