"""Annotations as offsets: no word of the text in them, and joined with it again they are what they were."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kgraph.errors import ReadError
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.training.offsets import from_offsets, main, restore, to_offsets
from tests.training.tiny import annotated_papers

TITLE = "QuickNet: reading on small chips"
ABSTRACT = "QuickNet reads pages on an Acme A1 board. Its accuracy is 91.5%, twice as fast as SlowNet."
TEXT = f"{TITLE}\n{ABSTRACT}"


def mention(name: str, at: int = 0) -> Mention:
    start = TEXT.index(name, at)
    return Mention(start, start + len(name), name)


def annotation() -> Annotation:
    value = mention("91.5%")
    return Annotation(
        Paper("2401.00001", TITLE, ABSTRACT, sources=("texts.jsonl",)),
        (
            Entity("QuickNet", "Method", "proposes", 1.0, (mention("QuickNet"), mention("QuickNet", 9))),
            Entity("Acme A1 board", "Hardware", "runsOn", 1.0, (mention("Acme A1 board"),)),
            Entity("accuracy", "Metric", "reports", 1.0, (mention("accuracy"),)),
            Entity("SlowNet", "Method", "comparesWith", 1.0, (mention("SlowNet"),)),
        ),
        (Relation("QuickNet", "runsOn", "Acme A1 board"), Relation("QuickNet", "comparedWith", "SlowNet")),
        (
            Result("QuickNet", "accuracy", "91.5%", on="Acme A1 board", start=value.start, end=value.end),
            Result(
                "QuickNet", "speedup", "twice", versus="SlowNet", start=mention("twice").start, end=mention("twice").end
            ),
        ),
    )


def write(folder: Path, *records: dict, texts: tuple[dict, ...] = ({"id": "2401.00001"},)) -> tuple[Path, Path]:
    offsets, papers = folder / "offsets.jsonl", folder / "texts.jsonl.gz"
    offsets.write_text("".join(json.dumps(record) + "\n" for record in records))
    whole = [{"title": TITLE, "abstract": ABSTRACT, **text} for text in texts]
    papers.write_bytes(gzip.compress("".join(json.dumps(text) + "\n" for text in whole).encode()))
    return offsets, papers


def test_there_and_back():
    there = json.loads(json.dumps(to_offsets(annotation())))
    assert from_offsets(there, annotation().paper) == annotation()


def test_no_word_of_the_text_is_kept():
    kept = json.dumps(to_offsets(annotation()))
    assert not [word for word in ("QuickNet", "Acme", "accuracy", "91.5", "pages") if word in kept]
    assert '"speedup"' in kept  # the annotator's own word, where the text has no noun


@pytest.mark.parametrize(
    ("name", "spelled"),
    [("acme a1", "Acme A1"), ("A1", "A1"), ("NVIDIA B2", "Acme A1 board")],
    ids=["in another case", "a part", "nowhere"],
)
def test_a_name_is_the_place_that_spells_it(name, spelled):
    entity = Entity(name, "Hardware", "runsOn", 1.0, (mention("Acme A1 board"),))
    told = to_offsets(Annotation(annotation().paper, (entity,)))
    assert from_offsets(told, annotation().paper).entities[0].name == spelled


def test_a_file_is_restored_in_its_order_and_what_is_missing_is_told(tmp_path):
    told, changed, missing = (to_offsets(annotation()) for _ in range(3))
    changed |= {"id": "2401.00002"}
    missing |= {"id": "2401.00003"}
    texts = ({"id": "2401.00001"}, {"id": "2401.00002", "abstract": "Revised."}, {"title": 5}, {"id": ["odd"]})
    offsets, papers = write(tmp_path, missing, told, changed, texts=texts)
    said: list[str] = []
    restored = list(restore(offsets, [papers], report=said.append))
    assert [found.entities for found in restored] == [annotation().entities]
    assert restored[0].paper.sources == ("texts.jsonl.gz",)
    assert said == [
        "2401.00003 left out: its text is in none of the files given",
        "2401.00002 left out: its text is another than the one that was annotated",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"relations": [[0, "runsOn", 9]]},
        {"relations": [[0, "runsOn"]]},
        {"entities": [{"name": [0, 999], "type": "Method", "role": "uses", "mentions": []}]},
        {"entities": 3},
        {"results": [{"entity": 0}]},
    ],
)
def test_broken_offsets_lose_their_paper_only(tmp_path, change):
    offsets, papers = write(tmp_path, to_offsets(annotation()) | change, to_offsets(annotation()))
    said: list[str] = []
    assert len(list(restore(offsets, [papers], report=said.append))) == 1
    assert len(said) == 1


def test_a_line_that_is_no_annotation_is_named(tmp_path):
    offsets, papers = write(tmp_path, to_offsets(annotation()))
    offsets.write_text(offsets.read_text() + "[]\n")
    with pytest.raises(ReadError, match=r"offsets\.jsonl:2: no annotation as offsets"):
        list(restore(offsets, [papers]))


def test_the_command_writes_gold_that_says_the_same(tmp_path, capsys):
    offsets, papers = write(tmp_path, to_offsets(annotation()))
    gold = tmp_path / "build" / "gold.jsonl"
    assert main([str(offsets), str(papers), "-o", str(gold)]) == 0
    (record,) = map(json.loads, gold.read_text().splitlines())
    assert [entity["name"] for entity in record["entities"]] == ["QuickNet", "Acme A1 board", "accuracy", "SlowNet"]
    assert record["results"][0] == {
        "entity": "QuickNet", "metric": "accuracy", "value": "91.5%", "on": "Acme A1 board", "versus": None,
        "score": 1.0, "start": mention("91.5%").start, "end": mention("91.5%").end,
    }  # fmt: skip
    assert "1 annotated papers" in capsys.readouterr().err


def test_the_command_says_what_it_cannot_read(tmp_path, capsys):
    offsets, _ = write(tmp_path, to_offsets(annotation()))
    gold = tmp_path / "gold.jsonl"
    assert main([str(offsets), str(tmp_path / "none.jsonl"), "-o", str(gold)]) == 1
    assert capsys.readouterr().err.startswith("error: ")
    assert not gold.exists()


def test_the_papers_of_the_other_tests_come_back_too():
    from kgraph.records import from_record

    for record in annotated_papers():
        found, problems = from_record(record)
        assert not problems
        bare = Annotation(found.paper, found.entities, found.relations)
        assert from_offsets(to_offsets(bare), found.paper) == bare
