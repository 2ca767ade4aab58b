"""``kgraph build`` as people run it: a process, its files, its exit code and what it says."""

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "papers.txt"
FILES = {
    "annotations.jsonl",
    "evidence.ttl",
    "graph.graphml",
    "graph.html",
    "graph.json",
    "graph.ttl",
    "manifest.json",
    "report.md",
    *(f"tables/{name}.parquet" for name in ("entities", "facts", "mentions", "papers", "relations", "results")),
}


def kgraph(*arguments, stdin: bytes = b"", **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "kgraph", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        env=os.environ | {"SOURCE_DATE_EPOCH": "0", "NO_COLOR": "1"} | environment,
    )


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and ".store" not in path.parts)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def paper(number: int) -> dict:
    return {
        "title": f"FastConv-{number}: Convolution on an FPGA",
        "abstract": f"We propose FastConv-{number}, which runs on an FPGA and is {number}x faster than an NVIDIA A100.",
        "date": f"2024-03-{number:02}",
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "exports"
    ran = kgraph("build", EXAMPLES, "-o", folder)
    assert ran.returncode == 0, ran.stderr
    assert b"32 papers" in ran.stdout
    return folder


def test_a_build_writes_every_file_of_the_contract(built):
    assert set(digests(built)) == FILES


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(built, tmp_path):
    ran = kgraph("build", EXAMPLES, "-o", tmp_path / "again", PYTHONHASHSEED="12345")
    assert ran.returncode == 0, ran.stderr
    assert digests(tmp_path / "again") == digests(built)


def test_the_order_and_the_packing_of_inputs_change_no_graph(tmp_path):
    lines = [json.dumps(paper(number)) + "\n" for number in range(1, 6)]
    (tmp_path / "a.jsonl").write_text("".join(lines))
    (tmp_path / "b.jsonl").write_text("".join(reversed(lines)))
    with gzip.open(tmp_path / "c.jsonl.gz", "wt") as packed:
        packed.writelines(lines)
    graphs = []
    for name in ("a.jsonl", "b.jsonl", "c.jsonl.gz"):
        output = tmp_path / f"of-{name}"
        assert kgraph("build", tmp_path / name, "-o", output).returncode == 0
        graphs.append((output / "graph.ttl").read_text().replace(name, "SOURCE"))
    assert graphs[0] == graphs[1] == graphs[2]


def test_annotations_of_a_build_are_an_input_of_the_next(built, tmp_path):
    assert kgraph("build", built / "annotations.jsonl", "-o", tmp_path / "again").returncode == 0
    for name in ("graph.ttl", "evidence.ttl", "annotations.jsonl", "graph.json"):
        assert (tmp_path / "again" / name).read_bytes() == (built / name).read_bytes(), name


def test_standard_input(tmp_path):
    ran = kgraph("build", "-", "-o", tmp_path / "out", stdin=json.dumps(paper(1)).encode())
    assert ran.returncode == 0
    assert b"1 paper," in ran.stdout


def test_bad_blocks_are_named_and_the_others_read(tmp_path):
    (tmp_path / "mixed.jsonl").write_text(json.dumps({"title": "No abstract"}) + "\n" + json.dumps(paper(1)) + "\n")
    ran = kgraph("build", tmp_path / "mixed.jsonl", "-o", tmp_path / "out")
    assert ran.returncode == 0
    assert b"mixed.jsonl:1: the abstract is missing" in ran.stderr
    assert b"1 paper," in ran.stdout
    assert "mixed.jsonl" in (tmp_path / "out" / "report.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["no-such-file.txt"], 1, "no-such-file.txt"),
        ([EXAMPLES, "--listing-date", "tomorrow"], 2, "no date such as 2024-12-10"),
        ([EXAMPLES, "--config", "no-such.cfg"], 2, "no-such.cfg"),
        ([EXAMPLES, "--base-iri", "not an iri"], 1, "not an iri"),
        ([], 2, "INPUT"),
        ([EXAMPLES, "--no-such-option"], 2, "--no-such-option"),
    ],
)
def test_wrong_use_is_told_in_one_line_without_a_traceback(arguments, code, said, tmp_path):
    ran = kgraph("build", *arguments, "-o", tmp_path / "out")
    message = ran.stderr.decode()
    assert ran.returncode == code, message
    assert said in message
    assert "Traceback" not in message
    if code == 1:
        assert len(message.strip().splitlines()) == 1, message


def test_what_the_shapes_object_to_is_told(tmp_path):
    stranger = paper(1) | {"entities": [{"name": "Foo", "type": "Gadget", "role": "adores"}]}
    (tmp_path / "odd.jsonl").write_text(json.dumps(stranger) + "\n")
    ran = kgraph("build", tmp_path / "odd.jsonl", "-o", tmp_path / "out")
    assert ran.returncode == 0
    assert re.search(rb"kgraph: \d+ findings on checking the graph against its shapes: see .*report\.md\n", ran.stderr)
    assert "| adores | 1 | not in the ontology |" in (tmp_path / "out" / "report.md").read_text()


def test_strict_stops_at_the_first_block_and_writes_nothing(tmp_path):
    (tmp_path / "mixed.jsonl").write_text(json.dumps({"title": "No abstract"}) + "\n" + json.dumps(paper(1)) + "\n")
    ran = kgraph("build", tmp_path / "mixed.jsonl", "-o", tmp_path / "out", "--strict")
    assert (ran.returncode, ran.stderr.decode().count("\n")) == (1, 1)
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    ran = kgraph("build", EXAMPLES, "-o", tmp_path / "file" / "out")
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr
    assert b"cannot write" in ran.stderr


def test_an_unknown_command_names_the_nearest():
    ran = kgraph("biuld")
    assert ran.returncode == 2
    assert b"Did you mean 'build'?" in ran.stderr


def test_nothing_to_read_is_an_empty_graph_not_a_crash(tmp_path):
    (tmp_path / "empty.txt").touch()
    ran = kgraph("build", tmp_path / "empty.txt", "-o", tmp_path / "out")
    assert b"Traceback" not in ran.stderr
    assert b"the file is empty" in ran.stderr


def test_a_trained_model_builds_too_and_the_manifest_says_which(tmp_path):
    model = Path(__file__).parents[2] / "kgraph" / "data" / "model"
    (tmp_path / "one.jsonl").write_text(json.dumps(paper(1)))
    ran = kgraph("build", tmp_path / "one.jsonl", "--model", model, "-o", tmp_path / "out")
    assert ran.returncode == 0, ran.stderr
    assert set(digests(tmp_path / "out")) == FILES
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())["settings"]["config"]
    assert told == digests(model)
