"""A server follows its build, and lets others ask where it is told to."""

import time

import pytest

from tests import small_graph
from tests.web.conftest import serve, stop

pytestmark = pytest.mark.slow  # it looks every few seconds


@pytest.fixture
def following(tmp_path):
    folder = small_graph.write(tmp_path / "exports", small_graph.ANNOTATIONS[:1])
    running = serve(folder, "--cors", "https://friends.example")
    yield running
    stop(running)


def papers(served):
    return served.query("SELECT (COUNT(*) AS ?n) { ?p a kg:Paper }", "text/csv").text.split()[1]


def until(condition):
    for _ in range(300):
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_what_is_built_anew_is_shown_and_what_is_damaged_is_not(following):
    assert papers(following) == "1"
    small_graph.write(following.folder)
    assert until(lambda: papers(following) == "4")
    assert until(lambda: following.page("/id/paper/survey-of-chips").status == 200)
    (following.folder / "graph.ttl").write_text("<a> }")
    time.sleep(7)
    assert papers(following) == "4"
    assert following.page("/id/paper/survey-of-chips").status == 200


def test_pages_of_friends_may_ask_and_of_others_not(following):
    for origin, allowed in (("https://friends.example", "https://friends.example"), ("https://other.example", None)):
        answer = following.ask("/sparql?query=ASK%20%7B%7D", Origin=origin)
        assert answer.headers["access-control-allow-origin"] == allowed
