"""Extraction through a store: what is there is not extracted again, what is damaged is."""

from collections.abc import Sequence

import pytest

from kgraph import incremental
from kgraph.errors import ExportError, ExtractionError
from kgraph.incremental import Extraction, annotate, annotate_aside, annotations_in, keep, rows
from kgraph.model import Annotation, Entity, Paper
from kgraph.stages import BATCH
from kgraph.store import GIVEN, part_names
from tests.samples import FAST, SLOW


class Recording:
    """An extractor that finds the first word of each abstract, and remembers whom it was asked about."""

    def __init__(self):
        self.asked = []

    def extract(self, papers):
        for paper in papers:
            self.asked.append(paper.id)
            yield Annotation(paper, (Entity(paper.abstract.split()[0], "Method", "uses", 0.5, ()),))


class Backwards:
    """An engine that works from the end, and everything twice."""

    name = "backwards"

    def map(self, work, items):
        made = [work(item) for item in reversed(list(items)) for _ in range(2)]
        return iter(made[::-2])


@pytest.fixture
def extractor(monkeypatch):
    recording = Recording()
    monkeypatch.setattr(incremental, "_extractor", lambda config, settings: recording)
    return recording


def papers(*numbers) -> Sequence[Paper]:
    return [Paper(f"2401.{number:05}", f"Title {number}", f"Word{number} and more.") for number in numbers]


def test_what_was_extracted_is_not_extracted_again(extractor, tmp_path):
    store = str(tmp_path / "parts")
    first, _ = annotate(papers(1, 2), store)
    more, remarks = annotate(papers(1, 2, 3), store)
    assert extractor.asked == ["2401.00001", "2401.00002", "2401.00003"]
    assert (more[:2], remarks) == (first, [])
    assert [annotation.entities[0].name for annotation in more] == ["Word1", "Word2", "Word3"]


def test_a_paper_that_got_a_date_is_not_read_again_but_has_it(extractor, tmp_path):
    [paper] = papers(1)
    annotate([paper], str(tmp_path))
    [annotation], _ = annotate([Paper(paper.id, paper.title, paper.abstract, date="2024")], str(tmp_path))
    assert (annotation.paper.date, len(extractor.asked)) == ("2024", 1)


def test_fresh_extracts_everything(extractor, tmp_path):
    annotate(papers(1, 2), str(tmp_path))
    annotate(papers(1, 2), str(tmp_path), fresh=True)
    assert len(extractor.asked) == 4
    assert len(list(tmp_path.iterdir())) == 1, "the same part is one file"


def test_other_settings_find_other_things(extractor, tmp_path, monkeypatch):
    annotate(papers(1), str(tmp_path))
    monkeypatch.setattr(incremental, "fingerprint", lambda config, vocabulary: "0123456789abcdef")
    annotate(papers(1), str(tmp_path))
    assert len(extractor.asked) == 2


def test_an_interrupted_extraction_goes_on_with_the_batch_that_was_cut_off(extractor, tmp_path):
    def interrupting(items, total, what):
        for count, item in enumerate(items):
            if count == 2 * BATCH:
                raise KeyboardInterrupt
            yield item

    many = papers(*range(3 * BATCH))
    with pytest.raises(KeyboardInterrupt):
        annotate(many, str(tmp_path), progress=interrupting)
    done = len(extractor.asked)
    assert done < len(many) + BATCH
    annotations, _ = annotate(many, str(tmp_path))
    assert [annotation.paper for annotation in annotations] == many
    assert len(extractor.asked) == len(many), "nothing twice"


def test_an_engine_may_repeat_and_reorder(extractor, tmp_path):
    many = papers(*range(BATCH + 5))
    straight, _ = annotate(many, str(tmp_path / "one"))
    crooked, _ = annotate(many, str(tmp_path / "other"), engine=Backwards())
    assert straight == crooked
    names = [sorted(path.name for path in (tmp_path / place).iterdir()) for place in ("one", "other")]
    assert names[0] == names[1]


def test_a_damaged_part_is_told_of_and_made_again(extractor, tmp_path):
    store = str(tmp_path)
    before, _ = annotate(papers(1, 2), store)
    [part] = tmp_path.iterdir()
    content = part.read_bytes()
    part.write_bytes(content[:50] + bytes([content[50] ^ 1]) + content[51:])
    after, remarks = annotate(papers(1, 2), store)
    assert after == before
    assert remarks == [f"{part}: it is damaged: what it held is read again"]
    assert part.read_bytes() == content
    assert annotate(papers(1, 2), store)[1] == []


def test_annotations_can_stay_in_the_store_and_be_read_as_often_as_needed(extractor, tmp_path):
    store, many = str(tmp_path), papers(*range(BATCH + 5))
    annotate(many[:10], store)
    names, remarks = annotate_aside(many, store)
    assert (len(names), remarks, len(extractor.asked)) == (2, [], len(many))
    for _ in range(2):
        found = sorted(annotations_in(names, many, store), key=lambda annotation: annotation.paper.id)
        assert found == annotate(many, store)[0]
    assert [annotation.paper for annotation in annotations_in(names, many[5:7], store)] == many[5:7]
    assert annotate_aside(many[:10], store) == (names[:1], [])


def test_progress_counts_papers(extractor, tmp_path):
    seen = []

    def progress(items, total, what):
        for item in items:
            seen.append((total, what))
            yield item

    annotate(papers(*range(BATCH + 1)), str(tmp_path), progress=progress)
    assert seen == [(BATCH + 1, "reading abstracts")] * (BATCH + 1)


def test_a_store_that_cannot_be_written_to_is_told(extractor, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="cannot write"):
        annotate(papers(1), str(tmp_path / "file" / "parts"), fresh=True)


def test_given_annotations_are_kept_once(tmp_path):
    store = str(tmp_path)
    assert (keep([FAST], store), keep([FAST, SLOW], store)) == ([], [])
    names = part_names(store, GIVEN)
    assert [row.paper for name in names for row in rows(store, [name], [])].count(FAST.paper.id) == 1
    assert len(names) == 2


def test_a_worker_with_another_kgraph_is_refused(tmp_path):
    with pytest.raises(ExtractionError, match="another kgraph, vocabulary or model than the build"):
        Extraction(str(tmp_path), None, "0000")(papers(1))
