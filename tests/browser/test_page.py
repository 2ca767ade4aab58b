"""``graph.html`` as a person uses it."""

import re

import pytest

from kgraph.graph import assemble
from kgraph.model import Annotation, Entity, Paper
from kgraph.ontology import load_ontology
from tests.field import field_graph
from tests.samples import FAST, SLOW, VOCABULARY, sample_graph

pytestmark = pytest.mark.browser
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


def test_the_page_stands_under_its_policy(opened, heard):
    page = opened(sample_graph())
    attempts = """() => new Promise((resolve) => setTimeout(() => {  // later: what the debugger itself runs may do more
      const through = [];
      const attempt = (name, run) => { try { run(); through.push(name); } catch {} };
      attempt("code from text", () => new Function("return 1"));
      attempt("markup from text", () => document.body.insertAdjacentHTML("beforeend", "<img src=x>"));
      attempt("script from text", () => { document.createElement("script").textContent = "window.ran = 1"; });
      fetch("https://example.org/").then(() => through.push("request"), () => {}).finally(() => resolve(through));
    }))"""
    assert page.evaluate(attempts) == []
    assert any("Content Security Policy" in message for message in heard.console)
    heard.console.clear()
    heard.requests.clear()


def test_search_finds_names_and_aliases_and_opens_the_panel(opened):
    page = opened(sample_graph())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.type("graphics proc")
    assert page.locator("#found [role=option] .name").all_text_contents() == ["GPU"]
    page.keyboard.press("Enter")
    assert page.text_content("#panel h2") == "GPU"
    assert "graphics processing unit" in page.text_content("#panel")


def test_the_list_of_names_is_walked_with_the_arrows(opened):
    page = opened(sample_graph())
    page.keyboard.press("/")
    page.keyboard.type("conv")
    names = page.locator("#found [role=option] .name").all_text_contents()
    assert set(names[:2]) == {"FastConv", "SlowConv"}
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#query", "aria-activedescendant")
    assert page.locator(f"#{active} .name").text_content() == names[1]
    assert page.locator("#found [aria-selected=true]").count() == 1
    page.keyboard.press("Enter")
    assert page.text_content("#panel h2") == names[1]
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")


def test_a_whole_alias_of_a_thing_named_often_comes_before_a_rare_name(opened):
    rare = Annotation(Paper("8", "Rare", "A100."), (Entity("A100", "Method", "mentions", 0.5, (), "method/a100"),))
    page = opened(assemble([FAST, SLOW, rare], ontology=ONTOLOGY, vocabulary=VOCABULARY))
    page.keyboard.press("/")
    page.keyboard.type("a100")
    assert page.locator("#found .name").all_text_contents()[:2] == ["NVIDIA A100", "A100"]


def test_search_for_nothing_known_says_so(opened):
    page = opened(sample_graph())
    find(page, "no such thing anywhere")
    assert page.text_content("#found") == "Nothing of that name"
    assert page.is_hidden("#panel")


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


def test_a_paper_is_told_with_its_abstract_its_mentions_and_results(opened):
    page = opened(sample_graph())
    find(page, "FastConv: convolution")
    panel = page.locator("#panel")
    assert panel.locator("h2").text_content() == FAST.paper.title
    assert "2024-01-02 · 3 authors · nvidia" in panel.text_content()
    assert panel.locator(".abstract").text_content() == FAST.paper.abstract
    assert panel.locator(".abstract mark").all_text_contents() == ["FastConv", "A100", "SlowConv", "MiniSet"]
    assert panel.locator("li:has(.value)").text_content() == "3.5x speedup · FastConv on NVIDIA A100 versus SlowConv"
    roles = panel.locator("h3").all_text_contents()
    assert roles == [
        "Abstract",
        "Results",
        "proposes",
        "evaluates on",
        "runs on",
        "compares with",
        "submitted by",
        "It states",
    ]
    assert panel.locator("a").get_attribute("href") == "https://arxiv.org/abs/2401.00001"


def test_names_in_the_panel_lead_on(opened):
    page = opened(sample_graph())
    find(page, "SlowConv in practice")
    page.click("#panel .name-button >> text=GPU")
    assert page.text_content("#panel h2") == "GPU"
    page.click("#panel .name-button >> text=NVIDIA A100")
    assert page.text_content("#panel h2") == "NVIDIA A100"


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


def test_a_line_says_what_it_stands_for(opened):
    page = opened(sample_graph())
    said = {frozenset(title.split("\n")) for title in page.evaluate("edgeSet.map((edge) => edge.title)")}
    assert {"SlowConv · runs on · NVIDIA A100"} in said
    assert {"NVIDIA A100 · kind of · GPU", "NVIDIA A100 · belongs under · GPU"} in said


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


def test_searching_a_hidden_type_shows_it_again(opened):
    page = opened(field_graph(30))
    page.click("#legend [data-type=Method]")
    find(page, "TideNet-0")
    assert page.get_attribute("#legend [data-type=Method]", "aria-pressed") == "true"


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


def test_everything_can_be_reached_with_the_keyboard(opened):
    page = opened(sample_graph())
    find(page, "FastConv")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
            )
        )
    assert {
        "query",
        "SUMMARY",
        "closer",
        "farther",
        "whole",
        "vis-network",
        "close",
        "name-button",
        "title-button",
    } <= {*reached}


def test_the_keys_move_the_picture(opened):
    page = opened(sample_graph())
    page.focus("#picture .vis-network")
    view = "JSON.stringify([network.getViewPosition(), network.getScale()])"
    before = page.evaluate(view)
    page.keyboard.press("ArrowRight", delay=80)
    moved = page.evaluate(view)
    assert moved != before
    page.click("#whole")
    page.click("#closer")
    assert page.evaluate("network.getScale()") > page.evaluate("fitted")


def test_everything_one_can_press_has_a_name(opened):
    page = opened(sample_graph())
    find(page, "nvidia a100")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input, summary, a, [role]")]
          .filter((element) => !element.getAttribute("aria-label") && !element.textContent.trim())
          .map((element) => element.outerHTML)"""
    )
    assert nameless == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_light_and_dark(scheme, opened):
    page = opened(sample_graph(), color_scheme=scheme)
    find(page, "nvidia a100")
    ratio = """(selector) => {
      const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      const light = (colour) => {
        const [red, green, blue] = channels(colour);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
      };
      const text = light(getComputedStyle(document.querySelector(selector)).color);
      const ground = light(getComputedStyle(byId("panel")).backgroundColor);
      return Math.max(text, ground) / Math.min(text, ground);
    }"""
    for selector in ("#panel h2", "#panel .quiet", "#panel a", "#panel h3", "#panel blockquote"):
        assert page.evaluate(ratio, selector) >= 4.5, selector


def test_the_picture_follows_the_light(opened):
    page = opened(sample_graph())
    assert page.evaluate("ground.back") == "#ffffff"
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(50)
    assert page.evaluate("ground.back") == "#11151b"


def test_a_phone_shows_all_without_scrolling_sideways(opened):
    page = opened(field_graph(30), viewport={"width": 390, "height": 844}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    spread = page.evaluate(
        """() => ["x", "y"].map((axis) => Math.max(...[...place.values()].map((spot) => Math.abs(spot[axis]))))"""
    )
    assert spread[1] > spread[0], "the picture stands upright"
    find(page, "tide mapping")
    box = page.locator("#panel").bounding_box()
    assert box["x"] >= 0
    assert box["width"] == 390
    assert box["y"] > 200


def test_the_help_opens_and_escape_closes_it(opened):
    page = opened(sample_graph())
    page.click("#help summary")
    assert page.is_visible("#help dl")
    page.keyboard.press("Escape")
    assert page.is_hidden("#help dl")


def test_a_graph_of_nothing_says_so_kindly(opened):
    page = opened(assemble([], ontology=ONTOLOGY, vocabulary=VOCABULARY))
    assert page.text_content("h1") == "No papers yet"
    assert "kgraph build" in page.text_content("main")


def test_a_paper_of_which_nothing_is_known_can_be_opened(opened):
    page = opened(assemble([Annotation(Paper("7", "Silence", "Nothing."))], ontology=ONTOLOGY, vocabulary=VOCABULARY))
    find(page, "silence")
    assert "Nothing was found in this paper." in page.text_content("#panel")
    assert page.text_content("#panel .abstract") == "Nothing."


def test_without_javascript_it_says_what_it_needs(opened):
    page = opened(sample_graph(), java_script_enabled=False)
    assert "needs JavaScript" in page.text_content("noscript")
