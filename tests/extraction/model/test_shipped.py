"""The model that kgraph ships, as a stage: what it reads does not depend on what stands beside it."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import pytest
from spacy.util import load_config, load_model_from_config

from kgraph.errors import ExtractionError
from kgraph.extraction.marks import MENTIONS, document
from kgraph.extraction.model.decoding import decode
from kgraph.extraction.model.labels import PAPER
from kgraph.extraction.model.loading import SHIPPED, load_model
from kgraph.extraction.model.reading import Asked, read
from kgraph.extraction.pipeline import CONFIG
from kgraph.model import Paper
from kgraph.text import passage

PAPERS = [
    Paper(
        "1",
        "LeafCache: sparse attention for long-context LLM inference",
        "Large language models (LLMs) need much memory at inference. We propose LeafCache, a sparse attention "
        "mechanism that keeps the KV cache small. On NVIDIA A100 GPUs, LeafCache runs up to 3.5x faster than "
        "FlashAttention and keeps 98.2% of the accuracy on LongBench. The code is written in CUDA and PyTorch.",
    ),
    Paper("2", "An FPGA accelerator for graph neural networks", "We map GNNs onto a Xilinx Alveo U280 FPGA."),
    Paper("3", "?", "…"),
    Paper("4", "On tea", "The weather was fine and nothing was measured."),
]


@pytest.fixture(scope="module")
def nlp():
    return load_model_from_config(load_config(CONFIG), auto_fill=True)


def facts(doc):
    return doc._.kgraph_entities, doc._.kgraph_relations, doc._.kgraph_results


def test_it_reads_what_people_would(nlp):
    entities, relations, results = facts(nlp(document(nlp, PAPERS[0])))
    roles = {mention.text: (entity.type, entity.role) for entity in entities for mention in entity.mentions}
    assert roles["LeafCache"] == ("Method", "proposes")
    assert roles["NVIDIA A100 GPUs"][0] == "Hardware"
    assert roles["LongBench"] == ("Dataset", "evaluatesOn")
    assert roles["CUDA"][0] == "Software"
    llm = next(entity for entity in entities if "LLMs" in {mention.text for mention in entity.mentions})
    assert "Large language models" in {mention.text for mention in llm.mentions}
    assert any(result.value == "up to 3.5x" and result.entity == "LeafCache" for result in results)
    assert any((relation.subject, relation.predicate) == ("LeafCache", "runsOn") for relation in relations)


def test_a_role_is_one_that_the_ontology_lets_the_type_have():
    model = load_model(SHIPPED)
    text = passage(PAPERS[0].title, PAPERS[0].abstract)
    (reading,) = read(model, [Asked(text, len(PAPERS[0].title), ())])
    others = {(subject, name, type) for subject, name, type in model.labels.allowed if subject != PAPER}
    for role in ("mentions", "uses"):
        labels = replace(model.labels, allowed=frozenset(others | {(PAPER, role, type) for type in model.labels.types}))
        found = decode(PAPERS[0], reading, model.weights, labels, model.thresholds)
        assert {entity.role for entity in found.entities} == {role}


def test_offsets_and_names_hold(nlp):
    for paper in PAPERS:
        doc = nlp(document(nlp, paper))
        text = doc.text
        entities, relations, results = facts(doc)
        names = [entity.name for entity in entities]
        assert len(set(names)) == len(names)
        for entity in entities:
            assert 0 < entity.score <= 1
            assert all(text[mention.start : mention.end] == mention.text for mention in entity.mentions)
        assert {end for relation in relations for end in (relation.subject, relation.object)} <= set(names)
        for result in results:
            assert text[result.start : result.end] == result.value
            assert {result.entity, result.on or result.entity, result.versus or result.entity} <= set(names)
        spans = [(span.start, span.end) for span in doc.spans[MENTIONS]]
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_neither_the_batch_nor_the_order_changes_a_paper(nlp):
    alone = [facts(nlp(document(nlp, paper))) for paper in PAPERS]
    for size in (1, 3, 64):
        docs = nlp.pipe([document(nlp, paper) for paper in PAPERS * 3], batch_size=size)
        assert [facts(doc) for doc in docs] == alone * 3
    backwards = nlp.pipe([document(nlp, paper) for paper in reversed(PAPERS)])
    assert [facts(doc) for doc in backwards] == alone[::-1]


def test_a_text_longer_than_the_window_is_read_to_its_end(nlp):
    filler = "Many other things were considered in the meantime and none of them was found to matter. " * 80
    paper = Paper("5", PAPERS[0].title, filler + PAPERS[0].abstract)
    entities, *_ = facts(nlp(document(nlp, paper)))
    assert "NVIDIA A100 GPUs" in {mention.text for entity in entities for mention in entity.mentions}


@pytest.mark.slow
def test_the_longest_abstract_that_is_read_costs_bounded_time(nlp):
    names = " ".join(f"NetV{number} uses CacheX{number} on GPU{number}." for number in range(3000))
    begun = time.process_time()
    doc = nlp(document(nlp, Paper("6", "Everything", names[:100_000])))
    assert doc._.kgraph_entities
    assert time.process_time() - begun < 120


def test_texts_without_words_have_no_reading():
    asked = [Asked(text, 0) for text in ("", " \n ", "a")]
    assert read(load_model(SHIPPED), asked)[:2] == [None, None]


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(ExtractionError, match=r"make one with `kgraph train`"):
        load_model(tmp_path)


def test_a_damaged_model_is_named(tmp_path):
    for path in SHIPPED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "encoder.onnx").write_bytes(b"no graph")
    with pytest.raises(ExtractionError, match="no model that can be used"):
        load_model(tmp_path)
