"""Two papers, a small vocabulary, and the graph of both: what most tests of the graph's forms begin with."""

from kgraph.graph import Graph, assemble
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.ontology import load_ontology
from kgraph.text import passage
from kgraph.vocabulary import Concept, Vocabulary

VOCABULARY = Vocabulary(
    {
        concept.id: concept
        for concept in (
            Concept("hardware/accelerator", "Hardware", "accelerator"),
            Concept(
                "hardware/gpu",
                "Hardware",
                "GPU",
                aliases=("graphics processing unit",),
                broader=("hardware/accelerator",),
            ),
            Concept(
                "hardware/nvidia-a100",
                "Hardware",
                "NVIDIA A100",
                aliases=("A100",),
                broader=("hardware/gpu",),
                facts=(
                    ("manufacturer", "organization/nvidia"),
                    ("memoryGigabytes", 40),
                    ("memoryType", "HBM2"),
                    ("releaseDate", "2020-06"),
                ),
                links=("https://example.org/things/a100",),
            ),
            Concept("organization/nvidia", "Organization", "NVIDIA", facts=(("country", "US"),)),
        )
    }
)


def annotated(paper: Paper, named: dict[str, tuple[str, str, float, str]], *rest: Relation | Result) -> Annotation:
    """The annotation of a paper: entities as name → type, role, score, id; every occurrence of a name is a mention."""
    text = passage(paper.title, paper.abstract)
    entities = []
    for name, (type, role, score, id) in named.items():
        starts = [start for start in range(len(text)) if text.startswith(name, start)]
        mentions = tuple(Mention(start, start + len(name), name) for start in starts)
        entities.append(Entity(name, type, role, score, mentions, id))
    relations = tuple(item for item in rest if isinstance(item, Relation))
    return Annotation(paper, tuple(entities), relations, tuple(item for item in rest if isinstance(item, Result)))


FAST = annotated(
    Paper(
        "2401.00001",
        "FastConv: convolution that waits for nobody",
        "FastConv runs on the A100 and is 3.5x faster than SlowConv on MiniSet.",
        date="2024-01-02",
        authors=3,
        organization="nvidia",
        sources=("a.txt", "b.jsonl"),
    ),
    {
        "FastConv": ("Method", "proposes", 0.95, "method/fastconv"),
        "A100": ("Hardware", "runsOn", 0.9, "hardware/nvidia-a100"),
        "SlowConv": ("Method", "comparesWith", 0.8, "method/slowconv"),
        "MiniSet": ("Dataset", "evaluatesOn", 0.7, "dataset/miniset"),
    },
    Relation("FastConv", "runsOn", "A100", 0.85, 44, 114),
    Relation("FastConv", "comparedWith", "SlowConv", 0.75, 44, 114),
    Result("FastConv", "speedup", "3.5x", "A100", "SlowConv", 0.6, 77, 81),
)

SLOW = annotated(
    Paper("7b7d35f5a579f877", "SlowConv in practice", "We run SlowConv on an A100 GPU.", date="2023"),
    {
        "SlowConv": ("Method", "uses", 0.5, "method/slowconv"),
        "A100": ("Hardware", "runsOn", 0.65, "hardware/nvidia-a100"),
        "GPU": ("Hardware", "mentions", 0.4, "hardware/gpu"),
    },
    Relation("SlowConv", "runsOn", "A100", 0.55),
    Relation("A100", "subclassOf", "GPU", 0.45, 21, 51),
)


def sample_graph(*annotations: Annotation, base_iri: str = "https://w3id.org/kgraph/id/") -> Graph:
    """The graph of the annotations, by default of both sample papers."""
    return assemble(annotations or (FAST, SLOW), ontology=load_ontology(), vocabulary=VOCABULARY, base_iri=base_iri)
