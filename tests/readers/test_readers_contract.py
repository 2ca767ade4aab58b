"""What every reader promises (kgraph.stages.Reader); a new one is tested by being in `readers()`."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.model import Annotation, Paper
from kgraph.readers.reading import readers
from kgraph.stages import Note, Reader, Skipped, Source
from tests.readers.sample_listings import abstract, layout_a, layout_b, title

RECORDS = [{"title": title(number), "abstract": abstract(number)} for number in range(4)]
SAMPLES = {
    "JSON Lines": ["\n".join(map(json.dumps, RECORDS)), json.dumps(RECORDS, indent=2)],
    "Daily Papers listing": [
        layout_a(None, "  • 2 authors\n·\nMay 3", "adobe Adobe\n·\nMay 3, 2022", None),
        layout_b(4),
    ],
}
READERS = {reader.name: reader for reader in readers()}


def test_every_reader_has_its_sample():
    assert set(SAMPLES) == set(READERS)


@pytest.fixture(params=READERS.values(), ids=READERS)
def reader(request):
    return request.param


def papers(items):
    return [(item.title, item.abstract) for item in items if isinstance(item, Paper)]


def test_it_is_a_reader(reader):
    assert isinstance(reader, Reader)


def test_it_reads_its_samples_in_order(reader):
    for sample in SAMPLES[reader.name]:
        assert papers(reader.read(Source("x", sample))) == [(it["title"], it["abstract"]) for it in RECORDS]


def test_it_recognises_its_own_and_no_other_format(reader):
    for name, samples in SAMPLES.items():
        for sample in samples:
            assert reader.recognises(sample[:16_384]) is (name == reader.name)


def test_it_names_the_source(reader):
    for sample in SAMPLES[reader.name]:
        for item in reader.read(Source("the name", sample[:-100])):
            assert item.sources == ("the name",) if isinstance(item, Paper) else item.source == "the name"


def test_reading_twice_gives_the_same(reader):
    for sample in SAMPLES[reader.name]:
        assert list(reader.read(Source("x", sample))) == list(reader.read(Source("x", sample)))


@given(st.data())
def test_odd_content_never_raises_and_is_never_passed_over_in_silence(data):
    reader = data.draw(st.sampled_from(list(READERS.values())), label="reader")
    sample = data.draw(st.sampled_from(SAMPLES[reader.name]), label="sample")
    start = data.draw(st.integers(0, len(sample)), label="start")
    end = data.draw(st.integers(start, len(sample)), label="end")
    text = sample[:start] + data.draw(st.text(max_size=40), label="put in") + sample[end:]
    found = list(reader.read(Source("x", text)))
    assert all(isinstance(item, Paper | Annotation | Skipped | Note) for item in found)
    assert found
    for item in found:
        if isinstance(item, Skipped):
            assert item.line is None or 1 <= item.line <= text.count("\n") + 1
            assert "\n" not in item.reason + item.excerpt
        elif isinstance(item, Paper):
            assert item.title.strip()
            assert item.abstract.strip()
