"""What is told of two sides: merged, split and renamed entities; facts gained, lost, surer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.diff import Side, Thing, compare, generate_markdown, generate_text, is_empty, to_record

PAPER, OTHER = "paper/1", "paper/2"


def side(*mentions, facts=None, results=None, **more) -> Side:
    """A side whose mentions are entities, named one after the other in the paper."""
    places = {(PAPER, place, place + 1, "x"): id for place, id in enumerate(mentions)}
    named = {id: id.upper() for id in (*mentions, PAPER)}
    return Side(named, frozenset({PAPER}), frozenset(mentions), facts or {}, results or {}, places, **more)


def thing(id):
    return Thing(id, id.upper())


def test_nothing_changed():
    assert is_empty(compare(side("a", "b"), side("a", "b")))
    assert list(generate_text(compare(side(), side()))) == ["no difference"]


def test_an_entity_that_joined_another_is_merged_into_it():
    [merged] = compare(side("a", "a", "b"), side("b", "b", "b")).merged
    assert (merged.entity, merged.others, merged.mentions) == (thing("b"), (thing("a"),), 2)


def test_two_entities_that_became_a_third_are_merged_into_it():
    difference = compare(side("a", "b"), side("c", "c"))
    [merged] = difference.merged
    assert (merged.entity, merged.others) == (thing("c"), (thing("a"), thing("b")))
    assert (difference.entities_gained, difference.entities_lost, difference.renamed) == ((), (), ())


def test_an_entity_whose_mentions_went_two_ways_is_split():
    difference = compare(side("a", "a", "a"), side("a", "b", "b"))
    [split] = difference.split
    assert (split.entity, split.others, split.mentions) == (thing("a"), (thing("a"), thing("b")), 2)
    assert difference.entities_gained == ()


def test_an_entity_that_only_got_another_id_is_renamed():
    difference = compare(side("a"), side("b"))
    assert difference.renamed == ((thing("a"), thing("b")),)
    assert (difference.merged, difference.entities_lost) == ((), ())


def test_entities_of_new_and_old_mentions_are_gained_and_lost():
    difference = compare(side("a", "b"), side("a"))
    assert (difference.entities_lost, difference.entities_gained) == ((thing("b"),), ())
    assert compare(side("a"), side("a", "b")).entities_gained == (thing("b"),)


def test_a_merge_is_not_told_again_with_its_facts():
    before = side("a", "b", facts={("a", "runsOn", "b"): 0.5})
    after = side("c", "b", facts={("c", "runsOn", "b"): 0.5})
    assert compare(before, after).facts == ()
    surer = compare(before, side("c", "b", facts={("c", "runsOn", "b"): 0.6}))
    assert [(rating.before, rating.after) for rating in surer.facts] == [(0.5, 0.6)]


def test_facts_and_results_are_gained_lost_and_rated_anew():
    before = side(facts={("a", "uses", "b"): 0.5, ("a", "uses", "c"): 0.5})
    after = side(
        facts={("a", "uses", "b"): 0.75, ("a", "uses", "d"): 0.5}, results={(PAPER, "a", "m", "3x", None, "b"): 1}
    )
    lines = list(generate_text(compare(before, after)))
    assert lines[0] == "facts gained: 1, facts lost: 1, facts with another score: 1, results gained: 1"
    assert "  'a' uses 'b'  (0.5 → 0.75)" in lines
    assert "  'a' m 3x against 'b' in paper/1  (1)" in lines


def test_where_one_side_has_no_scores_none_are_compared():
    before = side(facts={("a", "uses", "b"): 0.5}, known=frozenset({("b", "broader", "c")}))
    after = side(facts={("a", "uses", "b"): 1.0, ("b", "broader", "c"): 1.0}, scored=False)
    assert is_empty(compare(before, after))


@pytest.mark.parametrize("generate", [generate_text, generate_markdown])
def test_long_lists_are_cut_and_the_rest_counted(generate):
    lines = list(generate(compare(side(), side(*map(str, range(30)))), most=10))
    assert sum("'" in line for line in lines) == 10
    assert any("… and 20 more" in line for line in lines)
    assert "… and" not in "\n".join(generate(compare(side(), side(*map(str, range(30))))))


def test_names_cannot_act_in_a_comment_or_a_terminal():
    hostile = "\x1b[31m<script>](http://x) `@team` |"
    difference = compare(Side(), Side({PAPER: hostile}, frozenset({PAPER})))
    markdown, text = ("\n".join(generate(difference)) for generate in (generate_markdown, generate_text))
    assert "\x1b" not in markdown + text
    assert "<script>" not in markdown
    assert "`@" not in markdown


def test_json_holds_everything():
    difference = compare(side("a", "b"), side("b", "b", facts={("b", "uses", "b"): 1.0}))
    record = json.loads(json.dumps(to_record(difference)))
    assert record["merged"][0]["entity"] == {"id": "b", "name": "B"}
    assert record["facts"][0]["statement"]["predicate"] == "uses"
    assert record["counts"] == {"entities merged": 1, "facts gained": 1}


ids = st.sampled_from("abcd")


@given(st.lists(ids, min_size=4, max_size=4), st.lists(ids, min_size=4, max_size=4))
def test_every_entity_that_went_is_accounted_for(old, new):
    difference = compare(side(*old), side(*new))
    told = {thing.id for thing in difference.entities_lost}
    told |= {other.id for merged in difference.merged for other in merged.others}
    told |= {split.entity.id for split in difference.split} | {one.id for one, _ in difference.renamed}
    assert set(old) - set(new) <= told
    assert is_empty(compare(side(*old), side(*old)))
