"""Four invented papers and a vocabulary of nine things, small enough that every answer can be told by eye."""

from pathlib import Path

from kgraph.graph import Graph, assemble
from kgraph.iri import DATA, entity_id
from kgraph.model import Annotation, Paper, Relation, Result
from kgraph.ontology import load_ontology
from kgraph.rdf import evidence_triples, graph_triples, write_turtle
from kgraph.text import passage
from kgraph.vocabulary import Concept, Vocabulary
from tests.samples import annotated

BY_AMD, BY_NVIDIA = ((("manufacturer", f"organization/{maker}"),) for maker in ("amd", "nvidia"))
CONCEPTS = (
    Concept("hardware/alveo-u280", "Hardware", "Alveo U280", broader=("hardware/fpga",), facts=BY_AMD),
    Concept("hardware/fpga", "Hardware", "FPGA"),
    Concept("hardware/gpu", "Hardware", "GPU", aliases=("graphics processor",)),
    Concept("hardware/nvidia-a100", "Hardware", "NVIDIA A100", aliases=("A100",), broader=("hardware/nvidia-gpu",)),
    Concept("hardware/nvidia-gpu", "Hardware", "NVIDIA GPU", broader=("hardware/gpu",), facts=BY_NVIDIA),
    Concept("metric/frame-rate", "Metric", "frame rate", facts=(("unitName", "FPS"),)),
    Concept("metric/speedup", "Metric", "speedup"),
    Concept("organization/amd", "Organization", "AMD"),
    Concept("organization/nvidia", "Organization", "NVIDIA"),
)
VOCABULARY = Vocabulary({concept.id: concept for concept in CONCEPTS})


def annotation(paper: Paper, entities: list[str], relations: list[str], *results: Result) -> Annotation:
    """An annotation out of lines such as ``Method proposes TileFlow`` and ``TileFlow -- runsOn -- GPU | sentence``."""
    text = passage(paper.title, paper.abstract)

    def relation(line: str) -> Relation:
        fact, _, sentence = line.partition(" | ")
        start = text.index(sentence) if sentence else None
        return Relation(*fact.split(" -- "), 0.8, start, start + len(sentence) if sentence else None)

    named = {}
    for type, role, name in (line.split(" ", 2) for line in entities):
        named[name] = (type, role, 0.9, VOCABULARY.named(type, name) or entity_id(type, name))
    return annotated(paper, named, *map(relation, relations), *results)


TILEFLOW = annotation(
    Paper(
        "2401.00001",
        "TileFlow: attention by tiles",
        "TileFlow serves long-context inference. On an A100 it reaches a speedup of up to 3.5x over PlainAttention. "
        "We test it on LongText.",
        date="2024-01-15",
        organization="NVIDIA",
        sources=("a.txt",),
    ),
    [
        "Method proposes TileFlow",
        "Task addresses long-context inference",
        "Hardware runsOn A100",
        "Metric reports speedup",
        "Method comparesWith PlainAttention",
        "Dataset evaluatesOn LongText",
    ],
    [
        "TileFlow -- usedFor -- long-context inference | TileFlow serves long-context inference.",
        "TileFlow -- runsOn -- A100 | On an A100 it reaches a speedup of up to 3.5x over PlainAttention.",
        "TileFlow -- comparedWith -- PlainAttention",
        "TileFlow -- evaluatedOn -- LongText | We test it on LongText.",
    ],
    Result("TileFlow", "speedup", "up to 3.5x", "A100", "PlainAttention", 0.7, 114, 124),
)
BOARDNET = annotation(
    Paper(
        "2306.00002",
        "BoardNet: a detector for an Alveo U280",
        "BoardNet does object detection. It runs on an Alveo U280 at 30 FPS and is tested on StreetScenes "
        "and LongText.",
        date="2023-06",
        sources=("a.txt", "b.txt"),
    ),
    [
        "Method proposes BoardNet",
        "Task addresses object detection",
        "Hardware runsOn Alveo U280",
        "Dataset evaluatesOn StreetScenes",
        "Dataset evaluatesOn LongText",
    ],
    [
        "BoardNet -- usedFor -- object detection | BoardNet does object detection.",
        "BoardNet -- evaluatedOn -- StreetScenes",
    ],
    Result("BoardNet", "frame rate", "30 FPS", "Alveo U280"),
)
FLOWKIT = annotation(
    Paper(
        "flowkit-toolkit",
        "FlowKit: a toolkit for detectors",
        "FlowKit is a toolkit made by AMD. With it TileFlow and PlainAttention do object detection on any GPU, "
        "twice as fast: a speedup of 2x on StreetScenes.",
        date="2025",
    ),
    [
        "Software proposes FlowKit",
        "Organization mentions AMD",
        "Method uses TileFlow",
        "Method uses PlainAttention",
        "Task addresses object detection",
        "Hardware runsOn GPU",
        "Metric reports speedup",
        "Dataset evaluatesOn StreetScenes",
    ],
    [
        "FlowKit -- madeBy -- AMD | FlowKit is a toolkit made by AMD.",
        "TileFlow -- usedFor -- object detection",
        "FlowKit -- runsOn -- GPU",
    ],
    Result("FlowKit", "speedup", "2x", "StreetScenes"),
)
SURVEY = annotation(
    Paper(
        "survey-of-chips", "A survey of chips", 'Chips from NVIDIA, a GPU "family" {and more} above all, are compared.'
    ),
    ["Organization mentions NVIDIA", "Hardware uses GPU"],
    [],
)

ANNOTATIONS = (TILEFLOW, BOARDNET, FLOWKIT, SURVEY)


def graph(annotations=ANNOTATIONS, base_iri: str = DATA) -> Graph:
    return assemble(annotations, ontology=load_ontology(), vocabulary=VOCABULARY, base_iri=base_iri)


def write(folder: Path, annotations=ANNOTATIONS, base_iri: str = DATA) -> Path:
    """The two Turtle files of a build in the folder."""
    built = graph(annotations, base_iri)
    folder.mkdir(parents=True, exist_ok=True)
    for name, triples in (("graph.ttl", graph_triples), ("evidence.ttl", evidence_triples)):
        with (folder / name).open("wb") as stream:
            write_turtle(triples(built), stream, base_iri=base_iri)
    return folder
