"""Whatever happened before, a build is the clean build of its papers.

Random sequences of adding, changing and dropping papers, of withdrawing and bringing back, of
damage and of interruptions in the middle of a write; after each, every file is the clean build's.
"""

import contextlib
import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.pipeline import build, remove
from kgraph.store import versions

THINGS = ("an FPGA", "an NVIDIA A100", "MNIST", "PyTorch")
PAPERS = st.integers(0, 4)
STEPS = st.one_of(
    st.tuples(st.just("write"), PAPERS, st.integers(0, 2)),
    st.tuples(st.just("drop"), PAPERS),
    st.tuples(st.just("withdraw"), PAPERS),
    st.tuples(st.just("restore"), PAPERS),
    st.tuples(st.just("interrupt"), st.integers(1, 30)),
    st.tuples(st.just("damage"), st.integers(0, 10**6)),
    st.tuples(st.just("fresh")),
)


@pytest.fixture(scope="module", autouse=True)
def _no_clock():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "0")
        yield


class Interrupted(BaseException):
    """What nobody catches."""


def paper(number: int, version: int) -> dict:
    """A paper; those with an odd version come annotated."""
    thing = THINGS[(number + version) % len(THINGS)]
    abstract = f"We propose FastConv-{number}, which runs on {thing} and is {version + 2}x faster than SlowConv."
    told = {"id": f"2401.0000{number}", "title": f"FastConv-{number} on {thing}", "abstract": abstract}
    if version % 2 == 0:
        return told
    return told | {"entities": [{"name": f"FastConv-{number}", "type": "Method", "role": "proposes", "mentions": []}]}


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".store" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def write(folder: Path, known: dict[int, int]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "papers.jsonl").write_text("".join(json.dumps(paper(*item)) + "\n" for item in sorted(known.items())))
    return folder / "papers.jsonl"


def interrupted_build(inputs: Path, output: Path, at: int) -> None:
    """A build that ends at its n-th renaming of a file."""
    replace, count = os.replace, 0

    def counted(source, target):
        nonlocal count
        count += 1
        if count == at:
            raise Interrupted
        replace(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", counted)
        with contextlib.suppress(Interrupted):
            build([inputs], output)


def damage(output: Path, seed: int) -> None:
    parts = sorted((output / ".store" / "parts").glob("*.parquet"))
    if parts:
        part = parts[seed % len(parts)]
        content = bytearray(part.read_bytes())
        content[seed % len(content)] ^= 1
        part.write_bytes(content)


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(st.lists(STEPS, min_size=3, max_size=7))
def test_any_history_ends_in_the_clean_build(tmp_path_factory, steps):
    place = tmp_path_factory.mktemp("growth")
    output, known, withdrawn = place / "exports", {0: 0, 1: 1}, set()
    build([write(place / "inputs", known)], output)
    for step, *details in steps:
        number = details[0] if details else 0
        if step == "write":
            known[number] = details[1]
        elif step == "drop" and known.keys() - {number}:
            known.pop(number, None)
        elif step == "damage":
            damage(output, number)
        inputs = write(place / "inputs", known)
        if step == "interrupt":
            interrupted_build(inputs, output, number)
        if step == "fresh":
            withdrawn = set()
        build([inputs], output, fresh=step == "fresh")
        if step == "withdraw" and number in known.keys() - withdrawn:
            remove([f"2401.0000{number}"], output)
            withdrawn.add(number)
        elif step == "restore" and number in withdrawn & known.keys():
            remove([f"2401.0000{number}"], output, undo=True)
            withdrawn.remove(number)
    left = {number: version for number, version in known.items() if number not in withdrawn}
    build([write(place / "left", left)], place / "clean")
    found, clean = files(output), files(place / "clean")
    accounts = {"manifest.json", "report.md"} if left != known else set()  # they tell what is withdrawn
    assert found.keys() == clean.keys()
    assert [name for name in sorted(found.keys() - accounts) if found[name] != clean[name]] == []
    shutil.rmtree(place)


def test_a_withdrawn_paper_is_told_of_and_stays_out(tmp_path):
    inputs = write(tmp_path / "inputs", {0: 0, 1: 1})
    build([inputs], tmp_path / "exports")
    remove(["https://w3id.org/kgraph/id/paper/2401.00001"], tmp_path / "exports")
    assert "2401.00001" not in (tmp_path / "exports" / "graph.ttl").read_text()
    built = build([inputs], tmp_path / "exports")
    assert [annotation.paper.id for annotation in built.graph.annotations] == ["2401.00000"]
    assert "`kgraph remove --undo 2401.00001` brings it back" in built.reading.notes[0].message
    built = remove(["2401.00001"], tmp_path / "exports", undo=True)
    assert [annotation.paper.id for annotation in built.graph.annotations] == ["2401.00000", "2401.00001"]
    assert len(versions(tmp_path / "exports")) == 3


def test_a_paper_that_no_input_lists_any_more_can_be_brought_back_too(tmp_path):
    exports = tmp_path / "exports"
    both, one = write(tmp_path / "both", {0: 0, 1: 0}), write(tmp_path / "one", {0: 0})
    build([both], exports)
    remove(["2401.00001"], exports)
    build([one], exports)
    remove(["2401.00001"], exports, undo=True)
    built = build([both], exports)
    assert built.counted.nodes["paper"] == 2


def test_a_withdrawn_paper_is_known_by_its_title_when_it_gets_an_id(tmp_path):
    told = paper(0, 0) | {"id": None}
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(it) + "\n" for it in (told, paper(1, 0))))
    built = build([tmp_path / "papers.jsonl"], tmp_path / "exports")
    [key] = {annotation.paper.id for annotation in built.graph.annotations} - {"2401.00001"}
    remove([key], tmp_path / "exports")
    built = build([write(tmp_path, {0: 0, 1: 0})], tmp_path / "exports")
    assert [annotation.paper.id for annotation in built.graph.annotations] == ["2401.00001"]
