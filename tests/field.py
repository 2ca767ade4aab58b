"""An invented field of research, as large as a test wants it: topics with their own words, and words that all share."""

from itertools import cycle, islice

from kgraph.graph import Graph, assemble
from kgraph.model import Annotation, Paper, Relation, Result
from kgraph.ontology import load_ontology
from kgraph.vocabulary import Vocabulary
from tests.samples import annotated

TOPICS = ("tide", "glacier", "desert", "canopy", "reef", "dune", "delta", "tundra", "lagoon", "geyser")


def field(papers: int) -> list[Annotation]:
    """Annotations of that many papers, their topics in turn; every one names the "Common Engine"."""
    return [_annotation(number, topic) for number, topic in enumerate(islice(cycle(TOPICS), papers))]


def field_graph(papers: int) -> Graph:
    return assemble(field(papers), ontology=load_ontology(), vocabulary=Vocabulary())


def _annotation(number: int, topic: str) -> Annotation:
    own, data, board = f"{topic.title()}Net-{number}", f"{topic.title()}Set-{number % 3}", f"{topic} board"
    abstract = (
        f"We propose {own} for {topic} mapping. It runs on a {board} with a Common Engine. "
        f"On {data} it gains {number}.5x in {topic} throughput."
    )
    named = {
        own: ("Method", "proposes", 0.9, f"method/{own.lower()}"),
        f"{topic} mapping": ("Task", "addresses", 0.8, f"task/{topic}-mapping"),
        board: ("Hardware", "runsOn", 0.7, f"hardware/{topic}-board"),
        "Common Engine": ("Software", "uses", 0.6, "software/common-engine"),
        data: ("Dataset", "evaluatesOn", 0.5, f"dataset/{data.lower()}"),
        f"{topic} throughput": ("Metric", "reports", 0.4, f"metric/{topic}-throughput"),
    }
    return annotated(
        Paper(
            f"{2401 + number % 12}.{number:05d}", f"{own}: charting the {topic}", abstract, date=f"{2020 + number % 5}"
        ),
        named,
        Relation(own, "usedFor", f"{topic} mapping", 0.8, 0, len(own)),
        Result(own, f"{topic} throughput", f"{number}.5x", data),
    )
