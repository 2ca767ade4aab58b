"""From the rows of a gazetteer to entries, one test a kind of file."""

import orjson
import pytest

from vocabularies import datasets, methods, metrics, organizations, software, tasks
from vocabularies.gazetteers import SOURCES
from vocabularies.topics import pages


@pytest.fixture
def folder(tmp_path):
    """A folder of gazetteers, all of them empty until a test fills some."""
    for name in SOURCES:
        (tmp_path / f"{name}.jsonl").touch()
    return tmp_path


@pytest.fixture
def made(folder):
    def made(module, **gazetteers):
        for name, rows in gazetteers.items():
            (folder / f"{name}.jsonl").write_bytes(b"\n".join(map(orjson.dumps, rows)))
        found = (item for entries in module.entries(folder).values() for item in entries)
        return {item.concept.name: item.concept for item in found if "own" not in item.sources}

    return made


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Cars-X test-dev", "Cars-X"),
        ("Cars-X (5-shot)", "Cars-X"),
        ("Cars-X 256x256", "Cars-X"),
        ("Cars-X - 4x upscaling", "Cars-X"),
        ("Cars-X val", "Cars-X"),
    ],
)
def test_a_data_set_is_named_without_its_split_and_setting(made, written, name):
    assert list(made(datasets, leaderboard_datasets=[{"name": written, "count": 9}])) == [name]


@pytest.mark.parametrize("written", ["GTA5 to Cityscapes", "CIFAR-10, 40 Labels", "Texas", "5-way", "ab", "Rare"])
def test_settings_and_rare_data_sets_are_left_out(made, written):
    count = 4 if written == "Rare" else 9
    assert made(datasets, leaderboard_datasets=[{"name": written, "count": count}]) == {}


def test_benchmarks_are_named_by_their_titles(made):
    rows = [{"readme_title": "ToolZ"}, {"readme_title": "Task-name"}, {"readme_title": None}, {"readme_title": "lower"}]
    assert list(made(datasets, benchmarks=rows)) == ["ToolZ"]


def test_metrics_of_leaderboards_are_acronyms(made):
    rows = [{"name": name, "count": 50} for name in ("mINP", "Recall@40", "Error (%)", "Params/FLOPs", "Time to go")]
    assert set(made(metrics, leaderboard_metrics=rows)) == {"mINP", "Recall@40"}


def test_tasks_are_phrases_in_lower_case_with_their_acronyms(made):
    rows = [
        {"name": "Lake Depth Estimation (LDE)", "count": 20},
        {"name": "3D Lake Mapping", "count": 20},
        {"name": "Mapping", "count": 20},
        {"name": "Rare Lake Mapping", "count": 1},
    ]
    found = made(tasks, leaderboard_tasks=rows)
    assert list(found) == ["lake depth estimation", "3D lake mapping"]
    assert found["lake depth estimation"].aliases == ("LDE",)


def test_packages_come_with_the_links_of_their_row_and_no_others(made):
    rows = [
        {"name": "zipline-x", "github": "a/zipline-x", "pypi": "zipline-x", "category": "nlp"},
        {"name": "odd", "github": "a b<c>"},
        {"name": '"\\u2AF6"', "github": "a/b"},
    ]
    found = made(software, ml_software=rows)
    assert {name: concept.broader for name, concept in found.items()} == {
        "zipline-x": ("software/nlp-library",),
        "odd": ("software/machine-learning-library",),
    }
    assert found["zipline-x"].links == ("https://github.com/a/zipline-x", "https://pypi.org/project/zipline-x")
    assert found["odd"].links == ()


def test_models_come_with_maker_date_and_size(made):
    rows = [
        {"model": "Zippy-7B (chat)", "organization": "Google, Elsewhere", "date": "2024-05-01"},
        {"model": "Zippy + Zappy", "organization": "Google", "date": "2024-05-01"},
        {"model": "Plain", "organization": "Google", "date": "2024-05-01"},
    ]
    found = made(methods, models=rows)
    assert list(found) == ["Zippy-7B"]
    assert dict(found["Zippy-7B"].facts) == {
        "madeBy": "organization/google",
        "parametersBillion": 7,
        "releaseDate": "2024-05-01",
    }


def test_open_models_come_with_date_and_size(made):
    rows = [{"name": "Zappy (base)", "date": "2023/05", "params_b": "3.5"}, {"name": "Zip Dataset"}]
    assert {name: dict(concept.facts) for name, concept in made(methods, open_llms=rows).items()} == {
        "Zappy": {"parametersBillion": 3.5, "releaseDate": "2023-05"}
    }


def test_sizes_of_a_model_are_concepts_below_it(folder):
    found = {item.concept.name: item.concept for item in methods.entries(folder)["methods"]}
    sized = found["Llama 2 7B"]
    assert sized.broader == (found["Llama 2"].id,)
    assert {"LLaMA2 7B", "LLaMA2 7B-Chat"} <= set(sized.aliases)
    assert "sizes" not in dict(found["Llama 2"].facts)


def test_universities_are_those_whose_names_say_so(made):
    rows = [
        {"name": name, "country": "Atlantis"}
        for name in (
            "University of Atlantis",
            "Atlantis Institute of Technology",
            "Atlantis College of Hair",
            "Atlantis",
        )
    ]
    found = made(organizations, universities=rows)
    assert set(found) == {"University of Atlantis", "Atlantis Institute of Technology"}
    assert found["University of Atlantis"].facts == (("country", "Atlantis"),)


def test_a_topic_is_a_page_of_the_same_name(folder):
    topics = [
        {"id": "C1", "label": "Kalman filter", "dbpedia": "Kalman_filter"},
        {"id": "C2", "label": "Haskell", "dbpedia": "Haskell_(programming_language)"},
        {"id": "C3", "label": "delay", "dbpedia": "Delay_(audio_effect)"},
        {"id": "C4", "label": "nothing"},
    ]
    (folder / "topics.jsonl").write_bytes(b"\n".join(map(orjson.dumps, topics)))
    assert pages(folder) == {"kalman filter": "Kalman_filter", "haskell": "Haskell_(programming_language)"}
