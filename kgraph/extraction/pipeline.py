"""The spaCy pipeline as an extractor: from papers to annotations.

What it is made of stands in ``config.cfg``, or, without a model, in ``patterns.cfg``; the components
are found through spaCy's entry points, so that a team's own can be put in place of any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, runtime_checkable

from spacy.language import Language
from spacy.util import load_config, load_model_from_config, registry

from kgraph.errors import ExtractionError
from kgraph.extraction.marks import document
from kgraph.model import Annotation, Paper
from kgraph.ontology import load_vocabulary
from kgraph.stages import BATCH

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kgraph.ontology import Ontology
    from kgraph.vocabulary import Vocabulary

__all__ = ["CONFIG", "PATTERNS", "SpacyExtractor", "load_extractor", "read_vocabulary"]

CONFIG = Path(__file__).with_name("config.cfg")
"""The configuration of the shipped pipeline: vocabularies, patterns and the trained model."""

PATTERNS = Path(__file__).with_name("patterns.cfg")
"""The configuration of vocabularies, patterns and cues alone, without a model."""


@runtime_checkable
class _KnowsConcepts(Protocol):
    """A component that works with a vocabulary; it may have one of its own from the configuration."""

    def set_vocabulary(self, vocabulary: Vocabulary) -> None: ...


@runtime_checkable
class _KnowsOntology(Protocol):
    """A component that works with the ontology."""

    def set_ontology(self, ontology: Ontology) -> None: ...


class SpacyExtractor:
    """An :class:`~kgraph.stages.Extractor` made of a spaCy pipeline."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        nlp.set_error_handler(_report)

    def extract(self, papers: Iterable[Paper]) -> Iterator[Annotation]:
        """One annotation for each paper, in their order, a batch ahead of its reader.

        Of a text longer than ``nlp.max_length`` (a million characters) the beginning is read.
        Raises :class:`~kgraph.errors.ExtractionError` when a component fails, whose fault that
        always is: no text makes one of the shipped components fail.
        """
        pairs = ((self._document(paper), paper) for paper in papers)
        for doc, paper in self.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
            yield Annotation(paper, doc._.kgraph_entities, doc._.kgraph_relations, doc._.kgraph_results)

    def _document(self, paper: Paper) -> Doc:
        try:
            return document(self.nlp, paper)
        except Exception as error:  # a stranger's tokenizer
            raise ExtractionError(f"the tokenizer failed at {paper.title[:60]!r}: {_one_line(error)}") from error


def load_extractor(
    config: Path | None = None, *, vocabulary: Vocabulary | None = None, ontology: Ontology | None = None
) -> SpacyExtractor:
    """The extractor of a spaCy configuration, by default the one that kgraph ships.

    ``config`` may also be a folder with a trained model, which :data:`CONFIG` then uses.
    ``vocabulary`` and ``ontology`` go to the components that ask for them. Raises
    :class:`~kgraph.errors.ExtractionError` where the configuration makes no pipeline.

    >>> extractor = load_extractor()
    >>> abstract = "We present Zip2, a library for archives. It runs on NVIDIA A100 GPUs."
    >>> paper = Paper("1", "Zip2: a library for archives", abstract)
    >>> [annotation] = extractor.extract([paper])
    >>> [(entity.name, entity.type, entity.role) for entity in annotation.entities]
    [('Zip2', 'Software', 'proposes'), ('NVIDIA A100', 'Hardware', 'runsOn')]
    """
    path = config or CONFIG
    try:
        settings = load_config(CONFIG, {"paths.model": str(path)}) if path.is_dir() else load_config(path)
        nlp = load_model_from_config(settings, auto_fill=True)
    except Exception as error:  # whatever a stranger's component raises while it is made
        raise ExtractionError(f"{path} makes no pipeline: {_one_line(error)}") from error
    components: list[Any] = [component for _, component in nlp.pipeline]
    for component in components:
        if vocabulary is not None and isinstance(component, _KnowsConcepts):
            component.set_vocabulary(vocabulary)
        if ontology is not None and isinstance(component, _KnowsOntology):
            component.set_ontology(ontology)
    return SpacyExtractor(nlp)


@registry.misc("kgraph.Vocabulary.v1")  # type: ignore[untyped-decorator]
def read_vocabulary(path: str | None = None) -> Vocabulary:
    """A vocabulary for a component's configuration: that of a Turtle file or folder, or the shipped one."""
    return load_vocabulary(Path(path) if path else None)


def _report(name: str, _component: Any, docs: Sequence[Doc], error: Exception) -> NoReturn:
    at = f" at {docs[0].text[:60]!r}" if docs else ""
    raise ExtractionError(f"the component {name} of the pipeline failed{at}: {_one_line(error)}") from error


def _one_line(error: Exception) -> str:
    r"""What an error says, on one line of bounded length.

    >>> _one_line(ValueError("[E002] Can't find factory\n\nfor 'x'"))
    "[E002] Can't find factory for 'x'"
    """
    message = " ".join(str(error).split()) or type(error).__name__
    return message if len(message) <= 300 else f"{message[:300]}…"
