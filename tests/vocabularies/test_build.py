import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.ontology import folder, load_ontology
from vocabularies import build as module
from vocabularies.build import FILES, build
from vocabularies.entries import entry
from vocabularies.turtle import generate_turtle

ROOT = Path(__file__).parents[2]
GAZETTEERS = ROOT / "../shared/gazetteers"


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Build from these entries instead of the gazetteers'."""
    (tmp_path / "topics.jsonl").write_text('{"label": "Kalman filter", "dbpedia": "Kalman_filter"}\n')

    def built(**files):
        monkeypatch.setattr(
            module, "gathered", lambda _: {name.replace("_", "-"): items for name, items in files.items()}
        )
        made, _ = build(tmp_path)
        return {name: {item.concept.id: item.concept for item in items} for name, items in made.items() if items}

    return built


def test_share_alike_data_add_what_is_new_and_otherwise_only_their_links(built):
    made = built(
        software=[entry("Software", "Zip", source="own", aliases=["Zipper"])],
        software_best_of_ml=[
            entry("Software", "zipper", source="ml_software", aliases=["Zippo"], links=["https://github.com/a/zip"]),
            entry("Software", "Zap", source="ml_software"),
        ],
    )
    assert made["software"]["software/zip"].aliases == ("Zipper",)
    assert set(made["software-best-of-ml"]) == {"software/zip", "software/zap"}
    known = made["software-best-of-ml"]["software/zip"]
    assert (known.links, known.aliases) == (("https://github.com/a/zip",), ())


def test_an_id_that_is_taken_is_not_taken_again(built):
    made = built(
        datasets=[entry("Dataset", "Zip+Zap", source="own")],
        datasets_leaderboards=[entry("Dataset", "Zip + Zap", source="leaderboard_datasets")],
    )
    assert set(made) == {"datasets"}


def test_topics_link_concepts_to_their_pages(built):
    made = built(methods=[entry("Method", "Kalman filter", source="own")])
    assert made["methods"]["method/kalman-filter"].links == ("http://dbpedia.org/resource/Kalman_filter",)


def test_what_stands_above_anyway_is_not_said_again(built):
    made = built(
        hardware=[
            entry("Hardware", "processor", source="own"),
            entry("Hardware", "GPU", source="own", broader=["processor"]),
            entry("Hardware", "NVIDIA A100", source="own", broader=["processor", "GPU"]),
        ]
    )
    assert made["hardware"]["hardware/nvidia-a100"].broader == ("hardware/gpu",)


def test_a_link_to_nothing_is_refused(built):
    with pytest.raises(SystemExit, match=r"2 linked concepts are missing from the outlines: hardware/gpu \(1\), org"):
        built(hardware=[entry("Hardware", "A1", source="own", broader=["GPU"], facts=[("madeBy", "organization/x")])])


def test_a_circle_is_refused(built):
    with pytest.raises(SystemExit, match="the tree runs in a circle: hardware/"):
        built(hardware=[entry("Hardware", a, source="own", broader=[b]) for a, b in (("x", "y"), ("y", "x"))])


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not GAZETTEERS.is_dir(), reason="the gazetteers are not beside the project")
def test_the_shipped_files_are_what_a_build_makes(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "vocabularies", str(GAZETTEERS), "-o", str(tmp_path)],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    for name in FILES:
        assert (tmp_path / f"{name}.ttl").read_bytes() == (folder() / "vocabulary" / f"{name}.ttl").read_bytes(), name


def test_an_empty_file_still_tells_its_licence():
    lines = "\n".join(generate_turtle("tasks", *FILES["tasks"], [], load_ontology()))
    assert FILES["tasks"][1] in lines
