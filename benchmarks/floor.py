"""The least that finding names in abstracts can cost with spaCy: read, tokenise, match.

Run as a process of its own by :mod:`benchmarks.speed`: it imports spaCy, loads the vocabularies,
gives every label to a ``PhraseMatcher`` and passes the same papers through both.
"""

from __future__ import annotations

import sys

import spacy
from spacy.matcher import PhraseMatcher

from kgraph.ontology import load_vocabulary
from kgraph.readers.reading import read
from kgraph.text import passage

nlp = spacy.blank("en")
matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
labels = sorted(
    {label for concept in load_vocabulary().concepts.values() for label in (concept.name, *concept.aliases)}
)
matcher.add("label", list(nlp.tokenizer.pipe(labels)))
papers = read(sys.argv[1:]).papers
found = sum(len(matcher(doc)) for doc in nlp.pipe(passage(paper.title, paper.abstract) for paper in papers))
print(len(papers), "papers", found, "matches")
