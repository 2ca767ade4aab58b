import os
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph import cache
from kgraph.errors import OntologyError
from kgraph.ontology import folder, load_ontology, load_vocabulary, triples
from kgraph.skos import read_concepts
from kgraph.vocabulary import Concept, Vocabulary

HEAD = """
@prefix kg: <https://w3id.org/kgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix hardware: <https://w3id.org/kgraph/id/hardware/> .
"""
GPU = HEAD + 'hardware:gpu a kg:Hardware ; skos:prefLabel "GPU" .\n'
TEAM = HEAD + 'hardware:gpu a kg:Hardware ; skos:prefLabel "GPU" ; skos:altLabel "pixel pusher" .\n'


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """Every test has a cache of its own, and none reads what an earlier one loaded in this process."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    forget()
    yield
    forget()


def forget():
    from kgraph import ontology

    ontology._vocabulary.cache_clear()


def kept(tmp_path):
    return sorted((tmp_path / "cache" / "kgraph").glob("vocabulary-*.json"))


@pytest.fixture
def team(tmp_path):
    path = tmp_path / "team.ttl"
    path.write_text(TEAM)
    return path


def test_named_prefers_names_to_aliases_and_then_the_first_id():
    concepts = [
        Concept("task/a", "Task", "parsing", aliases=("reading",)),
        Concept("task/b", "Task", "reading"),
        Concept("task/c", "Task", "reading aloud", aliases=("voice",)),
        Concept("task/d", "Task", "singing", risky=("voice",)),
    ]
    vocabulary = Vocabulary({concept.id: concept for concept in concepts})
    assert vocabulary.named("Task", "Readings") == "task/b"
    assert vocabulary.named("Task", "voice") == "task/c"
    assert vocabulary.named("Task", "SINGING") == "task/d"
    assert vocabulary.named("Method", "reading") is None


def test_ancestors_of_a_circle_and_of_the_unknown():
    concepts = [
        Concept("task/a", "Task", "a", broader=("task/b", "task/none")),
        Concept("task/b", "Task", "b", broader=("task/a", "task/c")),
        Concept("task/c", "Task", "c"),
    ]
    vocabulary = Vocabulary({concept.id: concept for concept in concepts})
    assert vocabulary.ancestors("task/a") == ("task/b", "task/none", "task/c")
    assert vocabulary.ancestors("task/x") == ()


def test_the_vocabularies_are_the_same_from_their_files_and_from_the_cache(tmp_path):
    parsed = load_vocabulary()
    forget()
    assert len(kept(tmp_path)) == 1
    recalled = load_vocabulary()
    assert recalled is not parsed
    assert recalled == parsed
    assert list(recalled.concepts) == sorted(recalled.concepts)


def test_a_process_loads_them_once():
    assert load_vocabulary() is load_vocabulary()


@pytest.mark.parametrize(
    "damage", ["cut short", "changed", "of another version", "a link", "a folder", "not to be read"]
)
def test_a_cache_that_cannot_be_trusted_is_made_anew(tmp_path, team, damage):
    load_vocabulary(team)
    (path,) = kept(tmp_path)
    good = path.read_bytes()
    if damage == "cut short":
        path.write_bytes(good[:-9])
    elif damage == "changed":
        path.write_bytes(good.replace(b"pixel", b"pi<el"))
    elif damage == "of another version":
        cache.remember(path.name, b'[["id","name"],["hardware/gpu","x"]]')
    elif damage == "a link":
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
    elif damage == "a folder":
        path.unlink()
        path.mkdir()
    else:
        path.unlink()
        os.mkfifo(path)
    forget()
    assert load_vocabulary(team).concepts["hardware/gpu"].aliases == ("pixel pusher",)
    if damage != "a folder":
        assert path.read_bytes() == good
        assert not path.is_symlink()


def test_without_a_place_to_write_there_is_no_cache_and_no_error(tmp_path, team, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load_vocabulary(team).named("Hardware", "pixel pusher") == "hardware/gpu"
    assert (tmp_path / "file").read_bytes() == b""


def test_the_digest_tells_every_change_and_no_place(tmp_path, team):
    before = load_vocabulary(team).digest
    moved = tmp_path / "moved.ttl"
    moved.write_text(TEAM)
    assert load_vocabulary(moved).digest == before
    moved.write_text(TEAM.replace("pusher", "mover"))
    changed = load_vocabulary(moved)
    assert changed.digest != before
    assert changed.concepts["hardware/gpu"].aliases == ("pixel mover",)


def test_a_team_adds_its_own(tmp_path, team):
    own = tmp_path / "own"
    own.mkdir()
    (own / "boards.ttl").write_text(
        HEAD
        + """
        <https://example.org/zip> a kg:Hardware ;
          skos:prefLabel "Zip Board" ; skos:broader hardware:gpu ; kg:memoryGigabytes 8.0 .
        """
    )
    vocabulary = load_vocabulary(extra=[team, own])
    assert vocabulary.named("Hardware", "pixel pusher") == "hardware/gpu"
    assert "graphics processing unit" in vocabulary.concepts["hardware/gpu"].aliases
    board = vocabulary.concepts["hardware/zip-board"]
    assert (board.links, board.broader, board.facts) == (
        ("https://example.org/zip",),
        ("hardware/gpu",),
        (("memoryGigabytes", 8),),
    )
    assert vocabulary.digest != load_vocabulary().digest


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no vocabulary .*: give a Turtle file or a folder of them"),
        ("this is no Turtle", "team.ttl is no ontology that can be read"),
        (HEAD + "hardware:gpu a kg:Hardware .", "the concept .*hardware/gpu has no skos:prefLabel: give it one"),
        (HEAD + 'hardware:gpu a kg:Hardware ; skos:prefLabel " " .', "has no skos:prefLabel"),
    ],
    ids=["missing", "no Turtle", "no label", "empty label"],
)
def test_what_is_no_vocabulary_is_told_in_a_sentence(tmp_path, content, message):
    path = tmp_path / "team.ttl"
    if content is not None:
        path.write_text(content)
    with pytest.raises(OntologyError, match=message):
        load_vocabulary(path)


def test_statements_of_several_files_add_up(tmp_path):
    one, two = tmp_path / "1.ttl", tmp_path / "2.ttl"
    one.write_text(GPU)
    two.write_text(HEAD + 'hardware:gpu a kg:Hardware ; skos:prefLabel "graphics chip" ; skos:hiddenLabel "gpu-chip" .')
    concept = load_vocabulary(one, extra=[two]).concepts["hardware/gpu"]
    assert (concept.name, concept.aliases) == ("graphics chip", ("GPU", "gpu-chip"))


def test_what_is_no_concept_is_passed_over():
    scheme = ("https://example.org/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "https://example.org/Scheme")
    assert read_concepts([scheme], load_ontology()) == {}


def test_every_subject_with_a_class_of_ours_becomes_a_concept():
    path = folder() / "vocabulary" / "metrics.ttl"
    subjects = {subject for subject, _, object in triples(path) if object.endswith("ontology#Metric")}
    concepts = read_concepts(triples(path), load_ontology())
    assert len(concepts) == len(subjects) > 300


def test_the_cache_is_shared_by_processes_and_holds_the_user_s_own_file(tmp_path, team):
    code = "import sys, pathlib, kgraph.ontology as o; print(o.load_vocabulary(pathlib.Path(sys.argv[1])).digest)"
    run = [sys.executable, "-c", code, str(team)]
    digests = {subprocess.run(run, check=True, capture_output=True).stdout for _ in range(2)}
    assert len(digests) == 1
    (path,) = kept(tmp_path)
    assert Path(path).stat().st_mode & 0o022 == 0
