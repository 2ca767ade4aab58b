"""Processes that answer queries and may be killed."""

import asyncio

import pytest

from kgraph.errors import KgraphError
from kgraph.web.workers import Asked, Workers
from tests import small_graph

EXPLODING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def answered(tmp_path):
    """Runs a coroutine over workers on the small graph."""
    graph = str(small_graph.write(tmp_path / "exports"))

    def run(work, number=1):
        async def whole():
            workers = Workers(graph, number=number, megabytes=300, queue=2)
            await workers.start()
            try:
                return await work(workers)
            finally:
                await workers.stop()

        return asyncio.run(whole())

    return run


def test_a_query_is_answered_in_the_form_asked_for(answered):
    reply = answered(lambda workers: workers.ask(Asked("SELECT (1 AS ?one) {}", table="csv")))
    assert (reply.status, reply.kind, reply.form, reply.content) == ("answered", "rows", "csv", b"one\r\n1\r\n")


def test_one_that_takes_too_long_is_killed_and_another_takes_its_place(answered):
    async def work(workers):
        first = await workers.ask(Asked(EXPLODING, seconds=1))
        second = await workers.ask(Asked("ASK {}", seconds=20))
        return first.status, second.status, workers.killed

    assert answered(work) == ("too long", "answered", 1)


def test_a_queue_that_is_full_says_so(answered):
    async def work(workers):
        asked = [asyncio.create_task(workers.ask(Asked(EXPLODING, seconds=1))) for _ in range(5)]
        return sorted(reply.status for reply in await asyncio.gather(*asked))

    assert answered(work).count("busy") >= 2


def test_a_new_state_of_the_graph_is_read_by_new_processes(answered, tmp_path):
    async def work(workers):
        before = await workers.ask(Asked("SELECT (COUNT(*) AS ?n) { ?s a kg:Paper }", table="csv"))
        small_graph.write(tmp_path / "exports", small_graph.ANNOTATIONS[:1])
        await workers.renew()
        after = await workers.ask(Asked("SELECT (COUNT(*) AS ?n) { ?s a kg:Paper }", table="csv"))
        return before.content, after.content

    assert answered(work) == (b"n\r\n4\r\n", b"n\r\n1\r\n")


def test_processes_that_cannot_start_are_told(tmp_path, capfd):
    async def whole():
        workers = Workers(str(tmp_path / "nowhere"), number=1, megabytes=300, queue=2)
        await workers.start()

    with pytest.raises(KgraphError, match="did not start"):
        asyncio.run(whole())
