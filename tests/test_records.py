import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.iri import paper_key
from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.records import from_record, paper_of, to_record
from tests.samples import FAST, SLOW
from tests.strategies import annotations

RECORD = {"title": "A title", "abstract": "An abstract about X and Y."}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def entity(**changes) -> dict:
    return {
        "name": "X",
        "type": "Method",
        "role": "uses",
        "mentions": [{"start": 26, "end": 27, "text": "X"}],
    } | changes


def problems_of(**parts) -> list[str]:
    return from_record(RECORD | parts)[1]


def test_keys_stand_in_the_order_of_the_design():
    record = to_record(FAST)
    assert list(record) == [
        "id", "title", "abstract", "date", "authors", "organization", "source", "entities", "relations", "results",
    ]  # fmt: skip
    assert list(record["entities"][0]) == ["id", "name", "type", "role", "score", "mentions"]
    assert list(record["entities"][0]["mentions"][0]) == ["start", "end", "text"]
    assert list(record["relations"][0]) == ["subject", "predicate", "object", "score", "start", "end"]
    assert list(record["results"][0]) == ["entity", "metric", "value", "on", "versus", "score", "start", "end"]


@pytest.mark.parametrize("annotation", [FAST, SLOW, Annotation(Paper("2401.00002", "T", "A."))])
def test_what_one_writes_the_other_reads_back(annotation):
    assert from_record(json.loads(json.dumps(to_record(annotation)))) == (annotation, [])


@given(annotations())
def test_any_annotation_comes_back(annotation):
    assert from_record(json.loads(json.dumps(to_record(annotation)))) == (annotation, [])


@given(
    st.fixed_dictionaries(
        {"title": st.just("A title") | anything, "abstract": st.just("About X.") | anything},
        optional={
            name: anything | st.lists(st.dictionaries(st.sampled_from(fields), anything, max_size=4), max_size=3)
            for name, fields in {
                "entities": ("name", "type", "role", "score", "mentions", "id"),
                "relations": ("subject", "predicate", "object", "score", "start", "end"),
                "results": ("entity", "metric", "value", "on", "versus", "score"),
                "date": ("",),
                "authors": ("",),
                "organization": ("",),
                "source": ("",),
                "id": ("",),
                "arxiv": ("",),
            }.items()
        },
    )
)
def test_no_json_object_breaks_it(record):
    if not all(isinstance(record[name], str) and record[name].strip() for name in ("title", "abstract")):
        with pytest.raises(ValueError, match=r"^the (title|abstract) is missing$"):
            from_record(record)
        return
    annotation, problems = from_record(record)
    assert from_record(to_record(annotation)) == (annotation, [])
    assert all(isinstance(problem, str) and "\n" not in problem for problem in problems)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({}, "the title is missing"),
        ({"title": " ", "abstract": "x"}, "the title is missing"),
        ({"title": 3, "abstract": "x"}, "the title is missing"),
        ({"title": "x"}, "the abstract is missing"),
        ({"title": "x", "abstract": None}, "the abstract is missing"),
    ],
)
def test_without_title_or_abstract_there_is_no_paper(record, reason):
    with pytest.raises(ValueError, match=reason):
        paper_of(record)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2024-03-11", "2024-03-11"),
        ("2024-03-11T10:00:00Z", "2024-03-11"),
        ("2024-03", "2024-03"),
        (2024, "2024"),
        ("2024-02-30", None),
        ("2024-W05-1", None),
        ("March 2024", None),
        ("٢٠٢٤", None),
        (None, None),
        ([2024], None),
    ],
)
def test_dates(value, wanted):
    assert paper_of(RECORD | {"date": value}).date == wanted


@pytest.mark.parametrize(
    ("value", "wanted"), [(3, 3), (["A", "B"], 2), (0, None), (-1, None), (True, None), ("3", None), ([], None)]
)
def test_authors_are_their_number(value, wanted):
    assert paper_of(RECORD | {"authors": value}).authors == wanted


def test_ids_are_arxivs_or_made_from_the_title():
    assert paper_of(RECORD | {"id": "arXiv:2401.00001v2"}).id == "2401.00001"
    assert paper_of(RECORD | {"id": "abc", "arxiv": "2401.00002"}).id == "2401.00002"
    assert paper_of(RECORD | {"id": "abc"}).id == paper_key("A title")


def test_sources_are_those_told_or_the_file():
    assert paper_of(RECORD | {"source": "b.txt; a.txt"}, source="c.jsonl").sources == ("a.txt", "b.txt")
    assert paper_of(RECORD, source="c.jsonl").sources == ("c.jsonl",)
    assert paper_of(RECORD).sources == ()


def test_texts_are_cleaned_and_offsets_stay():
    annotation, problems = from_record(
        {
            "title": "A\x00title",
            "abstract": "X\x07Y",
            "entities": [entity(name="X Y", mentions=[{"start": 8, "end": 11, "text": "X\x07Y"}])],
        }
    )
    assert (annotation.paper.title, problems) == ("A title", [])
    assert annotation.entities[0].mentions == (Mention(8, 11, "X Y"),)


def test_what_a_strangers_file_lacks_has_defaults():
    annotation, problems = from_record(RECORD | {"entities": [{"name": "X", "type": "Method"}]})
    assert annotation.entities == (Entity("X", "Method", "mentions", 1.0, ()),)
    assert problems == []


def test_an_id_is_kept_where_it_is_one_of_ours():
    kept = [
        from_record(RECORD | {"entities": [entity(id=id)]})[0].entities[0].id
        for id in ("method/x", "task/x", "method/a b", 3)
    ]
    assert kept == ["method/x", "", "", ""]


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        (entity(name=""), "its name is missing"),
        (entity(type=None), "its type is missing"),
        (entity(type="Foo bar"), "its type 'Foo bar' is no name of an ontology"),
        (entity(role="<uses>"), "its role '<uses>' is no name of an ontology"),
        (entity(score=2), "its score '2' is no number from 0 to 1"),
        (entity(score=True), "its score 'True' is no number from 0 to 1"),
        (entity(score=float("nan")), "its score 'nan' is no number from 0 to 1"),
        (entity(mentions=[3]), "a mention is no JSON object"),
        (entity(mentions=[{"text": "X"}]), "a mention has no offsets"),
        (entity(mentions=[{"start": 0, "end": 1, "text": "X"}]), "its mention 'X' does not stand at 0 to 1"),
        (entity(mentions=[{"start": 5, "end": 99}]), "its offsets 5 to 99 are not within the text of 34 characters"),
        (entity(mentions=[{"start": -1, "end": 3}]), "its offsets -1 to 3 are not within the text of 34 characters"),
        ("X", "it is no JSON object"),
    ],
)  # fmt: skip
def test_an_odd_entity_costs_only_itself_and_is_named(item, problem):
    label = f" ({item['name']!r})" if isinstance(item, dict) else ""
    annotation, problems = from_record(RECORD | {"entities": [item, entity(name="Y")]})
    assert [told.partition(": ")[::2] for told in problems] == [(f"entity 1{label}", problem)]
    assert [entity.name for entity in annotation.entities] == ["Y"]


def test_relations_and_results_must_name_entities():
    both = [entity(), entity(name="Y")]
    relation = {"subject": "X", "predicate": "partOf", "object": "Y"}
    result = {"entity": "X", "metric": "accuracy", "value": "2%"}
    assert problems_of(entities=both, relations=[relation], results=[result]) == []
    assert problems_of(entities=both, relations=[relation | {"object": "Z"}], results=[result | {"on": "Z"}]) == [
        "relation 1 ('X'): 'Z' is no entity of this paper",
        "result 1 ('2%'): 'Z' is no entity of this paper",
    ]
    assert problems_of(entities=both, relations=[relation | {"predicate": "part of"}]) == [
        "relation 1 ('X'): its predicate 'part of' is no name of an ontology"
    ]
    assert problems_of(entities=both, results=[result | {"value": " "}]) == ["result 1 (' '): its value is missing"]


def test_lists_that_are_none_are_empty():
    annotation, problems = from_record(RECORD | {"entities": "X", "relations": None, "results": {}})
    assert (replace(annotation, paper=FAST.paper), problems) == (Annotation(FAST.paper), [])
