"""``kgraph diff`` and ``kgraph remove`` as people run them, on one growing build."""

import json

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph


def run(*arguments):
    return CliRunner().invoke(kgraph, [str(argument) for argument in arguments])


def paper(number: int) -> dict:
    abstract = f"We propose FastConv-{number}, which runs on an FPGA and is {number}x faster than an NVIDIA A100."
    return {"id": f"2401.0000{number}", "title": f"FastConv-{number} on an FPGA", "abstract": abstract}


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """A build of two papers, of three, and with the first withdrawn."""
    place = tmp_path_factory.mktemp("diff")
    for count in (2, 3):
        (place / "papers.jsonl").write_text("".join(json.dumps(paper(number)) + "\n" for number in range(1, count + 1)))
        ran = run("build", place / "papers.jsonl", "-o", place / "exports")
        assert ran.exit_code == 0, ran.output
    ran = run("remove", "2401.00001", "-o", place / "exports")
    assert ran.exit_code == 0, ran.output
    assert "2 papers," in ran.stdout
    return place / "exports"


def test_a_folder_alone_tells_what_the_last_command_did(exports):
    ran = run("diff", exports)
    assert ran.exit_code == 0
    assert ran.stdout.startswith("papers lost: 1, entities lost: 1,")
    assert "  paper/2401.00001 'FastConv-1 on an FPGA'" in ran.stdout.splitlines()
    assert "'FastConv-1' runsOn 'FPGA'" in ran.stdout


def test_versions_are_compared_either_way(exports):
    there, back = (
        json.loads(run("diff", *sides, "--format", "json").stdout)
        for sides in (
            (f"{exports}@1", f"{exports}@2"),
            (f"{exports}@2", f"{exports}@1"),
        )
    )
    assert (
        there["papers_gained"] == back["papers_lost"] == [{"id": "paper/2401.00003", "name": "FastConv-3 on an FPGA"}]
    )
    assert len(there["facts"]) == len(back["facts"]) > 0


def test_one_version_is_compared_with_the_newest(exports):
    assert run("diff", f"{exports}@1").stdout == run("diff", f"{exports}@1", exports).stdout


def test_markdown_is_a_comment(exports):
    lines = run("diff", exports, "--format", "markdown", "--most", 1).stdout.splitlines()
    assert lines[0].startswith("**papers lost: 1, ")
    assert lines.count("</details>") == sum(line.startswith("<details><summary>") for line in lines)


def test_the_exit_code_tells_on_demand_whether_anything_changed(exports):
    assert run("diff", exports, "--exit-code").exit_code == 1
    ran = run("diff", exports, exports, "--exit-code")
    assert (ran.exit_code, ran.stdout) == (0, "no difference\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diff", "nowhere"], "no graph in nowhere"),
        (["diff", "{exports}@9"], "has no version 9: it keeps 1, 2, 3"),
        (["remove", "2401.00001", "-o", "{exports}"], "the graph has no paper '2401.00001'"),
        (["remove", "2401.00009", "-o", "{exports}"], "did you mean 2401.0000"),
        (["remove", "--undo", "2401.00002", "-o", "{exports}"], "nobody has withdrawn '2401.00002'"),
        (["remove", "x", "-o", "nowhere"], "no graph in nowhere"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(exports, arguments, said):
    ran = run(*(argument.format(exports=exports) for argument in arguments))
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert said in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
