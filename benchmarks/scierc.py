"""``python -m benchmarks.scierc``: kgraph's training on a public corpus, so that others can compare.

SciERC (Y. Luan, L. He, M. Ostendorf, H. Hajishirzi, EMNLP 2018) marks six types in abstracts of
artificial intelligence. The model is trained by the function behind ``kgraph train`` on the corpus'
training part alone, where one abstract in nine is kept apart to stop on, and judged on its
development part: micro F1 of the spans with their types, exact. The corpus states no licence, so
nothing made from it is shipped. Needs ``kgraph[train]``; an epoch takes a minute or two on one core.

Measured in November 2026 after eight epochs, with the thresholds that a model begins with: F1 64.7
(P 63.1, R 66.3), still rising by half a point an epoch on the abstracts kept apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.exporters.annotations import generate_annotations
from kgraph.files import write_whole
from kgraph.model import Annotation, Entity, Mention, Paper, Relation
from kgraph.ontology import Ontology, Property

if TYPE_CHECKING:
    from kgraph.evaluate import Score

__all__ = ["ONTOLOGY", "annotation_of", "measure"]

TYPES = ("Method", "Task", "Metric", "Material", "OtherScientificTerm", "Generic")
PREDICATES = ("COMPARE", "CONJUNCTION", "EVALUATE-FOR", "FEATURE-OF", "HYPONYM-OF", "PART-OF", "USED-FOR")
ONTOLOGY = Ontology(
    types=TYPES,
    roles=("mentions",),
    predicates=PREDICATES,
    facts=(),
    properties={
        name: Property(name, name, "", domain=TYPES, range=TYPES, literal=False, datatype="", parent="")
        for name in PREDICATES
    },
    labels={},
)
"""What the corpus marks. Its relations are learned beside, as in the systems of :data:`PUBLISHED`."""

PUBLISHED = {"DyGIE++": 68.5, "SciBERT": 67.0, "PURE": 69.5}
"""F1 on the corpus' test part, by their papers."""

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "external" / "scierc.jsonl"


def annotation_of(record: Mapping[str, Any]) -> Annotation:
    """An abstract of the corpus as an annotated paper; its first sentence becomes the title, so that offsets stay.

    >>> spans = [{"start": 3, "end": 6, "label": "Method"}, {"start": 18, "end": 21, "label": "Method"}]
    >>> annotation = annotation_of({"id": "1", "text": "An HMM is good. A HMM is better.", "spans": spans})
    >>> annotation.paper.title, [(entity.name, len(entity.mentions)) for entity in annotation.entities]
    ('An HMM is good.', [('HMM', 2)])
    """
    text, spans = record["text"], record.get("spans", ())
    free = (at for at, sign in enumerate(text) if sign == " " and not any(s["start"] < at < s["end"] for s in spans))
    spaces = list(free)
    stop = next((at for at in spaces if text[at - 1] in ".?!"), spaces[0])
    paper = Paper(record["id"], text[:stop], text[stop + 1 :])
    named: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for span in spans:
        written = text[span["start"] : span["end"]]
        named[written, span["label"]].append(Mention(span["start"], span["end"], written))
    written_as: Counter[str] = Counter(written for written, _ in named)
    names = {(w, label): w if written_as[w] == 1 else f"{w} ({label})" for w, label in named}  # unique in a paper
    entities = [Entity(names[key], key[1], "mentions", 1.0, tuple(mentions)) for key, mentions in named.items()]
    ends = [names[text[span["start"] : span["end"]], span["label"]] for span in spans]
    links = {(ends[link["head"]], link["label"], ends[link["tail"]]) for link in record.get("relations", ())}
    relations = (Relation(*link, score=1.0) for link in sorted(links) if link[0] != link[2])
    return Annotation(paper, tuple(entities), tuple(relations))


def measure(corpus: Path, folder: Path, *, epochs: int, seed: int = 0) -> dict[str, Score]:
    """Scores on the development part, of a model that is made in ``folder`` from the training part."""
    from kgraph.evaluate import evaluate
    from kgraph.training.making import train
    from kgraph.training.trainer import Settings

    parts: dict[str, list[Annotation]] = defaultdict(list)
    for line in corpus.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        parts[record["split"]].append(annotation_of(record))
    gold = folder / "training.jsonl"
    write_whole(gold, b"".join(generate_annotations(parts["train"])))
    settings = Settings(epochs=epochs, seed=seed, pieces_per_batch=1000, mean_over=60)  # 350 abstracts make few steps
    train([gold], folder / "model", ontology=ONTOLOGY, settings=settings, report=_report)
    return evaluate(parts["dev"], list(_read(folder / "model", parts["dev"])), ontology=ONTOLOGY).scores


def _read(model_folder: Path, wanted: list[Annotation]) -> Iterator[Annotation]:
    """What the model says of these papers, by itself: no vocabulary, no patterns."""
    from kgraph.extraction.model.decoding import decode
    from kgraph.extraction.model.loading import load_model, read
    from kgraph.text import passage

    model = load_model(model_folder)
    papers = [annotation.paper for annotation in wanted]
    texts = [passage(paper.title, paper.abstract) for paper in papers]
    readings = read(model, texts, [len(paper.title) for paper in papers], [()] * len(papers))
    for paper, reading in zip(papers, readings, strict=True):
        yield decode(paper, reading, model.weights, model.labels, model.thresholds) if reading else Annotation(paper)


def _report(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scierc", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the corpus as JSON Lines")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, help="cores to use; by default all")
    parser.add_argument("--folder", type=Path, help="where to make the model; kept there, and gone on from")
    arguments = parser.parse_args()
    if not arguments.corpus.exists():
        parser.error(f"{arguments.corpus} is not there: name your own with --corpus")
    import torch

    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        scores = measure(arguments.corpus, folder, epochs=arguments.epochs, seed=arguments.seed)
    print("| SciERC, development part | P | R | F1 |\n|---|---:|---:|---:|")
    for name in ("mention", *(f"mention {type}" for type in TYPES)):
        if name in scores:
            print(f"| {name} | {scores[name].precision} | {scores[name].recall} | **{scores[name].f1}** |")
    print("\nPublished, on the test part: " + ", ".join(f"{name} {f1}" for name, f1 in PUBLISHED.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
