"""Whatever the bytes, a reading comes of them; and of the same bytes the same, in any order."""

import gzip
import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kgraph.model import Annotation
from kgraph.readers.reading import Reading, read
from kgraph.records import to_record
from tests.readers.sample_listings import abstract, layout_a, layout_b, title

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
FIELDS = st.sampled_from(
    [
        "id",
        "title",
        "abstract",
        "date",
        "authors",
        "organization",
        "source",
        "entities",
        "relations",
        "results",
        "arxiv",
    ]
)
OBJECTS = st.dictionaries(FIELDS, VALUES, max_size=6).map(lambda value: {"title": "T", "abstract": "A."} | value)
LINES = st.lists(OBJECTS.map(json.dumps) | st.text(max_size=30), min_size=1, max_size=5).map("\n".join)
LISTINGS = st.builds(
    layout_a,
    st.sampled_from([None, "  • 5 authors\n·\nAug 20", "adobe Adobe\n·\nMay 3, 2021 4", "·\nDec 1, 2023"]),
    st.sampled_from([None, "  • 2 authors\n·\nJan 2"]),
) | st.integers(1, 4).map(layout_b)
CONTENTS = st.one_of(
    st.binary(max_size=300),
    LINES.map(lambda text: text.encode("utf-8", "surrogatepass")),
    LISTINGS.map(str.encode),
    LISTINGS.map(lambda text: text.encode("utf-16")),
    st.tuples(LISTINGS, st.integers(1, 200)).map(lambda it: gzip.compress(it[0].encode())[: -it[1]]),
    st.tuples(LISTINGS, st.integers(0, 900), st.binary(max_size=9)).map(
        lambda it: it[0].encode()[: it[1]] + it[2] + it[0].encode()[it[1] :]
    ),
)


def read_all(contents, order=None):
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.txt" for number in range(len(contents))]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content)
        return read([files[number] for number in order] if order else files)


@given(CONTENTS)
def test_any_bytes_give_a_reading_and_are_accounted_for(content):
    reading = read_all([content])
    assert isinstance(reading, Reading)
    assert reading.papers or reading.annotations or reading.skipped
    json.dumps([to_record(Annotation(paper)) for paper in reading.papers]).encode()
    for annotation in reading.annotations:
        text = f"{annotation.paper.title}\n{annotation.paper.abstract}"
        assert all(text[m.start : m.end] == m.text for entity in annotation.entities for m in entity.mentions)


@given(st.lists(CONTENTS, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_changes_nothing(contents, random):
    order = random.sample(range(len(contents)), k=len(contents))
    assert read_all(contents, order) == read_all(contents)


@given(CONTENTS)
def test_a_file_read_twice_gives_its_papers_once(content):
    once, twice = read_all([content]), read_all([content, content])
    assert [paper.id for paper in once.papers] == [paper.id for paper in twice.papers]
    assert len(once.annotations) == len(twice.annotations)


@given(st.lists(st.integers(0, 99), unique=True, min_size=1, max_size=8))
def test_papers_written_as_json_lines_are_read_back(numbers):
    lines = "\n".join(json.dumps({"title": title(number), "abstract": abstract(number)}) for number in numbers)
    papers = read_all([lines.encode()]).papers
    assert {(paper.title, paper.abstract) for paper in papers} == {(title(n), abstract(n)) for n in numbers}
