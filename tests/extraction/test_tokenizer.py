import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English

from kgraph.extraction.tokenizer import technical_tokenizer
from tests.strategies import texts

TOKENIZER = technical_tokenizer(English())


def tokens(text):
    return [token.text for token in TOKENIZER(text)]


@pytest.mark.parametrize(
    "name",
    [
        "GPT-4", "RISC-V", "C++", "C#", "W4A8", "Llama-3.1-8B", "mIoU@0.5", "3.5x", "TOPS/W", "Cortex-M4", "U-Net",
        "xc7z020", "I/O", "tokens/sec", "1,024", "Qwen2.5", "llama.cpp", "k-means", "C++17", "Node.js", "3.1.2",
    ],
)  # fmt: skip
def test_a_technical_name_is_one_token_wherever_it_stands(name):
    assert tokens(name) == [name]
    assert tokens(f"({name}), [{name}]; {name}.") == ["(", name, ")", ",", "[", name, "]", ";", name, "."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-4-based", ["GPT-4", "-", "based"]),
        ("state-of-the-art", ["state", "-", "of", "-", "the", "-", "art"]),
        ("CPU/GPU", ["CPU", "/", "GPU"]),
        ("8xH200 GPUs", ["8x", "H200", "GPUs"]),
        ("our model's size", ["our", "model", "'s", "size"]),
        ("It ends.The next begins", ["It", "ends", ".", "The", "next", "begins"]),
        ("e.g. this, i.e. that", ["e.g.", "this", ",", "i.e.", "that"]),
        ("up to 89.78%", ["up", "to", "89.78", "%"]),
        ("2.4$\\times$", ["2.4", "$", "\\", "times", "$"]),
    ],
)
def test_what_is_several_words_is_split(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a-b/C_d?x=1", "www.example.org/FastZip", "github.com/some-one/FastZip", "me.too@example.org"],
)
def test_an_address_is_one_token_without_the_stop_behind_it(address):
    assert tokens(f"See {address}.") == ["See", address, "."]
    assert tokens(f"({address})") == ["(", address, ")"]


@given(st.text(max_size=80) | texts)
def test_tokens_put_together_are_the_text(text):
    doc = TOKENIZER(text)
    assert doc.text == text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]


@settings(max_examples=20, deadline=5000)
@given(
    st.sampled_from(["(", "a)(", ".", "-", "a-", "'", "a@", "https://", "x/", "a.b.", "…a", "+", "\n", "www.", "1,"])
)
def test_long_runs_take_linear_time(piece):
    text = piece * (50_000 // len(piece))
    assert TOKENIZER(text).text == text
