"""``python -m benchmarks.resolution``: how much of what people marked reaches the vocabularies, and how fast."""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from kgraph.model import Annotation, Entity
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.readers.reading import read
from kgraph.resolution.cascade import Decision
from kgraph.resolution.resolver import VocabularyResolver

__all__ = ["Linked", "linked"]

WANTED = {"Hardware": 90, "Organization": 80, "Dataset": 60, "Software": 70, "Metric": 80, "Task": 50, "Method": 0}
"""Percent of mentions that are to reach a concept; of hardware only those that name a product or a family."""

_NUMBERED = re.compile(r"\b(?=\w*[A-Za-z])\w*\d")


@dataclass(slots=True)
class Linked:
    """Mentions of a type: all, those that reach a concept, the names that do not by their number of papers."""

    mentions: int = 0
    reached: int = 0
    own: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def percent(self) -> float:
        return 100 * self.reached / self.mentions if self.mentions else 0.0

    @property
    def percent_with_own(self) -> float:
        """The same where a paper's own proposals, which no vocabulary can hold, count as missed."""
        return 100 * self.reached / (self.mentions + self.own) if self.mentions else 0.0


def linked(annotations: list[Annotation], resolver: VocabularyResolver) -> dict[str, Linked]:
    """By type, what reaches a concept; a paper's own proposals, which no vocabulary can hold, are counted apart."""
    makers = {
        concept.name.lower() for concept in resolver.vocabulary.concepts.values() if concept.type == "Organization"
    }
    found: dict[str, Linked] = defaultdict(Linked)
    for annotation in annotations:
        for entity, decision in zip(annotation.entities, resolver.explain(annotation), strict=True):
            if entity.type != "Hardware" or _is_product(entity, makers):
                _count(found[entity.type], entity, decision, known=decision.id in resolver.vocabulary.concepts)
    return dict(found)


def _is_product(entity: Entity, makers: set[str]) -> bool:
    """Whether a name is that of a product or a family: it has a maker's name or a number in it."""
    return bool(_NUMBERED.search(entity.name)) or entity.name.split(" ")[0].lower() in makers


def _count(row: Linked, entity: Entity, decision: Decision, *, known: bool) -> None:
    if entity.role == "proposes" and not known:
        row.own += len(entity.mentions)
        return
    row.mentions += len(entity.mentions)
    row.steps[decision.step] += 1
    if known:
        row.reached += len(entity.mentions)
    else:
        row.missed[entity.name] += 1


def main() -> int:
    shared = Path(__file__).parents[2] / "shared" / "corpus" / "train.jsonl"
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resolution", description=__doc__)
    parser.add_argument("--gold", type=Path, default=shared, help="annotated abstracts")
    parser.add_argument("--missed", type=int, default=0, help="how many names of each type to list that reach nothing")
    arguments = parser.parse_args()
    annotations = read([arguments.gold], strict=True).annotations
    resolver = VocabularyResolver(load_vocabulary(), load_ontology())
    began = time.process_time()
    resolver = resolver.informed_by(annotations)
    resolver.resolve(annotations)
    seconds = time.process_time() - began
    print(
        f"{len(annotations)} papers in {seconds:.2f} s of processor time, "
        f"{1000 * seconds / len(annotations):.2f} ms each\n"
    )
    print("| type | mentions | reach a concept | wanted | own proposals | reach one with these counted | steps |")
    print("|---|---:|---:|---:|---:|---:|---|")
    rows = linked(annotations, resolver)
    for type, wanted in WANTED.items():
        row = rows.get(type, Linked())
        steps = ", ".join(f"{step} {count}" for step, count in row.steps.most_common())
        print(
            f"| {type} | {row.mentions} | **{row.percent:.1f} %** | {wanted} % | {row.own} | "
            f"{row.percent_with_own:.1f} % | {steps} |"
        )
    for type, row in rows.items():
        if arguments.missed:
            names = ", ".join(f"{name} ({count})" for name, count in row.missed.most_common(arguments.missed))
            print(f"\n{type}: {names}")
    return int(any(row.percent < WANTED[type] for type, row in rows.items()))


if __name__ == "__main__":
    raise SystemExit(main())
