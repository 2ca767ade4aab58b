"""The panel: all that is known of what is chosen, and its words for machines."""

import pyoxigraph
import pytest

from kgraph.graph import assemble
from kgraph.model import Annotation, Paper
from kgraph.ontology import load_ontology
from kgraph.query import load_store, select
from tests import small_graph
from tests.browser.steps import find, go, heading, section
from tests.field import field_graph
from tests.samples import FAST, VOCABULARY, sample_graph

pytestmark = pytest.mark.browser
ONTOLOGY = load_ontology()


@pytest.fixture
def copied(chromium):
    """What a button of the panel puts on the clipboard; listened to, since a headless browser may have none."""

    def press(page, label):
        page.evaluate(
            "navigator.clipboard.writeText = (text) => { window.copiedText = text; return Promise.resolve(); }"
        )
        page.click(f"#panel >> text={label}")
        page.wait_for_selector("#panel >> text=Copied")
        return page.evaluate("window.copiedText")

    return press


def test_an_entity_is_told_with_its_papers_and_the_sentence(opened, keep):
    page = opened(sample_graph())
    find(page, "nvidia a100")
    panel = page.locator("#panel")
    assert "hardware, named by 2 papers" in panel.text_content()
    first = section(page, "Papers that name it").locator("li").first
    assert FAST.paper.title in first.text_content()
    assert "runs on · 90 % sure · 2024-01-02" in first.text_content()
    assert first.locator("blockquote").text_content().strip() == FAST.paper.abstract
    assert first.locator("mark").all_text_contents() == ["A100"]
    assert "memory (GB)40" in section(page, "Known of it").text_content()
    assert panel.locator("a").get_attribute("href") == "https://example.org/things/a100"
    assert panel.locator(".value").all_text_contents() == ["3.5x"]
    assert panel.locator(".line li").all_text_contents() == ["accelerator", "GPU", "NVIDIA A100"]
    assert "Papers by year: 2023, 1; 2024, 1" in panel.locator("svg.chart").get_attribute("aria-label")
    keep(page, "panel")


def test_what_is_named_together_is_told_with_numbers(opened):
    page = opened(field_graph(60))
    find(page, "tide mapping")
    near = section(page, "Named together with").locator("li")
    told = {item.locator("bdi").text_content(): item.locator(".why").text_content() for item in near.all()}
    assert told["tide board"] == "6 papers"
    assert next(iter(told)) != "Common Engine", "what all papers name is near to nothing in particular"


def test_a_paper_is_told_with_its_abstract_its_mentions_and_results(opened):
    page = opened(sample_graph())
    find(page, "FastConv: convolution")
    panel = page.locator("#panel")
    assert heading(page) == FAST.paper.title
    assert "2024-01-02 · 3 authors · nvidia" in panel.text_content()
    assert panel.locator(".abstract").text_content() == FAST.paper.abstract
    assert panel.locator(".abstract mark").all_text_contents() == ["FastConv", "A100", "SlowConv", "MiniSet"]
    assert panel.locator("li.result").text_content() == "3.5xspeedupFastConv on NVIDIA A100 versus SlowConv"
    assert panel.locator("h3").all_text_contents() == [
        "Abstract", "Results", "proposes", "evaluates on", "runs on", "compares with", "submitted by", "It states",
    ]  # fmt: skip
    assert panel.locator("a").get_attribute("href") == "https://arxiv.org/abs/2401.00001"


def test_why_two_things_are_linked_is_told_with_the_sentence(opened, keep):
    page = opened(small_graph.graph())
    find(page, "TileFlow")
    section(page, "runs on").locator(".why").click()
    assert heading(page) == "Why they are linked"
    stated = section(page, "Stated by 1 paper")
    assert "TileFlow runs on NVIDIA A100 · 80 % sure" in stated.text_content()
    sentence = stated.locator("blockquote")
    assert sentence.text_content() == "On an A100 it reaches a speedup of up to 3.5x over PlainAttention."
    assert sentence.locator("mark").all_text_contents() == ["A100"]
    keep(page, "link")
    page.click("text=← Back")
    assert heading(page) == "TileFlow"


def test_things_that_are_only_named_together_show_where(opened):
    page = opened(small_graph.graph(), "node=hardware/nvidia-a100&link=dataset/longtext")
    together = section(page, "Named together in 1 paper")
    assert [quote.text_content().strip() for quote in together.locator("blockquote").all()] == [
        "On an A100 it reaches a speedup of up to 3.5x over PlainAttention.", "We test it on LongText.",
    ]  # fmt: skip


def test_what_the_vocabularies_say_is_told_as_theirs(opened):
    page = opened(sample_graph(), "node=hardware/nvidia-a100&link=hardware/gpu")
    assert "The vocabularies say: NVIDIA A100 belongs under GPU." in page.text_content("#panel")


def test_names_in_the_panel_lead_on(opened):
    page = opened(sample_graph())
    find(page, "SlowConv in practice")
    page.click("#panel .name >> text=GPU")
    assert heading(page) == "GPU"
    page.click("#panel .name >> text=NVIDIA A100")
    assert heading(page) == "NVIDIA A100"


def test_long_lists_show_their_rest_on_request(opened):
    page = opened(field_graph(60))
    find(page, "common engine")
    papers = section(page, "Papers that name it")
    assert papers.locator("li").count() == 8
    papers.locator(".more").click()
    assert papers.locator("li").count() == 60


def test_a_paper_of_which_nothing_is_known_can_be_opened(opened):
    page = opened(assemble([Annotation(Paper("7", "Silence", "Nothing."))], ontology=ONTOLOGY, vocabulary=VOCABULARY))
    find(page, "silence")
    assert "Nothing was found in this paper." in page.text_content("#panel")
    assert page.text_content("#panel .abstract") == "Nothing."


@pytest.mark.parametrize("node", ["hardware/nvidia-a100", "paper/2401.00001", "method/tileflow", "metric/frame-rate"])
def test_what_is_copied_as_turtle_is_a_part_of_the_graph(node, opened, copied, tmp_path):
    small_graph.write(tmp_path / "build")
    page = opened(small_graph.graph(), f"node={node}")
    turtle = copied(page, "Copy as Turtle")
    whole = set(pyoxigraph.parse(path=str(tmp_path / "build" / "graph.ttl"), format=pyoxigraph.RdfFormat.TURTLE))
    part = set(pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE))
    assert {triple.subject.value for triple in part} == {f"https://w3id.org/kgraph/id/{node}"}
    assert len(part) >= 3
    assert part <= whole


@pytest.mark.parametrize("node", ["hardware/gpu", "task/object-detection", "organization/nvidia"])
def test_the_query_for_an_entity_gives_the_papers_that_the_panel_lists(node, opened, copied, tmp_path):
    store = load_store(small_graph.write(tmp_path / "build"))
    page = opened(small_graph.graph(), f"node={node}")
    listed = section(page, "Papers that name it").locator("li")
    told = {
        (item.locator(".title").text_content(), item.locator(".quiet").text_content().split(" · ")[0])
        for item in listed.all()
    }
    found = select(store, copied(page, "Copy as SPARQL")).rows
    labels = {f"https://w3id.org/kgraph/ontology#{name}": known.label for name, known in ONTOLOGY.properties.items()}
    names = {role.rpartition("#")[2] for *_, role in found}
    assert names, found
    assert {
        (title, labels.get(role) or labels[f"https://w3id.org/kgraph/ontology#{role.rpartition(':')[2]}"])
        for _, title, role in found
    } == told


def test_the_query_for_a_paper_gives_what_it_names(opened, copied, tmp_path):
    store = load_store(small_graph.write(tmp_path / "build"))
    page = opened(small_graph.graph(), "node=paper/2401.00001")
    names = {row[2] for row in select(store, copied(page, "Copy as SPARQL")).rows}
    assert names == {
        "TileFlow", "long-context inference", "NVIDIA A100", "speedup", "PlainAttention", "LongText", "NVIDIA",
    }  # fmt: skip


def test_the_query_for_two_things_gives_the_papers_that_name_both(opened, copied, tmp_path):
    store = load_store(small_graph.write(tmp_path / "build"))
    page = opened(small_graph.graph(), "node=method/tileflow&link=method/plainattention")
    titles = [row[1] for row in select(store, copied(page, "Copy as SPARQL")).rows]
    assert titles == ["TileFlow: attention by tiles", "FlowKit: a toolkit for detectors"]
    go(page, "node=method/tileflow")
    assert heading(page) == "TileFlow"
