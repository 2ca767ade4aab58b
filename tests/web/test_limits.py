"""What a stranger may try: endless queries, huge ones, broken ones, slow ones. Others are answered all the while."""

import concurrent.futures
import random
import socket
import time
from pathlib import Path

import pytest

EXPLODING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ASK = "ASK {}"


def resident_megabytes(served):
    """What the server and its processes hold."""
    pids = [served.process.pid]
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children")
    pids += children.read_text().split() if children.exists() else []
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids if Path(f"/proc/{pid}").exists()]
    return sum(pages) * 4096 / 2**20


def test_an_endless_query_is_stopped_and_others_are_answered_meanwhile(served):
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        endless = pool.submit(served.query, EXPLODING)
        time.sleep(0.3)
        assert served.query(ASK).status == 200
        assert not endless.done()
        answer = endless.result()
    assert answer.status == 504
    assert "stopped after 4 s" in answer.text
    assert "too long" in served.ask("/metrics").text


def test_when_every_process_is_busy_one_is_told_and_pages_go_on(served):
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        endless = [pool.submit(served.query, EXPLODING) for _ in range(6)]
        time.sleep(0.5)
        assert served.page("/").status == 200
        statuses = {future.result().status for future in endless}
    assert statuses <= {503, 504}
    for _ in range(50):
        if served.query(ASK).status == 200:
            break
        time.sleep(0.2)
    assert served.query(ASK).status == 200


def test_too_large_an_answer_is_refused_whole(served):
    answer = served.query("SELECT * { ?a a ?b . ?c a ?d }")
    assert answer.status == 413
    assert "add a LIMIT" in answer.text


@pytest.mark.skipif(not Path("/proc").exists(), reason="memory is limited where the system can")
def test_a_query_that_needs_too_much_memory_ends_its_process_alone(served):
    pairs = "?a ?b ?c . ?d ?e ?f . BIND(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f)) AS ?all)"
    query = f"SELECT (GROUP_CONCAT(?all; separator='xxxxxxxx') AS ?long) {{ {pairs} }}"
    assert served.query(query).status in {413, 504, 507}
    assert served.query(ASK).status == 200
    assert resident_megabytes(served) < 900


def test_a_thousand_broken_queries_break_nothing(served):
    draw = random.Random(7)
    pieces = """SELECT * { } ?s ?p kg:uses FILTER ( ) < > " ' # UNION OPTIONAL é VALUES a . ; 1e999 ^^ _:b []""".split()
    pieces += ["\\", "\x00", "\n"]
    before = resident_megabytes(served)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        queries = [" ".join(draw.choices(pieces, k=draw.randint(1, 40))) for _ in range(1000)]
        statuses = {answer.status for answer in pool.map(served.query, queries)}
    assert statuses <= {200, 400}
    assert 400 in statuses
    assert resident_megabytes(served) < before + 100


@pytest.mark.parametrize(
    "query", ["ASK " + "{" * 20_000, "SELECT (" + "(" * 40_000 + " {}", "ASK { ?s ?p " + "[" * 30_000]
)
def test_deep_nests_are_read_or_refused(served, query):
    answer = served.ask("/sparql", "POST", query, Content_Type="application/sparql-query")
    assert answer.status in {400, 507}
    assert served.query(ASK).status == 200


def test_who_sends_a_byte_at_a_time_holds_up_nobody(served):
    slow = []
    for _ in range(100):
        connection = socket.create_connection(("127.0.0.1", served.port))
        connection.sendall(b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: local")
        slow.append(connection)
    assert served.query(ASK).status == 200
    assert served.page("/").status == 200
    for connection in slow:
        connection.close()


@pytest.mark.parametrize(
    "request_",
    [
        b"\x00\xff\xfe\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused(served, request_):
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
        connection.sendall(request_)
        answer = connection.recv(100)
    assert not answer or answer.startswith(b"HTTP/1.1 4")
    assert served.query(ASK).status == 200


def test_other_names_are_not_answered_to(served):
    assert served.ask("/", Host="evil.example").status == 421
    assert served.ask("/", Host=f"localhost:{served.port}").status == 200
