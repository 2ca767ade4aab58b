"""Named questions: each is asked of a small graph whose answers can be told by eye."""

import re

import pytest
import rdflib

from kgraph.errors import OntologyError, QueryError
from kgraph.query import load_store, prefixes_of, read_store, select
from kgraph.questions import bind, find, load_questions, question_named
from kgraph.sparql import shorten
from kgraph.text import passage
from tests import small_graph

QUESTIONS = load_questions()
BOARDNET = passage(small_graph.BOARDNET.paper.title, small_graph.BOARDNET.paper.abstract)

# What each question is asked, and its answer as a table would show it.
ANSWERS = {
    "about": (
        {"thing": "A100"},
        [
            ("NVIDIA A100", "rdf:type", "kg:Hardware"),
            ("NVIDIA A100", "skos:altLabel", "A100"),
            ("NVIDIA A100", "skos:broader", "NVIDIA GPU"),
            ("NVIDIA A100", "skos:inScheme", "kg:vocabulary"),
            ("NVIDIA A100", "skos:prefLabel", "NVIDIA A100"),
            ("TileFlow", "kg:runsOn", "NVIDIA A100"),
        ],
    ),
    "by-year": ({"thing": "graphics processors"}, [("2024", "1"), ("2025", "1")]),
    "compared-with": ({"thing": "plainattention"}, [("method:tileflow", "TileFlow", "paper:2401.00001")]),
    "datasets-for": (
        {"task": "object detection"},
        [("dataset:longtext", "LongText", "TileFlow"), ("dataset:streetscene", "StreetScenes", "BoardNet")],
    ),
    "evaluated-on": (
        {"dataset": "StreetScenes"},
        [("method:boardnet", "BoardNet", "", ""), ("software:flowkit", "FlowKit", "speedup", "2x")],
    ),
    "evidence": (
        {"subject": "TileFlow", "object": "hardware/nvidia-a100"},
        [
            (
                "kg:runsOn",
                "On an A100 it reaches a speedup of up to 3.5x over PlainAttention.",
                "0.8",
                "paper:2401.00001",
            )
        ],
    ),
    "find": ({"text": "TILE"}, [("method:tileflow", "TileFlow", "kg:Method")]),
    "hardware-by-year": ({"hardware": "gpu"}, [("2024", "NVIDIA A100", "1"), ("2025", "GPU", "1")]),
    "made-by": (
        {"organization": "amd"},
        [
            ("hardware:alveo-u280", "Alveo U280", "kg:Hardware", "1"),
            ("software:flowkit", "FlowKit", "kg:Software", "1"),
        ],
    ),
    "makers-for": (
        {"task": "object detection"},
        [("organization:nvidia", "NVIDIA", "NVIDIA A100", "object detection")],
    ),
    "methods-for": (
        {"task": "task:object-detection"},
        [("method:tileflow", "TileFlow", "kg:Method", "2"), ("method:boardnet", "BoardNet", "kg:Method", "1")],
    ),
    "methods-on": (
        {"hardware": "GPU"},
        [("method:tileflow", "TileFlow", "kg:Method", "2"), ("software:flowkit", "FlowKit", "kg:Software", "1")],
    ),
    "never-evaluated-on": (
        {"task": "object detection", "dataset": "longtext"},
        [("method:boardnet", "BoardNet")],
    ),
    "newcomers": (
        {"type": "hardware", "since": "2024-02"},
        [("hardware:gpu", "GPU", "2025", "1")],
    ),
    "paper": (
        {"paper": "A Survey of Chips"},
        [
            ("kg:mentions", "kg:Organization", "organization:nvidia", "NVIDIA"),
            ("kg:uses", "kg:Hardware", "hardware:gpu", "GPU"),
        ],
    ),
    "papers-naming": (
        {"thing": "GPU"},
        [
            ("paper:flowkit-toolkit", "FlowKit: a toolkit for detectors", "kg:runsOn", "2025"),
            ("paper:survey-of-chips", "A survey of chips", "kg:uses", ""),
        ],
    ),
    "passages": (
        {"thing": "Alveo U280"},
        [
            ("paper:2306.00002", "Alveo U280", BOARDNET[:98], "0.9"),
            ("paper:2306.00002", "Alveo U280", BOARDNET[25:], "0.9"),
        ],
    ),
    "proposed-software": (
        {"year": "2025"},
        [("paper:flowkit-toolkit", "FlowKit: a toolkit for detectors", "2025", "FlowKit", "")],
    ),
    "proposes": (
        {"paper": "https://arxiv.org/abs/2401.00001v3"},
        [("method:tileflow", "TileFlow", "kg:Method", "long-context inference")],
    ),
    "purposes": (
        {"thing": "tileflow"},
        [
            ("task:long-context-inference", "long-context inference", "1"),
            ("task:object-detection", "object detection", "1"),
        ],
    ),
    "results-on": (
        {"place": "NVIDIA GPUs"},
        [("TileFlow", "speedup", "up to 3.5x", "NVIDIA A100", "PlainAttention", "paper:2401.00001")],
    ),
    "runs-on": (
        {"hardware": "GPU", "year": "2024"},
        [("paper:2401.00001", "TileFlow: attention by tiles", "2024-01-15", "NVIDIA A100")],
    ),
    "runs-on-maker": (
        {"organization": "NVIDIA"},
        [("paper:2401.00001", "TileFlow: attention by tiles", "2024-01-15", "NVIDIA A100")],
    ),
    "shared-datasets": (
        {"first": "2401.00001", "second": "paper/2306.00002"},
        [("dataset:longtext", "LongText")],
    ),
    "similar": (
        {"paper": "2401.00001"},
        [
            ("paper:flowkit-toolkit", "FlowKit: a toolkit for detectors", "3"),
            ("paper:2306.00002", "BoardNet: a detector for an Alveo U280", "1"),
        ],
    ),
    "speedups": (
        {},
        [
            ("TileFlow", "up to 3.5x", "3.5", "NVIDIA A100", "PlainAttention", "paper:2401.00001"),
            ("FlowKit", "2x", "2.0", "StreetScenes", "", "paper:flowkit-toolkit"),
        ],
    ),
    "top": (
        {"type": "kg:Dataset"},
        [("dataset:longtext", "LongText", "2"), ("dataset:streetscene", "StreetScenes", "2")],
    ),
    "under": (
        {"thing": "gpu"},
        [("hardware:nvidia-a100", "NVIDIA A100", "1"), ("hardware:nvidia-gpu", "NVIDIA GPU", "0")],
    ),
    "used-together": (
        {"type": "Dataset", "with": "Dataset"},
        [("LongText", "StreetScenes", "1")],
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_graph.write(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def store(folder):
    return load_store(folder)


@pytest.fixture(scope="module")
def rdflib_graph(folder):
    graph = rdflib.Graph()
    for name in ("graph.ttl", "evidence.ttl"):
        graph.parse(folder / name)
    return graph


def shown(value, prefixes):
    return "" if value is None else shorten(str(value), prefixes) if "://" in str(value) else str(value)


def test_every_question_is_asked_here():
    assert len(QUESTIONS) >= 25
    assert set(ANSWERS) == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_its_answer_is_right(name, store):
    arguments, expected = ANSWERS[name]
    bound = bind(store, QUESTIONS[name], arguments)
    prefixes = prefixes_of(store)
    assert bound.notes == ()
    assert [tuple(shown(value, prefixes) for value in row) for row in select(store, bound.query).rows] == expected


@pytest.mark.parametrize("name", QUESTIONS)
def test_any_sparql_store_gives_the_same_answer(name, store, rdflib_graph):
    query = bind(store, QUESTIONS[name], ANSWERS[name][0]).query
    prologue = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in prefixes_of(store).items())
    theirs = [
        tuple(None if term is None else str(term.toPython()) for term in row)
        for row in rdflib_graph.query(f"BASE <{store.base_iri}>\n{prologue}{query}")
    ]
    ours = [tuple(None if value is None else str(value) for value in row) for row in select(store, query).rows]
    assert sorted(map(str, theirs)) == sorted(map(str, ours))


@pytest.mark.parametrize("name", QUESTIONS)
def test_its_file_is_a_query_that_runs_as_it_stands(name, store):
    question = QUESTIONS[name]
    assert question.text.endswith("?")
    assert "ORDER BY" in question.query
    assert select(store, question.query).columns


@pytest.mark.parametrize(
    ("type", "name", "found"),
    [
        ("Hardware", "NVIDIA A100", ["hardware/nvidia-a100"]),
        ("Hardware", "nvidia-a100", ["hardware/nvidia-a100"]),
        ("Hardware", "a100", ["hardware/nvidia-a100"]),
        ("Entity", "A100s", ["hardware/nvidia-a100"]),
        ("Entity", "hardware/nvidia-a100", ["hardware/nvidia-a100"]),
        ("Entity", "hardware:nvidia-a100", ["hardware/nvidia-a100"]),
        ("Entity", "<https://w3id.org/kgraph/id/hardware/nvidia-a100>", ["hardware/nvidia-a100"]),
        ("Method", "NVIDIA A100", []),
        ("Entity", "2401.00001", []),
        ("Paper", "arXiv:2401.00001", ["paper/2401.00001"]),
        ("Paper", "paper:flowkit-toolkit", ["paper/flowkit-toolkit"]),
        ("Paper", "tileflow -- attention by tiles", ["paper/2401.00001"]),
        ("Entity", "", []),
        ("Entity", "> } DROP ALL #", []),
        ("Entity", "https://w3id.org/kgraph/id/hardware/nvidia a100", []),
    ],
)
def test_a_thing_is_found_however_it_is_called(store, type, name, found):
    assert find(store, type, name) == [store.base_iri + id for id in found]


TWINS = """@prefix kg: <https://w3id.org/kgraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix method: <https://w3id.org/kgraph/id/method/> . @prefix software: <https://w3id.org/kgraph/id/software/> .
    method:flow-net a kg:Method ; skos:prefLabel "FlowNet-1" ; skos:altLabel "Flow" .
    software:flow-tool a kg:Software ; skos:prefLabel "FlowTool" ; skos:altLabel "flow" ."""


def test_where_several_bear_the_name_all_are_meant_and_a_note_says_so():
    bound = bind(read_store(TWINS), QUESTIONS["about"], {"thing": "Flow"})
    assert bound.notes == ("thing 'Flow' is taken as any of method:flow-net, software:flow-tool",)
    assert "VALUES ?thing { <https://w3id.org/kgraph/id/method/flow-net> <https://w3id.org/" in bound.query
    assert bind(read_store(TWINS), QUESTIONS["top"], {"type": "method"}).notes == ()


HOSTILE = [
    '" } INSERT',
    "a' || true",
    "\\",
    'x" VALUES ?type { kg:Paper } "',
    "{}",
    "?s ?p ?o }",
    "\n}",
    "%s {0}",
    "\\1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_a_text_whatever_it_holds(text):
    graph = read_store("")
    graph.rdf.update("INSERT DATA { <http://a/> a <http://t/> }")
    bound = bind(graph, QUESTIONS["find"], {"text": text})
    assert select(graph, bound.query).rows == ()
    literal = re.search(r"VALUES \?text \{ (.*) \}", bound.query)[1]
    assert select(graph, f"SELECT ({literal} AS ?text) {{}}").rows == ((text,),)


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("runs-on", {}, r"the question runs-on needs hardware \(a product, a family or a kind\): give hardware=…"),
        ("runs-on", {"hardwear": "GPU"}, "has no parameter 'hardwear': it takes hardware, year"),
        ("runs-on", {"hardware": "A10"}, "no hardware called 'A10': did you mean 'NVIDIA A100'"),
        ("runs-on", {"hardware": "quokka"}, "no hardware called 'quokka'$"),
        ("runs-on", {"hardware": "GPU", "year": "20x4"}, "year '20x4' is not a year such as 2024"),
        ("runs-on", {"hardware": "GPU", "year": "٢٠٢٤"}, "is not a year"),
        ("newcomers", {"since": "2024-3"}, "since '2024-3' is not a date such as"),
        ("top", {"type": "Chip"}, "type 'Chip' is no type: take one of Method, Task"),
        ("paper", {"paper": "TileFlow"}, "no paper called 'TileFlow': did you mean 'TileFlow: attention by tiles'"),
        ("find", {"text": ""}, "text '' is not some text"),
    ],
)
def test_what_cannot_be_bound_is_told_with_what_to_do(store, name, arguments, message):
    with pytest.raises(QueryError, match=message):
        bind(store, QUESTIONS[name], arguments)


def test_an_unknown_question_is_told_with_the_nearest():
    assert question_named("runs-on") is QUESTIONS["runs-on"]
    with pytest.raises(QueryError, match="no question is named 'run-on': did you mean runs-on"):
        question_named("run-on")
    with pytest.raises(QueryError, match="kgraph query --list shows them all"):
        question_named("zzz")


def test_a_folder_of_ones_own_is_read_and_a_question_that_hides_a_parameter_refused(tmp_path):
    (tmp_path / "own.rq").write_text(
        "# What is there?\n#\n# year (year): of when\nSELECT * { VALUES ?year { 2024 } }\n"
    )
    own = load_questions(tmp_path)["own"]
    assert [(p.name, p.type, p.meaning, p.example, p.needed) for p in own.parameters] == [
        ("year", "year", "of when", "2024", False)
    ]
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "own.rq").write_text("# What is there?\nSELECT * { VALUES ?year { 2024 } }\n")
    with pytest.raises(OntologyError, match=r"queries/own\.rq"):
        load_questions(tmp_path / "hidden")
