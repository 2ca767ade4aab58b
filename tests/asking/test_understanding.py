"""Plain questions: our own phrasings, a third of which was kept apart while the patterns were made."""

import threading
from pathlib import Path

import pytest

from kgraph import questions
from kgraph.asking import understand, understanding
from kgraph.asking.phrasings import match
from kgraph.errors import QueryError
from kgraph.query import names, read_store, select
from kgraph.questions import bind, load_questions

HERE = Path(__file__).parent
LINES = [line.split("\t") for line in (HERE / "phrasings.tsv").read_text(encoding="utf-8").splitlines()]
TUNED = [line for number, line in enumerate(LINES) if number % 3 != 2]
HELD_OUT = [line for number, line in enumerate(LINES) if number % 3 == 2]


@pytest.fixture(scope="module")
def store():
    return read_store((HERE / "things.ttl").read_text(encoding="utf-8"))


def understood(store, text):
    """The question and the SPARQL it comes to; a dash for a refusal."""
    try:
        found = understand(store, text)
    except QueryError:
        return "-", ""
    return found.question.name, found.bound.query


def expected(store, name, arguments):
    if name == "-":
        return "-", ""
    pairs = dict(pair.split("=", 1) for pair in arguments.split())
    return name, bind(store, load_questions()[name], pairs).query


def rate(store, lines):
    return sum(understood(store, text) == expected(store, name, arguments) for text, name, arguments in lines) / len(
        lines
    )


def test_as_many_phrasings_as_expected():
    assert (len(TUNED), len(HELD_OUT)) == (50, 24)
    assert len({name for _, name, _ in LINES}) == len(load_questions()) + 1


@pytest.mark.parametrize(("text", "name", "arguments"), TUNED, ids=[line[0] for line in TUNED])
def test_a_phrasing_is_understood_or_refused(store, text, name, arguments):
    assert understood(store, text) == expected(store, name, arguments)


def test_those_kept_apart_are_mostly_understood(store):
    assert rate(store, HELD_OUT) >= 0.9  # 22 of 24 when the patterns were made; nothing was changed for the others


@pytest.mark.parametrize("name", load_questions())
def test_every_question_has_phrasings_whose_slots_are_its_parameters(name):
    question = load_questions()[name]
    assert question.phrasings
    assert "asked:" not in question.query
    needed = {parameter.name for parameter in question.parameters if parameter.needed}
    known = {parameter.name for parameter in question.parameters}
    for phrasing in question.phrasings:
        slots = {part.partition("}")[0] for part in phrasing.split("{")[1:]}
        assert needed <= slots <= known, phrasing


def test_words_of_no_meaning_and_other_forms_make_no_difference():
    phrasing = "which papers run on {hardware} [in {year}]"
    for text in ("papers deployed on the FPGA", "Please show me all the papers that were executed on an FPGA!"):
        assert match(phrasing, text).slots == {"hardware": "FPGA"}
    assert match(phrasing, "which papers run on “FPGA” during 2024").slots == {"hardware": "FPGA", "year": "2024"}
    assert match(phrasing, "which papers run") is None


def test_a_refusal_says_why_and_what_to_ask(store):
    with pytest.raises(QueryError, match=r"no hardware called 'quantum toasters'\. Try: "):
        understand(store, "which methods run on quantum toasters?")
    with pytest.raises(QueryError, match=r'not understood\. Try: "what do we know about machine translation\?"'):
        understand(store, "could machine translation be sung?")
    for text in ("", "   ", "x" * 1000):
        with pytest.raises(QueryError, match="the question is"):
            understand(store, text)


@pytest.mark.parametrize(
    "text",
    ["a " * 149, "which " * 50, "papers on " * 30, "what and and " * 23, "}{ [ ( \\ .* ?", "\x00\x1b[31m", "𝔘" * 300],
)
def test_a_text_of_any_kind_is_answered_or_refused_at_once(store, text):
    with pytest.raises(QueryError, match=r"Try: |is empty"):
        understand(store, text)


def test_a_text_that_is_not_understood_costs_no_query_once_names_are_known(store, monkeypatch):
    with pytest.raises(QueryError, match="not understood"):
        understand(store, "zz " * 90)
    asked = []
    monkeypatch.setattr(names, "select", lambda *_: asked.append("names"))
    monkeypatch.setattr(questions, "select", lambda *_: asked.append("addresses"))
    with pytest.raises(QueryError, match="not understood"):
        understand(store, "yy " * 90)
    assert asked == []


def test_a_question_that_takes_too_long_is_given_up(store, monkeypatch):
    let_go = threading.Event()
    tried = []

    def slow(*_):
        tried.append(1)
        let_go.wait(20)
        raise QueryError("nothing of this name")

    monkeypatch.setattr(understanding, "bind", slow)
    with pytest.raises(QueryError, match=r"given up after 0\.1 s"):
        understand(store, "which papers run on the FPGA?", timeout_seconds=0.1)
    let_go.set()
    assert len(tried) == 1


def test_a_name_is_never_more_than_a_name(store):
    found = understand(store, 'find everything with "} DROP ALL #" in its name')
    assert found.arguments == {"text": "} DROP ALL #"}
    assert select(store, found.bound.query).rows == ()
