"""A graph assembled in memory and one assembled on the disk are the same bytes."""

import filecmp
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.engines.processes import ProcessesEngine
from kgraph.errors import ExtractionError
from kgraph.exporters.annotations import AnnotationsExporter
from kgraph.exporters.tables import TABLES, TablesExporter
from kgraph.exporters.turtle import TurtleExporter
from kgraph.graph import Tally, assemble, tally
from kgraph.graph import in_memory as stretch_of
from kgraph.model import Annotation, Entity, Paper
from kgraph.ontology import load_vocabulary
from kgraph.streaming import assemble_on_disk
from kgraph.vocabulary import Vocabulary
from tests.samples import FAST, SLOW, VOCABULARY
from tests.strategies import ONTOLOGY, annotations, vocabularies

GOLD = Path(__file__).parents[3] / "shared" / "corpus" / "train.jsonl"
FILES = {"graph.ttl", "evidence.ttl", "annotations.jsonl", *(f"tables/{name}.parquet" for name in TABLES)}


@contextmanager
def small_stretches(size: int = 2):
    """Two papers or entities to a stretch, so that a small graph has many."""
    with patch("kgraph.streaming.sorting.STRETCH", size), patch("kgraph.streaming.entities.STRETCH", size):
        yield


def in_memory(found, folder: Path, vocabulary: Vocabulary) -> tuple[Path, Tally]:
    graph = assemble(found, ontology=ONTOLOGY, vocabulary=vocabulary)
    for exporter in (TurtleExporter(), TablesExporter(), AnnotationsExporter()):
        exporter.export(graph, folder)
    return folder, tally(stretch_of(graph))


def on_disk(found, folder: Path, vocabulary: Vocabulary, **options) -> tuple[Path, Tally]:
    written = assemble_on_disk(iter(found), folder, ontology=ONTOLOGY, vocabulary=vocabulary, **options)
    assert {path.relative_to(folder).as_posix() for path in written.paths} == FILES
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == FILES
    return folder, written.counted


def assert_same(one: tuple[Path, Tally], other: tuple[Path, Tally]) -> None:
    assert filecmp.cmpfiles(one[0], other[0], FILES, shallow=False) == ([*FILES], [], [])
    assert one[1] == other[1]


@settings(max_examples=12)
@given(st.lists(annotations(), max_size=5), vocabularies())
def test_whatever_papers_say(corpus, vocabulary):
    """Papers that come twice, and twice differently, among them."""
    with tempfile.TemporaryDirectory() as folder, small_stretches():
        place = Path(folder)
        assert_same(
            in_memory([*corpus, *corpus[:1]], place / "memory", vocabulary),
            on_disk([*corpus[:1], *corpus], place / "disk", vocabulary),
        )


def test_in_several_processes(tmp_path):
    corpus = [FAST, SLOW, *(Annotation(Paper(f"2401.0000{n}", f"Title {n}", "Text.")) for n in range(2, 9))]
    with small_stretches():
        one = in_memory(corpus, tmp_path / "memory", VOCABULARY)
        other = on_disk(corpus, tmp_path / "disk", VOCABULARY, engine=ProcessesEngine(workers=2))
    assert_same(one, other)


@pytest.mark.shared
def test_the_annotated_corpus(tmp_path):
    from kgraph.readers.reading import read

    if not GOLD.is_file():
        pytest.skip("the annotated corpus is not beside the project")
    found, vocabulary = read([GOLD]).annotations, load_vocabulary()
    with small_stretches(200):
        assert_same(in_memory(found, tmp_path / "memory", vocabulary), on_disk(found, tmp_path / "disk", vocabulary))


def test_an_entity_cannot_take_the_place_of_a_paper(tmp_path):
    named = Annotation(Paper("2401.00001", "T", "A."), (Entity("2401.00001", "Paper", "uses", 0.5, ()),))
    with pytest.raises(ExtractionError, match=r"^paper/2401\.00001 is named as an entity of type Paper: "):
        on_disk([named], tmp_path, Vocabulary())
    assert not [*tmp_path.iterdir()]
