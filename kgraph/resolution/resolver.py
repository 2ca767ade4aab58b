"""One id for one thing: the cascade, run over batches.

An entity gets the id that :mod:`kgraph.resolution.cascade` decides on: of a vocabulary's concept,
or made from its name so that equal names meet across papers. What other papers say comes in as
frozen :class:`~kgraph.resolution.evidence.Evidence`, so that neither the order of the papers nor
the batch they come in matters. Entities of one paper that come to the same id are one entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgraph.model import Annotation
from kgraph.ontology import Ontology
from kgraph.resolution.cascade import Decision, decide
from kgraph.resolution.evidence import Evidence, gather, usage
from kgraph.resolution.joining import joined
from kgraph.resolution.labels import labels_of
from kgraph.vocabulary import Vocabulary

__all__ = ["VocabularyResolver"]


class VocabularyResolver:
    """Resolves against vocabularies, then by name in the light of what all papers say.

    >>> from kgraph.model import Entity, Mention, Paper
    >>> from kgraph.ontology import load_ontology, load_vocabulary
    >>> resolver = VocabularyResolver(load_vocabulary(), load_ontology())
    >>> entity = Entity("Nvidia A100 GPUs", "Hardware", "runsOn", 0.9, (Mention(0, 16, "Nvidia A100 GPUs"),))
    >>> [decision] = resolver.explain(Annotation(Paper("1", "Nvidia A100 GPUs", "Text."), (entity,)))
    >>> decision.id, decision.step
    ('hardware/nvidia-a100', 'class noun')
    """

    def __init__(self, vocabulary: Vocabulary, ontology: Ontology, evidence: Evidence | None = None) -> None:
        self.vocabulary = vocabulary
        self.ontology = ontology
        self.evidence = evidence or Evidence()
        self._labels = labels_of(vocabulary)
        self._usage = usage(self.evidence, self._labels.longs)

    def informed_by(self, annotations: Iterable[Annotation]) -> VocabularyResolver:
        """The resolver that knows what these papers say of names; give it all of them before the first batch."""
        return VocabularyResolver(self.vocabulary, self.ontology, gather(annotations))

    def explain(self, annotation: Annotation) -> list[Decision]:
        """For each entity of a paper, in their order, its id and why it has it."""
        return decide(annotation, self._labels, self._usage)

    def resolve(self, batch: Sequence[Annotation]) -> list[Annotation]:
        """The same annotations with every entity's id set, entities with equal ids joined."""
        roles = self.ontology.roles
        return [joined(annotation, [d.id for d in self.explain(annotation)], roles) for annotation in batch]
