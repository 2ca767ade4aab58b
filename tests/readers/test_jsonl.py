import json

import pytest

from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.readers.jsonl import LONGEST_LINE, JsonLinesReader
from kgraph.readers.limits import LONGEST_ABSTRACT
from kgraph.records import to_record
from kgraph.stages import Note, Skipped, Source

LOOM = {"title": "TinyLoom", "abstract": "We weave sparse kernels."}
RING = {"title": "RingRoute", "abstract": "We route collectives.", "date": "2024-03", "authors": ["A", "B"]}


def read(text):
    return list(JsonLinesReader().read(Source("papers.jsonl", text)))


def titles(items):
    return [item.title for item in items if isinstance(item, Paper)]


def skipped(items):
    return [(item.line, item.reason) for item in items if isinstance(item, Skipped)]


def test_papers_one_a_line():
    loom, ring = read(f"{json.dumps(LOOM)}\n\n{json.dumps(RING)}\n")
    assert (loom.title, loom.abstract, loom.sources) == ("TinyLoom", "We weave sparse kernels.", ("papers.jsonl",))
    assert (ring.date, ring.authors) == ("2024-03", 2)


def test_annotations_are_read_back_as_written():
    paper = Paper("2401.01234", "TinyLoom", "It runs on an FPGA.", sources=("papers.jsonl",))
    entity = Entity("FPGA", "Hardware", "runsOn", 0.5, (Mention(23, 27, "FPGA"),))
    annotation = Annotation(paper, (entity,))
    assert read(json.dumps(to_record(annotation))) == [annotation]


def test_what_is_wrong_in_an_annotation_is_named_and_the_rest_kept():
    record = LOOM | {"entities": [{"name": "FPGA", "type": "Hardware"}, {"name": "X"}, 7], "relations": [{}]}
    annotation, *problems = read(json.dumps(RING) + "\n" + json.dumps(record))[1:]
    assert [entity.name for entity in annotation.entities] == ["FPGA"]
    assert [(line, reason.split(":")[0]) for line, reason in skipped(problems)] == [
        (2, "entity 2 ('X')"),
        (2, "entity 3"),
        (2, "relation 1 ('')"),
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_and_objects_over_several_lines(indent):
    array = json.dumps([LOOM, RING], indent=indent)
    objects = "\n".join(json.dumps(record, indent=indent) for record in (LOOM, RING))
    assert titles(read(array)) == titles(read(objects)) == ["TinyLoom", "RingRoute"]
    assert not skipped(read(array) + read(objects))


def test_text_is_kept_to_the_character_but_for_controls():
    record = {"title": " Spaced  out ", "abstract": "a\u0000b\ud800c\u202ed\u05e9\n e \u2028f"}
    [paper] = read(json.dumps(record))
    assert paper.title == " Spaced  out "
    assert paper.abstract == "a b c d\u05e9\n e \u2028f"


def test_raw_controls_in_a_string_are_forgiven():
    [paper] = read('{"title": "T", "abstract": "a\tb\x01c"}')
    assert paper.abstract == "a\tb c"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            json.dumps({"title": "T", "abstract": "x" * 1_000_000}),
            f"the abstract has 1,000,000 characters, more than {LONGEST_ABSTRACT:,}: give the abstract alone",
        ),
        (
            '{"title": "' + "x" * LONGEST_LINE,
            f"the line has {LONGEST_LINE + 11:,} characters, more than {LONGEST_LINE:,}",
        ),
        ('{"title": "T"}', "the abstract is missing"),
        ('{"abstract": "A"}', "the title is missing"),
        ('{"title": "T", "abstract": ["A"]}', "the abstract is missing"),
        ('{"title": "T", "abstract": "  "}', "the abstract is missing"),
        ('{"title": "?!", "abstract": "A"}', "the title has no letters"),
        ('{"title": "T", "abstract": "A"', "broken JSON: expecting ',' delimiter at column 31"),
        ('{"title": "T', "broken JSON: unterminated string starting at column 11"),
        ("no JSON at all", "broken JSON: expecting value at column 1"),
        ('"a string"', "not a JSON object with a title and an abstract"),
        ("[1, 2]", "not a JSON object with a title and an abstract"),
        ('{"a":' * 100_000, "the JSON is nested too deeply"),
        ("[" * 100_000, "the JSON is nested too deeply"),
        (json.dumps({"title": "x" * 2_000, "abstract": "A"}), "the title has 2,000 characters, more than 1,000"),
    ],
    ids=range(15),
)
def test_a_bad_line_is_named_and_the_others_read(line, reason):
    found = read(f"{json.dumps(LOOM)}\n{line}\n{json.dumps(RING)}")
    assert titles(found) == ["TinyLoom", "RingRoute"]
    assert skipped(found) == [(2, reason)]


@pytest.mark.parametrize("between", ["", " ", ", "])
def test_objects_glued_to_one_line_are_each_read(between):
    found = read(between.join(map(json.dumps, (LOOM, RING))))
    assert titles(found) == ["TinyLoom", "RingRoute"]
    assert not skipped(found)


def test_what_stands_behind_an_object_costs_only_itself():
    found = read(f"{json.dumps(RING)}\n{json.dumps(LOOM)} and more\n{json.dumps(RING)}")
    assert titles(found) == ["RingRoute", "TinyLoom", "RingRoute"]
    assert skipped(found) == [(2, f"broken JSON: expecting value at column {len(json.dumps(LOOM)) + 2}")]


@pytest.mark.parametrize("first", ["null", "garbage", "# a comment"])
def test_one_object_behind_one_odd_line_is_still_json(first):
    assert JsonLinesReader().recognises(f"{first}\n{json.dumps(LOOM)}\n")
    assert not JsonLinesReader().recognises(f"{first}\n\nwords\n{json.dumps(LOOM)}\n")


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "9" * 5_000, "1e999", "true", "-3", "{}", '"many"'])
def test_odd_values_of_a_field_are_nothing_known(value):
    [paper, *notes] = read(
        f'{{"title": "T", "abstract": "A", "authors": {value}, "date": {value}, "organization": {value}}}'
    )
    assert all(isinstance(note, Note) for note in notes)
    assert paper.authors is paper.date is None
    assert paper.organization in {None, "many"}


def test_a_date_that_cannot_be_read_is_told():
    first, second = (json.dumps(LOOM | {"date": date}) for date in ("11 March 2024", "2024-03-11"))
    assert [item for item in read(f"{second}\n{first}") if isinstance(item, Note)] == [
        Note("papers.jsonl", "line 2: the date '11 March 2024' is left out: write it as 2024-03-11, 2024-03 or 2024")
    ]


def test_an_array_goes_on_after_a_broken_object():
    rows = [json.dumps(LOOM), '{"title": "half', '"garbage": 1', json.dumps(RING)]
    found = read("[\n" + ",\n".join(rows) + "\n]")
    assert titles(found) == ["TinyLoom", "RingRoute"]
    assert [line for line, _ in skipped(found)] == [3]


def test_an_array_that_breaks_off_gives_what_is_whole():
    found = read(json.dumps([LOOM, RING], indent=1)[:-30])
    assert titles(found) == ["TinyLoom"]
    assert [line for line, _ in skipped(found)] == [6, 10]
    assert skipped(found)[-1][1] == "the list breaks off: its closing bracket is missing"


def test_too_many_broken_objects_end_the_reading():
    found = read("[\n" + '{"title"\n' * 5_000 + json.dumps(LOOM) + "]")
    assert len(found) == 101
    assert "the rest of the file is left out" in found[-1].reason


def test_the_first_line_of_a_cut_file_costs_only_itself():
    found = read(json.dumps(LOOM)[-20:] + "\n" + json.dumps(RING))
    assert titles(found) == ["RingRoute"]
    assert [line for line, _ in skipped(found)] == [1]


def test_an_empty_list_is_named():
    assert skipped(read("[]")) == [(None, "the list holds no papers")]


@pytest.mark.parametrize(
    "text", ['{"title": 1}', '\n  [ {"a": 1}]', "[]", "{\n", '{"cut', 'cut"}\n{"a": 1}\n{"a": 2}\n', "[\n  {\n"]
)
def test_objects_are_recognised(text):
    assert JsonLinesReader().recognises(text)


@pytest.mark.parametrize("text", ["", "A title\n\nAn abstract.", "[1] A reference", "{x | x > 0}", "{{ template }}"])
def test_other_texts_are_not(text):
    assert not JsonLinesReader().recognises(text)
