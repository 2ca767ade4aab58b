"""What the pipeline must find on annotated abstracts: a change that costs quality is seen here."""

import hashlib
import json
from pathlib import Path

import pytest

from kgraph.evaluate import evaluate
from kgraph.extraction.pipeline import PATTERNS, load_extractor
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.records import from_record
from kgraph.text import title_key

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "train.jsonl"


def held_out(title):
    """Whether a paper is of the half that the rules were not tuned on."""
    return hashlib.sha1(title_key(title).encode()).digest()[-1] % 2 == 1


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.exists(), reason="the annotated corpus is not beside the project")
def test_two_of_three_entities_are_those_of_the_annotators():
    records = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    gold = [from_record(record)[0] for record in records if held_out(record["title"])][::2]
    assert len(gold) > 200
    extractor = load_extractor(PATTERNS, vocabulary=load_vocabulary(), ontology=load_ontology())
    found = list(extractor.extract(annotation.paper for annotation in gold))
    scores = evaluate(gold, found, ontology=load_ontology()).scores
    assert scores["entity"].f1 > 66
    assert scores["entity Hardware"].f1 > 77
    assert scores["mention"].f1 > 66
