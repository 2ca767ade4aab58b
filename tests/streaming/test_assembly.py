from itertools import chain

import pytest

from kgraph.engines.dask import DaskEngine
from kgraph.errors import KgraphError, ReadError
from kgraph.ontology import load_ontology
from kgraph.streaming import assemble_on_disk
from tests.samples import FAST, SLOW, VOCABULARY


def on_disk(annotations, folder, **options):
    return assemble_on_disk(annotations, folder, ontology=load_ontology(), vocabulary=VOCABULARY, **options)


def test_progress_is_told_by_stretches(tmp_path):
    told = []

    def progress(items, total, what):
        listed = list(items)
        told.append((what, total, len(listed)))
        return listed

    counted = on_disk([FAST, SLOW], tmp_path, progress=progress).counted
    assert told == [("adding up papers", 1, 1), ("writing", 2, 2)]  # the entities before the papers, the papers
    assert (counted.nodes["paper"], counted.named.total(), counted.mentions) == (2, 5, 9)


def test_what_goes_wrong_leaves_nothing_behind(tmp_path):
    def breaking():
        raise ReadError("papers.jsonl", 3, "it is damaged")
        yield

    with pytest.raises(ReadError):
        on_disk(chain([FAST], breaking()), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_base_that_is_no_iri_is_told_before_anything_is_done(tmp_path):
    with pytest.raises(KgraphError, match="cannot begin IRIs"):
        on_disk([FAST], tmp_path / "new", base_iri="not an IRI")
    assert not (tmp_path / "new").exists()


def test_workers_of_other_machines_are_not_asked_for_this_one_s_disk(tmp_path):
    assert on_disk([FAST], tmp_path, engine=DaskEngine("tcp://192.0.2.1:8786")).counted.nodes["paper"] == 1
