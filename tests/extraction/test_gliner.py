"""The GLiNER component against a stand-in of the library, and against a tiny model where the library is installed."""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType, SimpleNamespace

import pytest
import spacy

import kgraph.extraction.gliner  # noqa: F401 - registers the factory in a checkout that is not installed
from kgraph.errors import ExtractionError, MissingExtra
from kgraph.extraction.gliner import parts
from kgraph.extraction.marks import MENTIONS, document, marked
from kgraph.extraction.pipeline import load_extractor
from kgraph.model import Paper
from kgraph.ontology import Ontology

PAPER = Paper("1", "Sorting on an FPGA", "We map FastSort onto an FPGA.")
INSTALLED = importlib.util.find_spec("gliner") is not None


class StandIn:
    """A model that finds the names it is told, wherever they stand, as gliner.GLiNER would answer."""

    names: tuple = (("FPGA", "hardware", 0.9), ("FastSort", "method", 0.6))

    def __init__(self, words=256):
        self.config = SimpleNamespace(max_len=words)
        self.asked = []

    def inference(self, texts, labels, *, threshold, batch_size):
        self.asked.append((texts, labels, threshold, batch_size))
        return [
            [
                {"start": found.start(), "end": found.end(), "text": name, "label": label, "score": score}
                for name, label, score in self.names
                for found in re.finditer(re.escape(name), text)
                if label in labels and score >= threshold
            ]
            for text in texts
        ]


@pytest.fixture
def library(monkeypatch):
    """The stand-in in the place of the library; gives what was loaded."""
    loaded = []

    class GLiNER:
        model = StandIn()

        @classmethod
        def from_pretrained(cls, name, *, map_location):
            loaded.append((name, map_location))
            return cls.model

    module = ModuleType("gliner")
    module.GLiNER = GLiNER
    monkeypatch.setitem(sys.modules, "gliner", module)
    return SimpleNamespace(loaded=loaded, GLiNER=GLiNER)


def pipeline(**config):
    nlp = spacy.blank("en")
    nlp.add_pipe("kgraph_gliner", config={"model": "a-model", **config})
    return nlp


def found_in(nlp, paper=PAPER):
    doc = nlp(document(nlp, paper))
    return [(doc.text[item.start : item.end], item.type, item.score) for item in marked(doc)]


def test_the_types_of_the_ontology_are_asked_for_by_their_labels(library):
    assert found_in(pipeline()) == [
        ("FPGA", "Hardware", 0.9),
        ("FastSort", "Method", 0.6),
        ("FPGA", "Hardware", 0.9),
    ]
    [(texts, labels, threshold, batch_size)] = library.GLiNER.model.asked[-1:]
    assert texts == ["Sorting on an FPGA\nWe map FastSort onto an FPGA."]
    assert {"hardware", "method", "organization"} <= set(labels)
    assert (threshold, batch_size, library.loaded) == (0.5, 8, [("a-model", "cpu")])


def test_each_type_has_its_threshold_and_its_words(library):
    nlp = pipeline(descriptions={"Method": "method", "Device": "hardware"}, thresholds={"Method": 0.7}, threshold=0.2)
    assert {type for _, type, _ in found_in(nlp)} == {"Device"}
    assert library.GLiNER.model.asked[-1][1:3] == (["method", "hardware"], 0.2)


def test_a_threshold_for_no_type_is_refused():
    with pytest.raises(ExtractionError, match="a threshold for 'Hardwear', which is none of the types"):
        pipeline(thresholds={"Hardwear": 0.7})


def test_another_ontology_unless_types_were_chosen(library):
    ontology = Ontology(("Gene",), (), (), (), {}, {"Gene": "Gene name"})
    nlp = pipeline()
    nlp.get_pipe("kgraph_gliner").set_ontology(ontology)
    assert found_in(nlp) == []
    assert library.GLiNER.model.asked[-1][1] == ["gene name"]


def test_a_long_text_is_read_in_parts_and_nothing_found_twice(library, monkeypatch):
    monkeypatch.setattr(library.GLiNER, "model", StandIn(words=8))
    paper = Paper("1", "Long", " ".join(["It runs on an FPGA today, and FastSort on it."] * 9))
    found = found_in(pipeline(), paper)
    assert [name for name, _, _ in found] == ["FPGA", "FastSort"] * 9
    assert len(library.GLiNER.model.asked[-1][0]) > 9


@pytest.mark.parametrize("words", range(1, 12))
def test_parts_hold_every_word_and_no_more_than_fit(words):
    text = "a b-c, d_e f. (g) h i j k l m n"
    places = parts(text, words)
    assert {at for start, end in places for at in range(start, end) if text[at] != " "} == {
        at for at, sign in enumerate(text) if sign != " "
    }
    assert all(len(parts(text[start:end], words)) == 1 for start, end in places)


def test_documents_come_back_in_their_order(library):
    nlp = pipeline()
    papers = [Paper(str(number), f"FPGA number {number}", "Text.") for number in range(9)]
    docs = list(nlp.pipe([document(nlp, paper) for paper in papers]))
    assert [doc.text.split("\n")[0] for doc in docs] == [paper.title for paper in papers]
    assert all(len(doc.spans[MENTIONS]) == 1 for doc in docs)


def test_what_a_model_makes_up_is_left_out(library, monkeypatch):
    class Odd(StandIn):
        def inference(self, texts, labels, *, threshold, batch_size):
            places = [(-3, 4, "hardware"), (0, 10_000, "hardware"), (5, 5, "hardware"), (0, 7, "spell"), (0, 7, "task")]
            return [[{"start": s, "end": e, "label": label, "score": 3.0} for s, e, label in places] for _ in texts]

    monkeypatch.setattr(library.GLiNER, "model", Odd())
    assert found_in(pipeline()) == [("Sorting", "Task", 1.0)]


def test_in_a_configuration_it_stands_in_for_the_shipped_finders(library, tmp_path):
    config = tmp_path / "own.cfg"
    config.write_text(
        '[nlp]\nlang = "en"\npipeline = ["gliner","entities","roles"]\n'
        'tokenizer = {"@tokenizers":"kgraph.Tokenizer.v1"}\n[components]\n'
        '[components.gliner]\nfactory = "kgraph_gliner"\nmodel = "a-model"\n'
        '[components.entities]\nfactory = "kgraph_entities"\n[components.roles]\nfactory = "kgraph_role_cues"\n'
    )
    [annotation] = load_extractor(config).extract([PAPER])
    named = [(entity.name, entity.type) for entity in annotation.entities]
    assert named == [("FPGA", "Hardware"), ("FastSort", "Method")]


def test_without_the_library_the_answer_is_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "gliner", None)
    nlp = pipeline()
    with pytest.raises(MissingExtra, match=r'pip install "kgraph\[gliner\]"'):
        nlp.get_pipe("kgraph_gliner")(document(nlp, PAPER))


def test_a_folder_that_holds_no_model_is_told_in_one_sentence(library, monkeypatch):
    def refuse(name, *, map_location):
        raise OSError("no config\nin it")

    monkeypatch.setattr(library.GLiNER, "from_pretrained", refuse)
    nlp = pipeline()
    with pytest.raises(ExtractionError, match="no GLiNER model can be loaded from 'a-model': no config in it"):
        nlp.get_pipe("kgraph_gliner")(document(nlp, PAPER))


def test_a_model_that_fails_is_told_in_one_sentence(library, monkeypatch):
    class Failing(StandIn):
        def inference(self, texts, labels, *, threshold, batch_size):
            raise RuntimeError("a tensor\nis too small")

    monkeypatch.setattr(library.GLiNER, "model", Failing())
    nlp = pipeline()
    with pytest.raises(
        ExtractionError, match=r"'a-model' failed among texts from 'Sorting.*' on: a tensor is too small"
    ):
        nlp.get_pipe("kgraph_gliner")(document(nlp, PAPER))


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory):
    """A folder with a model of GLiNER that knows nothing: 16 numbers a layer, as chance set them."""
    gliner = pytest.importorskip("gliner", reason='it needs pip install "kgraph[gliner]"')
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, PreTrainedTokenizerFast

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("gliner")
    letters = "abcdefghijklmnopqrstuvwxyz."
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    pieces = Tokenizer(models.WordPiece({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    pieces.pre_tokenizer = pre_tokenizers.Whitespace()
    marks = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "pad", "cls", "sep", "mask")}
    PreTrainedTokenizerFast(tokenizer_object=pieces, **marks).save_pretrained(folder / "encoder")
    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertConfig(vocab_size=len(words), **size).save_pretrained(folder / "encoder")
    config = gliner.GLiNERConfig(model_name=str(folder / "encoder"), hidden_size=16, max_len=16, max_width=4)
    gliner.GLiNER.from_config(config, backbone_from_pretrained=False).save_pretrained(folder / "model")
    return folder / "model"


@pytest.mark.skipif(not INSTALLED, reason='it needs pip install "kgraph[gliner]"')
@pytest.mark.filterwarnings("ignore")  # of the library, which is not ours to mend
def test_a_model_of_the_library_is_loaded_and_read_with(tiny_model):
    nlp = pipeline(model=str(tiny_model), threshold=0.01)
    paper = Paper("1", "Sorting on an FPGA", "We map FastSort onto an FPGA. " * 5)
    found = found_in(nlp, paper)
    assert found
    assert found == found_in(nlp, paper)
    assert {type for _, type, _ in found} <= {
        "Method", "Task", "Dataset", "Metric", "Hardware", "Organization", "Software",
    }  # fmt: skip
    assert all(0.01 <= score <= 1 for _, _, score in found)


@pytest.mark.skipif(not INSTALLED, reason='it needs pip install "kgraph[gliner]"')
def test_a_folder_without_a_model_is_refused_by_the_library_too(tmp_path):
    nlp = pipeline(model=str(tmp_path))
    with pytest.raises(ExtractionError, match="no GLiNER model can be loaded from"):
        nlp.get_pipe("kgraph_gliner")(document(nlp, PAPER))
