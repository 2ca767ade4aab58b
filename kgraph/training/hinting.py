"""What vocabularies and patterns say of papers, as the pipeline around a model hears it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from spacy.util import load_config, load_model_from_config

from kgraph.extraction.marks import document
from kgraph.extraction.model.hints import Hint, hints_of
from kgraph.extraction.pipeline import CONFIG
from kgraph.model import Paper

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["hinted"]

_OF_THE_MODEL = ("kgraph_ner", "kgraph_roles", "kgraph_relations", "kgraph_results")


def hinted(papers: Sequence[Paper]) -> list[tuple[Hint, ...]]:
    """For each paper what the components of ``config.cfg`` before the model find in it."""
    nlp = _pipeline()
    return [hints_of(doc) for doc in nlp.pipe(document(nlp, paper) for paper in papers)]


@cache
def _pipeline() -> Language:
    return load_model_from_config(load_config(CONFIG), auto_fill=True, exclude=list(_OF_THE_MODEL))
