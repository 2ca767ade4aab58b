"""One id for one thing: the cascade, run over batches.

An entity gets the id that :mod:`kgraph.resolution.cascade` decides on: of a vocabulary's concept,
or made from its name so that equal names meet across papers. What other papers say comes in as
frozen :class:`~kgraph.resolution.evidence.Evidence`, so that neither the order of the papers nor
the batch they come in matters. Entities of one paper that come to the same id are one entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace

from kgraph.model import Annotation, Entity
from kgraph.ontology import Ontology
from kgraph.resolution.cascade import Decision, decide
from kgraph.resolution.curation import Curation, apply, check, rule
from kgraph.resolution.evidence import Evidence, gather, usage
from kgraph.resolution.joining import joined
from kgraph.resolution.labels import labels_of
from kgraph.vocabulary import Vocabulary

__all__ = ["VocabularyResolver"]


class VocabularyResolver:
    """Resolves against vocabularies, then by name in the light of what all papers say.

    >>> from kgraph.model import Mention, Paper
    >>> from kgraph.ontology import load_ontology, load_vocabulary
    >>> resolver = VocabularyResolver(load_vocabulary(), load_ontology())
    >>> entity = Entity("Nvidia A100 GPUs", "Hardware", "runsOn", 0.9, (Mention(0, 16, "Nvidia A100 GPUs"),))
    >>> [decision] = resolver.explain(Annotation(Paper("1", "Nvidia A100 GPUs", "Text."), (entity,)))
    >>> decision.id, decision.step
    ('hardware/nvidia-a100', 'class noun')
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        ontology: Ontology,
        evidence: Evidence | None = None,
        curation: Curation | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.ontology = ontology
        self.evidence = evidence or Evidence()
        self.curation = curation or Curation()
        self._labels = labels_of(vocabulary)
        self._usage = usage(self.evidence, self._labels.longs)

    def informed_by(self, annotations: Iterable[Annotation]) -> VocabularyResolver:
        """The resolver that knows what these papers say of names; give it all of them before the first batch."""
        informed = copy(self)
        informed.evidence = gather(annotations)
        informed._usage = usage(informed.evidence, self._labels.longs)  # noqa: SLF001 - a resolver too
        return informed

    def curated_by(self, curation: Curation, annotations: Iterable[Annotation]) -> VocabularyResolver:
        """The resolver that honours what people decided about these papers.

        Raises :class:`~kgraph.errors.ReadError` where a ruling names nothing that is there.
        """
        decided = ((annotation, [d.id for d in self._decided(annotation)]) for annotation in annotations)
        check(curation, decided, self.vocabulary)
        curated = copy(self)  # the labels, which are costly to index, are shared
        curated.curation = curation
        return curated

    def explain(self, annotation: Annotation) -> list[Decision]:
        """For each entity of a paper, in their order, its id and why it has it; no id where it is left out."""
        decisions = self._decided(annotation)
        if not self.curation.rulings:
            return decisions
        return [self._ruled(decision, e) for decision, e in zip(decisions, annotation.entities, strict=True)]

    def resolve(self, batch: Sequence[Annotation]) -> list[Annotation]:
        """The same annotations with every entity's id set, entities with equal ids joined."""
        return [self._resolved(annotation, [d.id for d in self.explain(annotation)]) for annotation in batch]

    def _decided(self, annotation: Annotation) -> list[Decision]:
        return decide(annotation, self._labels, self._usage)

    def _ruled(self, decision: Decision, entity: Entity) -> Decision:
        before, why = decision.id, f"{decision.step}: {decision.reason}"
        if decision.step == "given" and decision.candidates:  # perhaps since an earlier build has honoured a ruling
            before, why = decision.candidates[0], "the rules"
        id, rulings = rule(self.curation, decision.paper, entity, before)
        if not rulings or (before != decision.id != id):
            return decision
        said = [f"{before} by {why}"]
        said += [f"{self.curation.source}:{r.line} {r.action}: {r.reason}" for r in rulings]
        return replace(decision, id=id, step="curation", reason="; ".join(said))

    def _resolved(self, annotation: Annotation, ids: list[str]) -> Annotation:
        if self.curation.rulings:
            return apply(annotation, ids, self.curation, self.ontology)
        return joined(annotation, ids, self.ontology.roles)
