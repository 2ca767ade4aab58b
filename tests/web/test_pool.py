"""Processes that answer queries and may be killed."""

import asyncio

import pytest

from kgraph.errors import KgraphError
from kgraph.web import pool as pools
from kgraph.web.pool import Asked, Pool
from tests import small_graph

EXPLODING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def answered(tmp_path):
    """Runs a coroutine over processes on the small graph."""
    graph = str(small_graph.write(tmp_path / "exports"))

    def run(work, number=1):
        async def whole():
            pool = Pool(graph, number=number, megabytes=300, queue=2)
            await pool.start()
            try:
                return await work(pool)
            finally:
                await pool.stop()

        return asyncio.run(whole())

    return run


def test_a_query_is_answered_in_the_form_asked_for(answered):
    reply = answered(lambda pool: pool.ask(Asked("SELECT (1 AS ?one) {}", table="csv")))
    assert (reply.status, reply.kind, reply.form, reply.content) == ("answered", "rows", "csv", b"one\r\n1\r\n")


def test_one_that_takes_too_long_is_killed_and_another_takes_its_place(answered):
    async def work(pool):
        first = await pool.ask(Asked(EXPLODING, seconds=1))
        second = await pool.ask(Asked("ASK {}", seconds=20))
        return first.status, second.status, pool.killed

    assert answered(work) == ("too long", "answered", 1)


def test_a_queue_that_is_full_says_so(answered):
    async def work(pool):
        asked = [asyncio.create_task(pool.ask(Asked(EXPLODING, seconds=1))) for _ in range(5)]
        return sorted(reply.status for reply in await asyncio.gather(*asked))

    assert answered(work).count("busy") >= 2


def test_a_new_state_of_the_graph_is_read_by_new_processes(answered, tmp_path):
    async def work(pool):
        before = await pool.ask(Asked("SELECT (COUNT(*) AS ?n) { ?s a kg:Paper }", table="csv"))
        small_graph.write(tmp_path / "exports", small_graph.ANNOTATIONS[:1])
        await pool.renew()
        after = await pool.ask(Asked("SELECT (COUNT(*) AS ?n) { ?s a kg:Paper }", table="csv"))
        return before.content, after.content

    assert answered(work) == (b"n\r\n4\r\n", b"n\r\n1\r\n")


def papers(reply):
    return int(reply.content.split()[1])


COUNTING = Asked("SELECT (COUNT(*) AS ?n) { ?s a kg:Paper }", table="csv", seconds=20)


def test_one_that_ended_is_replaced_however_often_the_start_fails(answered, monkeypatch):
    start, failures = asyncio.create_subprocess_exec, [1, 2]

    async def failing(*arguments, **options):
        if failures:
            raise OSError(f"no process is free, {failures.pop()}")
        return await start(*arguments, **options)

    async def work(pool):
        monkeypatch.setattr(pools, "_RETRY_SECONDS", 0.01)
        monkeypatch.setattr(asyncio, "create_subprocess_exec", failing)
        [process] = pool._all
        process.kill()
        await process.wait()
        alive = pool.alive
        reply = await pool.ask(COUNTING)
        return alive, papers(reply), pool.alive, failures

    assert answered(work) == (0, 4, 1, [])


def test_while_a_damaged_graph_cannot_be_read_the_one_before_is_asked(answered, tmp_path, capfd):
    async def work(pool):
        (tmp_path / "exports" / "graph.ttl").write_text("<a> }")
        with pytest.raises(KgraphError, match="did not start"):
            await pool.renew()
        return papers(await pool.ask(COUNTING)), pool.alive

    assert answered(work, number=2) == (4, 2)


def test_one_that_is_not_ready_in_time_is_ended(tmp_path, monkeypatch):
    start, started = asyncio.create_subprocess_exec, []

    async def kept(*arguments, **options):
        started.append(await start(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", kept)
    monkeypatch.setattr(pools, "_START_SECONDS", 0.01)
    graph = str(small_graph.write(tmp_path / "exports"))
    with pytest.raises(KgraphError, match=r"did not start in 0\.01 s"):
        asyncio.run(Pool(graph, number=2, megabytes=300, queue=2).start())
    assert [process.returncode is None for process in started] == [False]


def test_processes_that_cannot_start_are_told(tmp_path, capfd):
    async def whole():
        pool = Pool(str(tmp_path / "nowhere"), number=1, megabytes=300, queue=2)
        await pool.start()

    with pytest.raises(KgraphError, match="did not start"):
        asyncio.run(whole())
