"""Requests to a language model: where the key goes, and what becomes of answers that are none."""

import http.server
import json
import socketserver
import threading

import pytest

from kgraph.completions import CompletionError, LanguageModel, complete


@pytest.fixture
def endpoint():
    """A server that answers with what it is told to, and keeps the paths and keys that it was sent."""
    told = {"status": 200, "body": b"", "headers": {}}
    asked = []

    class Endpoint(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, self.headers.get("Authorization")))
            self.send_response(told["status"])
            for name, value in told["headers"].items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told["body"])

        def do_GET(self):
            asked.append((self.path, self.headers.get("Authorization")))
            self.send_error(404)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield LanguageModel(f"http://127.0.0.1:{server.server_port}/v1", "a-model", timeout_seconds=10), told, asked
    server.shutdown()
    server.server_close()


def answer(content):
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


def test_the_key_goes_to_the_endpoint_and_no_further(endpoint, monkeypatch):
    model, told, asked = endpoint
    monkeypatch.setenv("OPENAI_API_KEY", "a-key\n")
    told |= {"status": 302, "headers": {"Location": "/elsewhere"}}
    with pytest.raises(CompletionError, match="gave no answer: HTTP Error 302"):
        complete(model, "Hello!")
    assert asked == [("/v1/chat/completions", "Bearer a-key")]


def test_an_answer_is_text_of_bounded_length(endpoint):
    model, told, _ = endpoint
    told["body"] = answer("Good day")
    assert complete(model, "Hello!") == "Good day"
    for body in (answer("x" * 200_000), b"[" * 100_000, b"\xff", b"{}", answer(None)):
        told["body"] = body
        assert complete(model, "Hello!") == ""


@pytest.mark.parametrize("url", ["http://[::1", "http://127.0.0.1:port/", "http://a b/", "http://127.0.0.1:9"])
def test_an_address_that_is_none_is_told(url):
    with pytest.raises(CompletionError, match="gave no answer: "):
        complete(LanguageModel(url, "a-model", timeout_seconds=2), "Hello!")


@pytest.mark.parametrize("url", ["file:///etc", "ftp://a", "localhost:8000", "http://", ""])
def test_only_http_is_spoken(url):
    with pytest.raises(CompletionError, match="begins with http"):
        complete(LanguageModel(url, "a-model"), "Hello!")


def test_who_speaks_no_http_is_told():
    class Mumbling(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.recv(100_000)
            self.request.sendall(b"what?\r\n\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Mumbling) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        with pytest.raises(CompletionError, match=r"gave no answer: what\?"):
            complete(LanguageModel(f"http://127.0.0.1:{server.server_address[1]}", "a-model"), "Hello!")


def test_a_key_that_cannot_be_sent_is_not_told(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "secret\nvalue")
    with pytest.raises(CompletionError, match="the key in OPENAI_API_KEY holds") as raised:
        complete(LanguageModel("http://127.0.0.1:9", "a-model"), "Hello!")
    assert "secret" not in str(raised.value)
