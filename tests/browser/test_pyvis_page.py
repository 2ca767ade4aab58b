"""The page as pyvis draws it, as a person uses it."""

import re

import pytest

from kgraph.graph import assemble
from kgraph.ontology import load_ontology
from tests.browser.steps import until
from tests.field import field_graph
from tests.samples import FAST, VOCABULARY, sample_graph

pytestmark = pytest.mark.browser
PYVIS = {"renderer": "pyvis"}


@pytest.fixture
def opened(opened):
    def open_page(graph, *, options=None, **window):
        return opened(graph, options=PYVIS | (options or {}), **window)

    return open_page


ONTOLOGY = load_ontology()


def find(page, text):
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def shown(page):
    return int(re.match(r"showing ([\d,]+) of", page.text_content("#count"))[1].replace(",", ""))


def click_node(page, name):
    """A click with the mouse on the place where a node is drawn."""
    x, y = page.evaluate(
        """(name) => {
          const number = told.findIndex((node) => node.name === name);
          const { x, y } = network.canvasToDOM(place.get(number));
          const { left, top } = frame.getBoundingClientRect();
          return [left + x, top + y];
        }""",
        name,
    )
    page.mouse.click(x, y)


def dark_pixels(page):
    """How many pixels of the canvas are neither the ground nor an island."""
    return page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas");
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          let dark = 0;
          for (let at = 0; at < data.length; at += 4) {
            dark += data[at + 3] > 0 && data[at] + data[at + 1] + data[at + 2] < 600;
          }
          return dark;
        }"""
    )


def test_it_opens_from_the_disk_and_draws(opened):
    page = opened(field_graph(30))
    assert page.title() == "Knowledge graph of 30 papers"
    assert shown(page) == 121
    assert dark_pixels(page) > 3000


def test_search_finds_names_and_aliases_and_opens_the_panel(opened):
    page = opened(sample_graph())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.type("graphics proc")
    assert page.locator("#found [role=option] .name").all_text_contents() == ["GPU"]
    page.keyboard.press("Enter")
    assert page.text_content("#panel h2") == "GPU"
    assert "graphics processing unit" in page.text_content("#panel")


def test_an_entity_is_told_with_its_papers_and_the_sentence(opened):
    page = opened(sample_graph())
    find(page, "nvidia a100")
    panel = page.locator("#panel")
    assert "hardware, named by 2 papers" in panel.text_content()
    first = panel.locator("li:has(blockquote)").first
    assert FAST.paper.title in first.text_content()
    assert "runs on · 90 % sure · 2024-01-02" in first.text_content()
    assert first.locator("blockquote").text_content().strip() == FAST.paper.abstract
    assert first.locator("mark").all_text_contents() == ["A100"]
    assert "memory (GB)40" in panel.locator("dl").text_content()
    assert panel.locator("a").get_attribute("href") == "https://example.org/things/a100"
    assert panel.locator(".value").all_text_contents() == ["3.5x"]


def test_a_click_on_a_node_opens_it_and_one_beside_closes(opened):
    page = opened(sample_graph())
    click_node(page, "FastConv")
    assert page.text_content("#panel h2") == "FastConv"
    page.mouse.click(30, 200)
    assert page.is_hidden("#panel")


def test_a_node_says_what_it_is_when_pointed_at(opened):
    page = opened(sample_graph())
    click_node(page, "FastConv")
    page.wait_for_selector(".vis-tooltip", state="visible")
    assert page.locator(".vis-tooltip").inner_text() == "FastConv\nmethod, named by 1 paper"


def test_the_legend_hides_a_type_and_shows_it_again(opened):
    page = opened(field_graph(30))
    button = page.locator("#legend [data-type=Method]")
    assert button.get_attribute("aria-pressed") == "true"
    before = dark_pixels(page)
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert shown(page) == 121 - 30
    page.wait_for_timeout(100)
    assert dark_pixels(page) < before
    hidden = page.evaluate("nodeSet.get().filter((node) => node.hidden).map((node) => told[node.id].type)")
    assert set(hidden) == {"Method"}
    button.click()
    assert shown(page) == 121


def test_what_was_not_drawn_is_drawn_when_chosen(opened):
    page = opened(field_graph(60), options={"nodes": 40})
    before = shown(page)
    assert "search draws the others" in page.text_content("#count")
    find(page, "GeyserNet-59")
    assert shown(page) == before + 1
    assert page.evaluate("place.size") == before + 1
    spots = page.evaluate("[...place.values()].map(({ x, y, size }) => [x, y, size])")
    assert len({(x, y) for x, y, _ in spots}) == len(spots)


def test_the_links_of_a_hub_appear_when_it_is_chosen(opened):
    page = opened(field_graph(60))
    lines = (
        "edgeSet.get().filter((edge) => [edge.from, edge.to].some((end) => told[end].name === 'Common Engine')).length"
    )
    assert page.evaluate(lines) == 0
    find(page, "common engine")
    assert page.evaluate(lines) == 60
    page.keyboard.press("Escape")
    assert page.evaluate(lines) == 0


def test_the_picture_follows_the_light(opened):
    page = opened(sample_graph())
    assert page.evaluate("ground.back") == "#ffffff"
    page.emulate_media(color_scheme="dark")
    assert until(page, lambda: page.evaluate("ground.back") == "#11151b")


def test_a_graph_of_nothing_says_so_kindly(opened):
    page = opened(assemble([], ontology=ONTOLOGY, vocabulary=VOCABULARY))
    assert page.text_content("h1") == "No papers yet"
    assert "kgraph build" in page.text_content("main")
