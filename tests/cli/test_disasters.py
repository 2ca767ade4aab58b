"""A build that cannot write says so in one line and costs nothing of the build before."""

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.store import locked

SMALL = 20_000  # bytes that no file may exceed: more than a part of two papers, less than a picture


def kgraph(*arguments, most_bytes: int | None = None, modes_count: bool = False) -> subprocess.CompletedProcess:
    """A command; with a limit on the size of files, or as a user for whom the modes of files count."""
    if modes_count and os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may write everywhere, and there is no setpriv")
        command = [setpriv, "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search", sys.executable]
    else:
        command = [sys.executable]
    return subprocess.run(
        [*command, "-m", "kgraph", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SOURCE_DATE_EPOCH": "0"},
        preexec_fn=most_bytes and (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))),
    )


def write(path: Path, *numbers: int) -> Path:
    abstract = "We propose FastConv-{0}, which runs on an FPGA and is {0}x faster than an NVIDIA A100."
    papers = ({"title": f"FastConv-{number} on an FPGA", "abstract": abstract.format(number)} for number in numbers)
    path.write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def built(tmp_path):
    """The folder of a build, what it holds, and an input with one paper more."""
    assert kgraph("build", write(tmp_path / "one.jsonl", 1), "-o", tmp_path / "exports").returncode == 0
    return tmp_path / "exports", contents(tmp_path / "exports"), write(tmp_path / "two.jsonl", 1, 2)


def said(ran: subprocess.CompletedProcess) -> str:
    assert (ran.returncode, ran.stdout) == (1, "")
    [line] = ran.stderr.splitlines()
    return line


def test_a_full_disk(built):
    exports, before, more = built
    assert "cannot write" in said(kgraph("build", more, "-o", exports, most_bytes=SMALL))
    after = contents(exports)
    parts = {name for name in after if name.startswith(".store/parts")}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= parts, "what was extracted is kept, and nothing else lies about"
    ran = kgraph("build", more, "-o", exports)
    assert (ran.returncode, ran.stdout[:9]) == (0, "2 papers,")


def test_a_read_only_folder(built):
    exports, before, more = built
    places = [exports, *(path for path in exports.rglob("*") if path.is_dir())]
    for place in places:
        place.chmod(0o555)
    (exports / ".store" / "lock").chmod(0o444)
    try:
        ran = kgraph("build", more, "-o", exports, modes_count=True)
    finally:
        for place in places:
            place.chmod(0o755)
    assert "permission denied" in said(ran)
    assert contents(exports) == before


def test_a_second_build_is_refused_while_one_is_writing(built):
    exports, before, more = built
    with locked(exports):
        line = said(kgraph("build", more, "-o", exports))
    assert line == f"kgraph: {exports} is being written by another kgraph: wait for its end, or take another folder"
    assert contents(exports) == before


def damaged_part(exports: Path) -> Path:
    [part] = (exports / ".store" / "parts").glob("*.parquet")
    part.write_bytes(part.read_bytes().replace(b"PAR1", b"PAR2"))
    return part


def test_a_damaged_part_is_told_of_and_made_again(built):
    exports, _, more = built
    part = damaged_part(exports)
    ran = kgraph("build", more, "-o", exports)
    assert (ran.returncode, ran.stdout[:9]) == (0, "2 papers,")
    assert f"kgraph: {part}: it is damaged: what it held is read again\n" in ran.stderr


def test_without_its_inputs_a_damaged_build_cannot_be_changed(built):
    exports, before, _ = built
    damaged_part(exports)
    line = said(kgraph("remove", "nothing", "-o", exports))
    assert line.endswith("the text of a paper is lost: run `kgraph build` with all inputs again")
    assert (exports / "graph.ttl").read_bytes() == before["graph.ttl"]
