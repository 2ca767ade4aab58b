"""``kgraph extract`` and ``kgraph evaluate``: annotations out, annotations scored."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from kgraph.records import from_record

PAPERS = [
    {"title": "FastConv: Convolution on an FPGA", "abstract": "We propose FastConv, which runs on an FPGA."},
    {
        "title": "A Study of Quantization",
        "abstract": "We study quantization of large language models on NVIDIA A100 GPUs.",
    },
]


def run(*arguments, **options):
    return CliRunner().invoke(kgraph, [str(argument) for argument in arguments], **options)


@pytest.fixture
def papers(tmp_path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS))
    return path


def test_every_line_is_an_annotation_in_the_form_of_the_contract(papers, tmp_path):
    ran = run("extract", papers, "-o", tmp_path / "found.jsonl")
    assert ran.exit_code == 0, ran.output
    records = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text().splitlines()]
    assert {record["title"] for record in records} == {paper["title"] for paper in PAPERS}
    for record in records:
        assert list(record) == [
            *("id", "title", "abstract", "date", "authors", "organization", "source"),
            *("entities", "relations", "results"),
        ]
        text = record["title"] + "\n" + record["abstract"]
        mentions = [mention for entity in record["entities"] for mention in entity["mentions"]]
        assert mentions
        assert all(text[mention["start"] : mention["end"]] == mention["text"] for mention in mentions)
        assert from_record(record)[1] == []
    names = {entity["id"] for record in records for entity in record["entities"]}
    assert {"hardware/fpga", "hardware/nvidia-a100", "method/large-language-model"} <= names


def test_standard_output_holds_annotations_and_nothing_else(papers):
    ran = run("extract", papers, "-o", "-")
    assert [json.loads(line)["title"] for line in ran.stdout.splitlines()]


def test_what_a_store_holds_is_not_extracted_again_and_what_is_damaged_is(papers, tmp_path):
    asked = ("extract", papers, "--store", tmp_path / "kept", "-o", "-")
    first = run(*asked)
    [part] = (tmp_path / "kept").iterdir()
    assert run(*asked).stdout == first.stdout
    part.write_bytes(part.read_bytes()[:-1])
    again = run(*asked)
    assert again.stdout == first.stdout
    assert again.stderr == f"kgraph: {part}: it is damaged: what it held is read again\n"
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [part.name]


def test_annotations_against_themselves_score_a_hundred(papers, tmp_path):
    run("extract", papers, "-o", tmp_path / "gold.jsonl")
    ran = run("evaluate", tmp_path / "gold.jsonl", tmp_path / "gold.jsonl", "--format", "json")
    scores = json.loads(ran.stdout)
    assert (scores["mention"]["f1"], scores["entity"]["f1"], scores["role"]["f1"]) == (100.0, 100.0, 100.0)


def test_without_annotations_the_pipeline_is_scored(papers, tmp_path):
    run("extract", papers, "-o", tmp_path / "gold.jsonl")
    ran = run("evaluate", tmp_path / "gold.jsonl", "--format", "markdown")
    assert "| entity | 100.0 | 100.0 | 100.0 |" in ran.stdout


def test_the_most_frequent_misses_are_shown(papers, tmp_path):
    run("extract", papers, "-o", tmp_path / "gold.jsonl")
    records = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text().splitlines()]
    poorer = [{**record, "entities": [], "relations": [], "results": []} for record in records]
    (tmp_path / "found.jsonl").write_text("".join(json.dumps(record) + "\n" for record in poorer))
    ran = run("evaluate", tmp_path / "gold.jsonl", tmp_path / "found.jsonl", "--errors", 50)
    assert "missed: " in ran.stdout
    assert "FPGA" in ran.stdout


def test_mistakes_are_told_in_every_format(papers, tmp_path):
    run("extract", papers, "-o", tmp_path / "gold.jsonl")
    records = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text().splitlines()]
    poorer = [{**record, "entities": [], "relations": [], "results": []} for record in records]
    (tmp_path / "found.jsonl").write_text("".join(json.dumps(record) + "\n" for record in poorer))
    arguments = "evaluate", tmp_path / "gold.jsonl", tmp_path / "found.jsonl", "--errors", 1, "--format"
    [mistake, *_] = json.loads(run(*arguments, "json").stdout)["mistakes"]
    assert mistake["kind"] == "missed"
    table = f"| missed | times | for example |\n|---|---:|---:|\n| {mistake['pattern']} | {mistake['count']} |"
    assert table in run(*arguments, "markdown").stdout


def test_gold_that_is_not_there_is_a_problem_and_no_wrong_use(tmp_path):
    ran = run("evaluate", tmp_path / "gold.jsonl")
    assert (ran.exit_code, ran.stderr) == (1, f"kgraph: {tmp_path / 'gold.jsonl'}: no such file or folder\n")


def test_gold_without_annotations_is_said(papers):
    ran = run("evaluate", papers)
    assert ran.exit_code == 1
    assert "holds no annotations" in ran.output


def test_a_configuration_that_makes_no_pipeline_is_said(papers, tmp_path):
    (tmp_path / "own.cfg").write_text(
        '[nlp]\nlang = "en"\npipeline = ["nothing"]\n[components]\n[components.nothing]\nfactory = "nothing"\n'
    )
    ran = run("extract", papers, "--config", tmp_path / "own.cfg", "-o", tmp_path / "found.jsonl")
    assert ran.exit_code == 1
    assert "own.cfg" in ran.output
    assert len(ran.output.strip().splitlines()) == 1
