"""What is seen of two entities."""

from kgraph.extraction.cues import LEXICON, read
from kgraph.extraction.pairs import WEIGHTS, observations
from kgraph.ontology import load_ontology
from tests.extraction.marked import marked

ONTOLOGY = load_ontology()


def seen(source, subject, object):
    sample = marked(source)
    names = [entity.name for entity in sample.entities]
    pairs = observations(read(sample.text, sample.title_end, sample.entities), sample.entities)
    return pairs.get((names.index(subject), names.index(object)))


def test_the_cues_between_two_mentions_are_seen_from_both_sides():
    source = "Nets | {Zip} was evaluated by us on {MiniSet:Dataset}."
    assert seen(source, "Zip", "MiniSet").sentences == {1: {"subject then is", "on then object", "object follows"}}
    assert seen(source, "MiniSet", "Zip").sentences == {1: {"object then is", "on then subject", "subject follows"}}


def test_the_first_and_the_last_cue_reach_over_other_mentions():
    pair = seen("Nets | {Zip} uses {hashing} and {sorting} for {search:Task}.", "Zip", "search")
    assert pair.sentences == {1: {"subject then use", "for then object"}}


def test_a_method_that_another_is_based_on():
    assert "object-based subject" in seen("Nets | A {voting}-based {Zip}.", "Zip", "voting").sentences[1]
    assert "object-based subject" not in seen("Nets | A {voting}-free {Zip}.", "Zip", "voting").sentences[1]


def test_a_name_that_ends_or_begins_with_another():
    source = "Nets | {Sparse-voting nets=sparse-voting net}. {Voting net=voting net}. {Sparse=sparse}."
    assert "subject ends with object" in seen(source, "sparse-voting net", "voting net").seen
    assert "subject begins with object" in seen(source, "sparse-voting net", "sparse").seen
    assert seen(source, "voting net", "sparse-voting net") is None


def test_a_proposal_is_paired_with_what_is_named_elsewhere():
    source = "Nets | We propose {Zip:Method:proposes}. {MiniSet:Dataset:evaluatesOn}. {Old:Method}."
    pair = seen(source, "Zip", "MiniSet")
    assert pair.sentences == {}
    assert {"main > evaluatesOn", "Method > Dataset", "main subject"} <= pair.seen
    assert seen(source, "Zip", "Old") is None


def test_the_title():
    pair = seen("{Zip:Method:proposes} for {search:Task:addresses} | Good.", "Zip", "search")
    assert {"subject in title", "object in title"} <= pair.seen
    assert "object follows in title" in pair.sentences[0]


def test_mentions_far_apart_in_a_list_are_no_pair():
    names = ", ".join(f"{{N{number}}}" for number in range(10))
    assert seen(f"Nets | {names}.", "N0", "N6") is not None
    assert seen(f"Nets | {names}.", "N0", "N7") is None


def test_the_weights_speak_of_what_can_be_observed():
    assert set(WEIGHTS) == set(ONTOLOGY.predicates)
    assert all("always" in weights for weights in WEIGHTS.values())
    cues = (*LEXICON, "number")
    known = {f"{end} then {cue}" for end in ("subject", "object") for cue in cues}
    known |= {f"{cue} then {end}" for end in ("subject", "object") for cue in cues}
    known |= {f"{a} > {b}" for a in ONTOLOGY.types for b in ONTOLOGY.types}
    known |= {f"{a} > {b}" for a in (*ONTOLOGY.roles, "main") for b in (*ONTOLOGY.roles, "main")}
    known |= {
        f"{end} {where}" for end in ("subject", "object") for where in ("follows", "follows in title", "in title")
    }
    known |= {"main subject", "main object", "neither main", "no main", "always", "object-based subject"}
    known |= {"subject ends with object", "subject begins with object"}
    assert {observation for weights in WEIGHTS.values() for observation in weights} <= known
