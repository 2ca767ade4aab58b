from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.graph import with_ids
from kgraph.iri import paper_node
from kgraph.model import Annotation, Entity, Paper
from kgraph.papers import unite
from kgraph.streaming.database import database
from kgraph.streaming.files import groups
from kgraph.streaming.sorting import read_annotations, sort
from tests.strategies import annotations


def sorted_on_disk(found, folder, **sizes):
    with database(folder) as store:
        papers = sort(iter(found), folder, store)
    assert [path.name for path in folder.iterdir()] == ["papers.parquet"]
    stretches = [read_annotations(papers, number) for number in range(groups(papers))]
    return [annotation for stretch in stretches for annotation in stretch.values()], stretches


def paper(id: str, title: str, *names: str) -> Annotation:
    return Annotation(
        Paper(id, title, "Text."), tuple(Entity(name, "Task", "uses", 0.5, (), f"task/{name}") for name in names)
    )


@settings(max_examples=25)
@given(st.lists(annotations(), max_size=6), st.randoms())
def test_it_is_what_uniting_in_memory_gives(tmp_path_factory, corpus, random):
    found = [*corpus, *random.sample(corpus, len(corpus) // 2)]
    random.shuffle(found)
    united = sorted(map(with_ids, unite(found)[1]), key=lambda annotation: paper_node(annotation.paper.id))
    with patch("kgraph.streaming.sorting._RUN", 2), patch("kgraph.streaming.sorting._OF_A_RUN", 1):
        assert sorted_on_disk(found, tmp_path_factory.mktemp("sorted"))[0] == united


def test_a_stretch_has_so_many_papers(tmp_path):
    found = [paper(f"2401.0000{number}", f"Title {number}") for number in (3, 1, 5, 2, 4)]
    with patch("kgraph.streaming.sorting.STRETCH", 2):
        _, stretches = sorted_on_disk(found, tmp_path)
    assert [[*stretch] for stretch in stretches] == [
        ["paper/2401.00001", "paper/2401.00002"],
        ["paper/2401.00003", "paper/2401.00004"],
        ["paper/2401.00005"],
    ]


def test_records_of_one_paper_meet_by_title_and_by_id(tmp_path):
    found = [
        paper("2401.00001", "A title", "a"),
        paper("d67e29207b000000", "A Title!", "a", "b"),
        paper("d67e29207b000000", "An older title"),
        paper("2401.00002", "Another", "c"),
    ]
    kept, _ = sorted_on_disk(found, tmp_path)
    assert kept == unite(found)[1]
    assert [annotation.paper.id for annotation in kept] == ["2401.00001", "2401.00002", "d67e29207b000000"]


def test_ids_and_sources_stay_as_they_are(tmp_path):
    """Also those that no reader would give."""
    odd = Annotation(Paper("my paper #1", "T", "A.", date="soon", authors=0, sources=("a.txt", "b")))
    assert sorted_on_disk([odd], tmp_path)[0] == [odd]
