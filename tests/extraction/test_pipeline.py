"""The law of the extraction: one annotation a paper, offsets that hold, no text that breaks it."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.errors import ExtractionError
from kgraph.extraction.pipeline import PATTERNS, load_extractor
from kgraph.model import Paper
from kgraph.ontology import load_ontology
from kgraph.stages import Extractor
from kgraph.text import passage
from kgraph.vocabulary import Concept, Vocabulary
from tests.strategies import papers, texts

VOCABULARY = Vocabulary(
    {
        concept.id: concept
        for concept in (
            Concept("hardware/gpu", "Hardware", "GPU", aliases=("graphics processing unit",)),
            Concept("hardware/nvidia-a100", "Hardware", "NVIDIA A100", aliases=("A100",)),
            Concept("method/large-language-model", "Method", "large language model", aliases=("LLM",)),
            Concept("task/llm-inference", "Task", "LLM inference"),
            Concept("software/go", "Software", "Go", risky=("Go",), context=("language", "compiler")),
        )
    }
)
ABSTRACT = (
    "Large language models (LLMs) are slow. We present QuickFoo, a serving system that runs LLM inference on two "
    "NVIDIA A100 GPUs; with 4-bit weight quantization its latency on the FooBench benchmark falls to 3 ms. "
    "QuickFoo is written in the Go language: https://example.org/QuickFoo."
)
PAPER = Paper("1", "QuickFoo: Serving LLMs faster", ABSTRACT)


@pytest.fixture(scope="module")
def extractor():
    return load_extractor(PATTERNS, vocabulary=VOCABULARY, ontology=load_ontology())


def hold(annotation):
    """Assert what is true of every annotation of the pipeline."""
    text = passage(annotation.paper.title, annotation.paper.abstract)
    mentions = sorted(mention for entity in annotation.entities for mention in entity.mentions)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    assert all(entity.mentions == tuple(sorted(entity.mentions)) for entity in annotation.entities)
    assert all(entity.mentions for entity in annotation.entities)
    firsts = [entity.mentions[0] for entity in annotation.entities]
    assert firsts == sorted(firsts)
    names = [entity.name for entity in annotation.entities]
    assert len(set(names)) == len(names)
    assert all(name.strip() for name in names)
    assert all(0 < entity.score <= 1 and not entity.id for entity in annotation.entities)
    assert {entity.type for entity in annotation.entities} <= set(load_ontology().types)


def test_it_is_an_extractor(extractor):
    assert isinstance(extractor, Extractor)


def test_what_an_abstract_names(extractor):
    [annotation] = extractor.extract([PAPER])
    hold(annotation)
    assert annotation.paper is PAPER
    found = {entity.name: entity for entity in annotation.entities}
    assert {name: entity.type for name, entity in found.items()} == {
        "QuickFoo": "Software",
        "large language model": "Method",
        "LLM inference": "Task",
        "NVIDIA A100": "Hardware",
        "4-bit weight quantization": "Method",
        "latency": "Metric",
        "FooBench": "Dataset",
        "Go": "Software",
    }
    assert [mention.text for mention in found["large language model"].mentions] == [
        "LLMs",
        "Large language models",
        "LLMs",
    ]
    assert [mention.text for mention in found["NVIDIA A100"].mentions] == ["NVIDIA A100 GPUs"]
    assert len(found["QuickFoo"].mentions) == 3, "once in the title, twice in the text, never in the address"


def test_the_same_papers_give_the_same_whatever_stands_around_them(extractor):
    others = [Paper(str(n), f"Title {n}", f"We present Bar{n}Net for speech recognition.") for n in range(70)]
    [alone] = extractor.extract([PAPER])
    among = list(extractor.extract([*others[:65], PAPER, *others[65:]]))
    assert among[65] == alone
    assert [annotation.paper.id for annotation in among[:65]] == [paper.id for paper in others[:65]]
    assert next(iter(load_extractor(PATTERNS, vocabulary=VOCABULARY).extract([PAPER]))) == alone


def test_it_reads_no_further_ahead_than_a_batch(extractor):
    taken = []

    def endless():
        while True:
            taken.append(len(taken))
            yield PAPER

    next(iter(extractor.extract(endless())))
    assert len(taken) <= 130


@settings(max_examples=60, deadline=None)
@given(st.lists(papers(), max_size=3))
def test_any_paper_gives_an_annotation_that_holds(extractor, batch):
    annotations = list(extractor.extract(batch))
    assert [annotation.paper for annotation in annotations] == batch
    for annotation in annotations:
        hold(annotation)
    assert list(extractor.extract(batch)) == annotations


PIECES = (
    "We present ", "GPUs", "NVIDIA A100", "(LLMs)", "large language models ", "FooNet-v2", ", a dataset called ", "Foo",
    "-", " ", "4-bit quantization", "latency", ": ", "\\textbf{Bar}", "AB", "x86", " Go language ", ".", "İ", "ﬁ", "\n",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | texts, max_size=25).map("".join), st.lists(st.sampled_from(PIECES)).map("".join)
)
def test_pieces_of_technical_text_in_any_order_hold(extractor, title, abstract):
    [annotation] = extractor.extract([Paper("1", title, abstract)])
    hold(annotation)


def spelled(word, number):
    """The word with capitals where the number has ones."""
    return "".join(letter.upper() if number >> place & 1 else letter for place, letter in enumerate(word))


HOSTILE = {
    "nothing": "",
    "signs": "!@#$%^&*() " * 9_000,
    "one word": "a" * 100_000,
    "brackets": "(" * 100_000,
    "definitions": "Ab Cd (AC) " * 9_000,
    "brackets in brackets": "((A) " * 20_000,
    "acronyms": "ABC-" * 25_000,
    "names": " ".join(f"Foo{n}Bar" for n in range(10_000)),
    "introductions": " ".join(f"called Foo{n}" for n in range(8_000)),
    "introduced without end": "We propose " + "A-a" * 33_000,
    "modifiers": "sparse " * 14_000 + "attention",
    "heads": "attention " * 10_000,
    "parts": "XC7a-" * 20_000 + "@",
    "vendors": "NVIDIA " * 14_000,
    "capitals": "Aa " * 33_000,
    "hyphens": "A-" * 50_000,
    "lists": "Foo1, " * 16_000 + "benchmarks",
    "commas": ", and" * 20_000,
    "lines": "\n" * 100_000,
    "right to left": "שלום GPU " * 11_000,
    "spellings": " ".join(
        "".join(c.upper() if n >> k & 1 else c for k, c in enumerate("abcdefghijklmno")) for n in range(6_000)
    ),
    "definitions without end": "A bad word (AW) " * 6_000,
    "long title words": "T" * 50_000 + " " + "Nn" * 25_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_read_to_their_end(extractor, text):
    [annotation] = extractor.extract([Paper("1", text[:1_000], text)])
    hold(annotation)


def test_of_a_text_too_long_for_spacy_the_beginning_is_read():
    extractor = load_extractor(PATTERNS, vocabulary=VOCABULARY)
    extractor.nlp.max_length = 40
    [annotation] = extractor.extract([Paper("1", "On GPUs", "The GPU is here. " * 10 + "And FooNet.")])
    hold(annotation)
    assert [entity.name for entity in annotation.entities] == ["GPU"]


CHANGED = {
    "an unknown component": ('factory = "kgraph_patterns"', 'factory = "no_such_component"', "no_such_component"),
    "an unknown tokenizer": ("kgraph.Tokenizer.v1", "kgraph.Tokenizer.v99", "kgraph.Tokenizer.v99"),
    "an unknown family": ('"phrases"', '"poems"', "poems"),
    "no configuration at all": ("[nlp]", "[nlp", "cfg"),
    "a vocabulary that is not there": (
        "vocabulary = null",
        'vocabulary = {"@misc":"kgraph.Vocabulary.v1","path":"nowhere.ttl"}',
        "nowhere.ttl",
    ),
}


@pytest.mark.parametrize(("old", "new", "named"), CHANGED.values(), ids=CHANGED)
def test_a_broken_configuration_is_told_in_one_line(tmp_path, old, new, named):
    path = tmp_path / "own.cfg"
    text = PATTERNS.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ExtractionError) as caught:
        load_extractor(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert named in message
    assert "\n" not in message


def test_a_configuration_that_is_not_there(tmp_path):
    with pytest.raises(ExtractionError, match=r"nothing\.cfg"):
        load_extractor(tmp_path / "nothing.cfg")


def test_a_team_leaves_components_out_and_brings_its_own_vocabulary(tmp_path):
    turtle = tmp_path / "own.ttl"
    turtle.write_text(
        "@prefix kg: <https://w3id.org/kgraph/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://example.org/zorp> a kg:Task ; skos:prefLabel "zorp folding" .\n',
        encoding="utf-8",
    )
    path = tmp_path / "own.cfg"
    path.write_text(
        "[nlp]\n"
        'lang = "en"\n'
        'pipeline = ["names"]\n'
        'tokenizer = {"@tokenizers":"kgraph.Tokenizer.v1"}\n'
        "[components]\n"
        "[components.names]\n"
        'factory = "kgraph_gazetteer"\n'
        f'vocabulary = {{"@misc":"kgraph.Vocabulary.v1","path":"{turtle}"}}\n',
        encoding="utf-8",
    )
    extractor = load_extractor(path, vocabulary=VOCABULARY)
    doc = extractor.nlp("FooNet for Zorp folding on a GPU")
    assert [(span.text, span.label_, span.id_) for span in doc.spans["kgraph"]] == [
        ("Zorp folding", "Task", "task/zorp-folding")
    ]


def test_a_component_that_fails_is_named_in_one_line():
    extractor = load_extractor(PATTERNS, vocabulary=VOCABULARY)

    @extractor.nlp.component("stumbling")
    def stumble(doc):
        raise ZeroDivisionError("division\nby zero")

    extractor.nlp.add_pipe("stumbling")
    with pytest.raises(ExtractionError, match=r"stumbling .* at 'QuickFoo.*: division by zero"):
        list(extractor.extract([PAPER]))


def test_a_tokenizer_that_fails_is_named_in_one_line():
    extractor = load_extractor(PATTERNS, vocabulary=VOCABULARY)

    def stumble(text):
        raise ZeroDivisionError("division\nby zero")

    extractor.nlp.tokenizer = stumble
    with pytest.raises(ExtractionError, match=r"the tokenizer failed at 'QuickFoo.*: division by zero"):
        list(extractor.extract([PAPER]))


def test_a_strangers_component_need_only_set_spans():
    extractor = load_extractor(PATTERNS, vocabulary=VOCABULARY)

    @extractor.nlp.component("stranger")
    def mark(doc):
        start = doc.text.index("slow")
        doc.spans["kgraph"] = [doc.char_span(start, start + 4, label="Metric")]
        return doc

    extractor.nlp.add_pipe("stranger", before="kgraph_entities")
    [annotation] = extractor.extract([PAPER])
    assert [(entity.name, entity.type) for entity in annotation.entities] == [("slow", "Metric")]
