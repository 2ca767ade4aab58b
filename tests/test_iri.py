import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kgraph.errors import KgraphError
from kgraph.iri import (
    DATA,
    arxiv_id,
    data_base,
    entity_id,
    fact_fragment,
    mention_fragment,
    paper_key,
    paper_node,
    result_fragment,
    slug,
)
from kgraph.text import normal_form

anything = st.text(max_size=200)


def valid(iri: str) -> bool:
    """Whether a parser that checks RFC 3987 takes it."""
    import pyoxigraph

    try:
        return pyoxigraph.NamedNode(iri).value == iri
    except ValueError:
        return False


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2205.14135", "2205.14135"),
        ("arXiv:2205.14135v3", "2205.14135"),
        (" https://arxiv.org/pdf/2205.14135v2.pdf ", "2205.14135"),
        ("http://www.arxiv.org/abs/hep-th/9901001v1", "hep-th/9901001"),
        ("2205.1413", "2205.1413"),
        ("2205.141", None),
        ("10.1145/3292500", None),
        ("d67e29207b", None),
        ("", None),
    ],
)
def test_arxiv_identifiers_lose_their_dress_and_version(text, wanted):
    assert arxiv_id(text) == wanted


def test_a_paper_key_is_sixteen_hexadecimal_digits_of_the_letters_of_a_title():
    key = paper_key("On-Device Inference, Revisited!")
    assert re.fullmatch("[0-9a-f]{16}", key)
    assert key == paper_key("on device inference revisited") != paper_key("on device inference revisited 2")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("NVIDIA A100", "nvidia-a100"),
        ("nvidia-a100", "nvidia-a100"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("mIoU@0.5", "miou-at-0.5"),
        ("Llama-3.1-8B", "llama-3.1-8b"),
        ("k_proj", "k-proj"),
        ("Überauflösung", "überauflösung"),
        ("شبكة عصبية", "شبكة-عصبية"),
        ("面向对象", "面向对象"),
    ],
)
def test_slugs(name, wanted):
    assert slug(name) == wanted


def test_a_name_without_letters_and_a_long_name_end_in_a_digest():
    assert re.fullmatch("[0-9a-f]{8}", slug("→→→"))
    assert len({slug(name) for name in ("→→→", "★", "--", "_", "")}) == 5
    long = slug("very " * 40 + "long name")
    assert re.fullmatch(r"(very-)+[0-9a-f]{8}", long)
    assert len(long) <= 89
    assert long != slug("very " * 40 + "longer name")


@given(anything)
def test_slugs_stand_in_an_iri_and_never_step_out_of_their_folder(name):
    found = slug(name)
    assert valid(f"{DATA}hardware/{found}")
    assert found.strip(".")
    assert "/" not in found
    assert len(found) <= 89


@given(anything, anything)
def test_equal_normal_forms_give_equal_slugs(left, right):
    assert (normal_form(left) != normal_form(right)) or slug(left) == slug(right)


def test_every_letter_that_a_slug_keeps_may_stand_in_an_iri():
    kept = [chr(code) for code in range(sys.maxunicode + 1) if re.match(r"\w", chr(code))]
    assert len(kept) > 100_000
    assert valid(DATA + "".join(kept))


@given(st.text(max_size=60, alphabet=st.characters(exclude_categories=())))
@example("..")
@example("a/../b")
@example("//x/")
@example('100% <b>"{}|\\^`#?\ud800')
def test_the_node_of_any_paper_is_a_relative_iri(id):
    from urllib.parse import urljoin

    node = paper_node(id)
    assert valid(DATA + node)
    assert "#" not in node
    assert id == "" or urljoin(DATA, node) == DATA + node


@given(anything, anything)
def test_different_papers_have_different_nodes(left, right):
    assert (left == right) == (paper_node(left) == paper_node(right))


def test_fragments_are_addresses_within_a_paper():
    node = paper_node("2205.14135")
    fact = fact_fragment("runsOn", entity_id("Method", "FlashAttention"), entity_id("Hardware", "NVIDIA A100"))
    assert fact == "runsOn(method/flashattention,hardware/nvidia-a100)"
    assert all(valid(f"{DATA}{node}#{part}") for part in (fact, mention_fragment(5, 12), result_fragment(3)))
    assert (mention_fragment(5, 12), result_fragment(3)) == ("char=5,12", "result-3")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://example.org/id/", "https://example.org/id/"),
        ("https://example.org", "https://example.org/"),
        ("http://localhost:8080/graph", "http://localhost:8080/graph/"),
        ("urn:example:", "urn:example:"),
    ],
)
def test_a_base_is_ready_to_be_put_before_an_id(text, wanted):
    assert data_base(text) == wanted


@pytest.mark.parametrize(
    "text", ["", "example", "/id/", "https://", "https://a b/", "https://x/#", "https://x/?q=", "<x:>"]
)
def test_what_cannot_begin_an_iri_is_said_in_one_sentence(text):
    with pytest.raises(KgraphError, match=r"cannot begin IRIs: give an absolute one .* such as https://"):
        data_base(text)


@given(st.from_regex(r"\A[a-z]{1,5}:(//)?[^ ]{0,20}\Z") | anything)
def test_whatever_is_taken_for_a_base_gives_valid_iris(text):
    try:
        base = data_base(text)
    except KgraphError:
        return
    assert valid(f"{base}hardware/nvidia-a100")
