"""The annotations in corpus/: whole, allowed by the ontology, at home in the texts they were read from."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.choose import choose
from kgraph.ontology import load_ontology
from kgraph.training.offsets import restore

ROOT = Path(__file__).parents[2]
ANNOTATIONS = ROOT / "corpus" / "annotations.jsonl"
SHARED = ROOT.parent / "shared" / "corpus"
LINES = [json.loads(line) for line in ANNOTATIONS.read_text().splitlines()]


def test_there_are_as_many_papers_as_the_readme_says():
    assert len({line["id"] for line in LINES}) == len(LINES)
    assert f"{len(LINES)} papers" in (ROOT / "corpus" / "README.md").read_text()


def test_mentions_are_apart_and_every_entity_has_one():
    for line in LINES:
        spans = sorted(tuple(span) for entity in line["entities"] for span in entity["mentions"])
        assert all(0 <= start < end for start, end in spans), line["id"]
        assert all(first[1] <= second[0] for first, second in pairwise(spans)), line["id"]
        assert all(entity["mentions"] for entity in line["entities"]), line["id"]
        assert len({tuple(entity["name"]) for entity in line["entities"]}) == len(line["entities"]), line["id"]


def test_the_ontology_allows_every_role_and_relation():
    allows = load_ontology().allows
    for line in LINES:
        types = [entity["type"] for entity in line["entities"]]
        assert all(allows("Paper", entity["role"], entity["type"]) for entity in line["entities"]), line["id"]
        for subject, predicate, object in line["relations"]:
            assert subject != object, line["id"]
            assert allows(types[subject], predicate, types[object]), (line["id"], predicate, subject, object)


def test_results_name_entities_of_their_paper():
    for line in LINES:
        for result in line["results"]:
            ends = [result[end] for end in ("entity", "on", "versus") if result[end] is not None]
            assert all(0 <= end < len(line["entities"]) for end in ends), line["id"]
            metric = result["metric"]
            assert isinstance(metric, str) or line["entities"][metric]["type"] == "Metric", line["id"]


def test_papers_are_chosen_by_seed_and_never_those_annotated_already(tmp_path):
    papers = [
        {"id": f"25{n:02}.00001", "title": f"Paper {n}", "abstract": f"{word} " * 100, "categories": ["cs.LG"]}
        for n, word in enumerate(["on a GPU", "with PyTorch", "over MMLU", "at NIST", "about nothing"] * 12)
    ]
    (tmp_path / "train.jsonl").write_text(json.dumps({"id": "x", "title": "paper  3!"}) + "\n")
    packed = "".join(json.dumps(paper) + "\n" for paper in papers)
    (tmp_path / "unlabelled-0.jsonl.gz").write_bytes(gzip.compress(packed.encode()))
    chosen = [(name, paper["id"]) for name, paper in choose(tmp_path, 10)]
    assert chosen == [(name, paper["id"]) for name, paper in choose(tmp_path, 10)]
    assert [name for name, _ in chosen][1:9:2] == ["hardware", "software", "dataset", "hardware"]
    assert len(set(chosen)) == 10
    assert "2503.00001" not in {id for _, id in chosen}
    assert [(name, paper["id"]) for name, paper in choose(tmp_path, 4)] == chosen[:4]


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/corpus")
def test_every_paper_is_the_text_it_was_read_from():
    said: list[str] = []
    restored = list(restore(ANNOTATIONS, sorted(SHARED.glob("unlabelled-*.jsonl.gz")), report=said.append))
    assert not said
    assert len(restored) == len(LINES)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/corpus")
def test_these_are_the_papers_that_the_seed_chooses():
    assert {paper["id"] for _, paper in choose(SHARED, len(LINES))} == {line["id"] for line in LINES}
