import random
from dataclasses import replace

import pytest

from kgraph.errors import ExtractionError, KgraphError
from kgraph.graph import Fact, assemble, facts, joined, members, multigraph, results, vocabulary_facts
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.ontology import load_ontology
from kgraph.vocabulary import Concept, Vocabulary
from tests.samples import FAST, SLOW, VOCABULARY, sample_graph

ONTOLOGY = load_ontology()
PAPER = Paper("2402.00002", "A title", "An abstract.")


def graph_of(*annotations, vocabulary=None):
    return assemble(annotations, ontology=ONTOLOGY, vocabulary=vocabulary or Vocabulary())


def entity(name, role="uses", *, type="Method", score=0.5, id="", mentions=()):
    return Entity(name, type, role, score, tuple(mentions), id)


def test_the_keys_of_nodes_and_edges():
    graph = sample_graph().nx
    assert list(graph) == [
        "dataset/miniset",
        "hardware/accelerator",
        "hardware/gpu",
        "hardware/nvidia-a100",
        "method/fastconv",
        "method/slowconv",
        "metric/speedup",
        "organization/nvidia",
        "paper/2401.00001",
        "paper/2401.00001#result-1",
        "paper/7b7d35f5a579f877",
    ]
    assert [edge for edge in graph.edges(keys=True) if edge[0] == "paper/2401.00001"] == [
        ("paper/2401.00001", "dataset/miniset", "evaluatesOn"),
        ("paper/2401.00001", "hardware/nvidia-a100", "runsOn"),
        ("paper/2401.00001", "method/fastconv", "proposes"),
        ("paper/2401.00001", "method/slowconv", "comparesWith"),
        ("paper/2401.00001", "organization/nvidia", "submittedBy"),
    ]


def test_the_attributes_of_a_paper():
    assert sample_graph().nx.nodes["paper/2401.00001"] == {
        "kind": "paper",
        "label": FAST.paper.title,
        "abstract": FAST.paper.abstract,
        "date": "2024-01-02",
        "year": 2024,
        "authors": 3,
        "organization": "nvidia",
        "source": "a.txt|b.jsonl",
    }


def test_what_is_not_known_of_a_paper_is_left_out():
    assert graph_of(Annotation(PAPER)).nx.nodes["paper/2402.00002"] == {
        "kind": "paper",
        "label": "A title",
        "abstract": "An abstract.",
        "source": "",
    }


def test_the_attributes_of_an_entity_that_a_vocabulary_knows():
    assert sample_graph().nx.nodes["hardware/nvidia-a100"] == {
        "kind": "entity",
        "type": "Hardware",
        "label": "NVIDIA A100",
        "papers": 2,
        "vocabulary": True,
        "aliases": "A100",
        "links": "https://example.org/things/a100",
        "memoryGigabytes": 40.0,
        "memoryType": "HBM2",
        "releaseDate": "2020-06",
    }


def test_the_attributes_of_a_result_and_its_ends():
    graph = sample_graph().nx
    node = "paper/2401.00001#result-1"
    assert graph.nodes[node] == {
        "kind": "result",
        "label": "3.5x",
        "value": "3.5x",
        "score": 0.6,
        "numericValue": 3.5,
        "unit": "x",
        "start": 77,
        "end": 81,
    }
    assert {(key, other) for _, other, key in graph.out_edges(node, keys=True)} == {
        ("inPaper", "paper/2401.00001"),
        ("resultOf", "method/fastconv"),
        ("metric", "metric/speedup"),
        ("measuredOn", "hardware/nvidia-a100"),
        ("versus", "method/slowconv"),
    }


def test_a_relation_is_joined_over_papers_and_knows_the_surest():
    left = graph_of(
        Annotation(PAPER, (entity("X"), entity("Y")), (Relation("X", "partOf", "Y", 0.4),)),
        Annotation(
            Paper("2402.00003", "Another", "Text."), (entity("X"), entity("Y")), (Relation("X", "partOf", "Y", 0.7),)
        ),
    )
    assert left.nx.edges["method/x", "method/y", "partOf"] == {
        "kind": "relation",
        "papers": 2,
        "score": 0.7,
        "vocabulary": False,
    }


def test_what_only_a_vocabulary_says_counts_no_papers():
    graph = sample_graph().nx
    by_vocabulary = {"papers": 0, "score": 1.0, "vocabulary": True}
    assert (
        graph.edges["hardware/nvidia-a100", "organization/nvidia", "manufacturer"]
        == {"kind": "relation"} | by_vocabulary
    )
    assert graph.edges["hardware/gpu", "hardware/accelerator", "broader"] == {"kind": "broader"} | by_vocabulary


def test_what_both_say_is_one_edge_with_the_papers_score():
    known = {
        id: Concept(id, "Method", name, facts=facts)
        for id, name, facts in (("method/x", "X", (("partOf", "method/y"),)), ("method/y", "Y", ()))
    }
    annotation = Annotation(PAPER, (entity("X"), entity("Y")), (Relation("X", "partOf", "Y", 0.4),))
    graph = graph_of(annotation, vocabulary=Vocabulary(known)).nx
    assert graph.edges["method/x", "method/y", "partOf"] == {
        "kind": "relation",
        "papers": 1,
        "score": 0.4,
        "vocabulary": True,
    }


def test_of_two_roles_of_one_thing_the_stronger_stands():
    same = (
        entity("X", "uses", score=0.9, id="method/x"),
        entity("Ex", "proposes", score=0.3, id="method/x"),
        entity("xX", "proposes", score=0.6, id="method/x"),
    )
    for entities in (same, same[::-1]):
        graph = graph_of(Annotation(PAPER, entities)).nx
        assert dict(graph["paper/2402.00002"]["method/x"]) == {
            "proposes": {"kind": "role", "papers": 1, "score": 0.6, "vocabulary": False}
        }
        assert graph.nodes["method/x"]["papers"] == 1


def test_an_unknown_thing_is_called_what_most_papers_call_it():
    annotations = [
        Annotation(Paper(f"2402.0000{number}", f"Title {number}", "Text."), (entity(name, id="method/x"),))
        for number, name in enumerate(("the X", "X", "X"))
    ]
    random.shuffle(annotations)
    about = graph_of(*annotations).nx.nodes["method/x"]
    assert (about["label"], about["aliases"]) == ("X", "the X")


def test_a_thing_is_never_related_to_itself():
    two_names = (entity("X", id="method/x"), entity("Ex", id="method/x"))
    graph = graph_of(Annotation(PAPER, two_names, (Relation("X", "basedOn", "Ex"),)))
    assert not graph.nx.has_edge("method/x", "method/x")
    assert [fact.predicate for fact in facts(graph)] == ["uses"]


def test_a_metric_without_a_noun_becomes_an_entity_that_the_vocabulary_may_know():
    faster = Annotation(PAPER, (entity("X"),), results=(Result("X", "speedups", "2x"),))
    assert "metric/speedup" in graph_of(faster).nx
    known = Vocabulary({"metric/speed-up": Concept("metric/speed-up", "Metric", "speed-up", aliases=("speedup",))})
    graph = graph_of(faster, vocabulary=known).nx
    assert list(graph.successors("paper/2402.00002#result-1")) == ["method/x", "metric/speed-up", "paper/2402.00002"]
    assert graph.nodes["metric/speed-up"]["aliases"] == "speedup|speedups"


def test_a_metric_named_like_something_else_is_still_a_metric():
    annotation = Annotation(PAPER, (entity("loss", type="Method"),), results=(Result("loss", "loss", "2"),))
    graph = graph_of(annotation).nx
    assert graph.has_edge("paper/2402.00002#result-1", "metric/loss", "metric")


def test_facts_say_who_says_what_and_where():
    graph = sample_graph()
    found = list(facts(graph))
    paper = "paper/2401.00001"
    at = len(FAST.paper.title) + 1 + FAST.paper.abstract.index("A100")
    assert (
        Fact(paper, "runsOn", "hardware/nvidia-a100", "role", paper, 0.9, mentions=(Mention(at, at + 4, "A100"),))
        in found
    )
    assert Fact("method/fastconv", "runsOn", "hardware/nvidia-a100", "relation", paper, 0.85, 44, 114) in found
    assert Fact("hardware/nvidia-a100", "manufacturer", "organization/nvidia", "relation", None, 1.0) in found
    assert [fact.paper for fact in found] == sorted(
        (fact.paper for fact in found), key=lambda node: (node is None, node)
    )


def test_of_several_sentences_that_state_a_relation_the_surest_is_kept():
    annotation = Annotation(
        Paper("2402.00002", "A title", "Long enough."),
        (entity("X"), entity("Y")),
        (
            Relation("X", "partOf", "Y", 0.4, 0, 3),
            Relation("X", "partOf", "Y", 0.9, 5, 7),
            Relation("X", "partOf", "Y", 0.9, 4, 7),
        ),
    )
    stated = [fact for fact in facts(graph_of(annotation)) if fact.kind == "relation"]
    assert [(fact.score, fact.start, fact.end) for fact in stated] == [(0.9, 4, 7)]


def test_results_come_with_their_node_and_ends():
    ((node, about, ends),) = results(sample_graph())
    assert (node, about["unit"]) == ("paper/2401.00001#result-1", "x")
    assert ends["versus"] == "method/slowconv"


@pytest.mark.parametrize(
    "wrong",
    [
        Annotation(PAPER, (entity("X"),), (Relation("X", "partOf", "Y"),)),
        Annotation(PAPER, (entity("X"),), results=(Result("Y", "accuracy", "2"),)),
        Annotation(PAPER, (entity("X"),), results=(Result("X", "accuracy", "2", on="Y"),)),
        Annotation(PAPER, (entity("X"),), results=(Result("X", "accuracy", "2", versus="Y"),)),
    ],
)
def test_an_extractor_that_names_what_it_did_not_find_is_told(wrong):
    with pytest.raises(ExtractionError, match=r"^paper 2402.00002: 'Y' is used but is no entity: name it among them$"):
        graph_of(wrong)


def test_a_base_that_is_no_iri_is_refused():
    with pytest.raises(KgraphError, match="cannot begin IRIs"):
        sample_graph(base_iri="my graph")
    assert sample_graph(base_iri="https://example.org/x").base_iri == "https://example.org/x/"


def test_the_same_paper_twice_is_one_paper():
    poorer = replace(SLOW, entities=SLOW.entities[:1], relations=())
    assert [a.paper.id for a in sample_graph(SLOW, poorer, FAST).annotations] == ["2401.00001", "7b7d35f5a579f877"]
    assert sample_graph(SLOW, poorer, FAST).annotations == sample_graph().annotations


def test_ancestors_and_makers_come_along_and_nothing_else():
    a100 = entity("A100", type="Hardware", id="hardware/nvidia-a100")
    gpu = entity("GPU", type="Hardware", id="hardware/gpu")
    above = {"hardware/gpu", "hardware/accelerator"}
    paper = "paper/2402.00002"
    assert set(graph_of(Annotation(PAPER, (gpu,)), vocabulary=VOCABULARY).nx) == {paper, *above}
    graph = graph_of(Annotation(PAPER, (a100,)), vocabulary=VOCABULARY).nx
    assert set(graph) == {paper, *above, "hardware/nvidia-a100", "organization/nvidia"}
    assert graph.nodes["hardware/accelerator"]["papers"] == 0


def test_vocabularies_that_go_round_in_circles_end():
    circle = {
        id: Concept(id, "Task", id[5:], broader=(other,))
        for id, other in (("task/a", "task/b"), ("task/b", "task/a"), ("task/c", "task/c"))
    }
    annotation = Annotation(PAPER, (entity("a", type="Task"), entity("c", type="Task")))
    graph = graph_of(annotation, vocabulary=Vocabulary(circle)).nx
    assert [edge for edge in graph.edges(keys=True) if edge[2] == "broader"] == [
        ("task/a", "task/b", "broader"),
        ("task/b", "task/a", "broader"),
    ]


def test_facts_of_a_vocabulary_have_the_type_of_their_range():
    concept = Concept(
        "hardware/x",
        "Hardware",
        "X",
        facts=(("memoryGigabytes", 8), ("memoryType", "HBM2"), ("memoryType", "HBM2e"), ("powerWatts", "much")),
    )
    annotation = Annotation(PAPER, (entity("X", type="Hardware"),))
    about = graph_of(annotation, vocabulary=Vocabulary({concept.id: concept})).nx.nodes["hardware/x"]
    assert list(vocabulary_facts(about)) == [
        ("memoryGigabytes", 8.0),
        ("memoryType", "HBM2"),
        ("memoryType", "HBM2e"),
        ("powerWatts", "much"),
    ]
    assert type(about["memoryGigabytes"]) is float


def test_lists_survive_the_character_that_joins_them():
    assert members(joined(["b", "a|b", "b", ""])) == ["a b", "b"]


def test_a_multigraph_is_sorted_whatever_it_is_made_from():
    edges = {("b", "a", "x"): {"kind": "role"}, ("a", "b", "y"): {}, ("a", "b", "x"): {}}
    graph = multigraph([("b", {}), ("a", {"kind": "paper"})], edges)
    assert list(graph) == ["a", "b"]
    assert list(graph.edges(keys=True)) == [("a", "b", "x"), ("a", "b", "y"), ("b", "a", "x")]
