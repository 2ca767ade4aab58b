"""The picture: what is drawn, how it moves, what a click does."""

import math

import pytest

from kgraph.exporters.colours import DARK, LIGHT
from kgraph.exporters.scene import compose
from kgraph.graph import assemble
from kgraph.ontology import load_ontology
from tests.browser.steps import find, fragment, go, heading, pixels, shown, until
from tests.field import field_graph
from tests.samples import VOCABULARY, sample_graph

pytestmark = pytest.mark.browser
ONTOLOGY = load_ontology()
METHOD = LIGHT[0]


@pytest.fixture(scope="module")
def field():
    return field_graph(30)


def place(graph, name):
    """Where a node stands in the drawing."""
    scene = compose(graph, ontology=ONTOLOGY, nodes=5000, papers=0)
    return scene.layout.points[next(number for number, node in enumerate(scene.nodes) if node["name"] == name)]


def look_at(page, graph, name, scale=2):
    """Bring a node into the middle of the window, where its place is known."""
    x, y = place(graph, name)
    go(page, f"at={x},{y},{scale}")
    page.reload()
    page.wait_for_selector("html[data-told]", state="attached")
    return 600, 400


def bare_spot(scene, region):
    """A place in a region that is far from its nodes and from the lines."""
    places = scene.layout.points
    taken = [places[node] for node in region.members]
    for left, right in scene.edges:
        (x, y), (to_x, to_y) = places[left], places[right]
        taken += [(x + (to_x - x) * part / 40, y + (to_y - y) * part / 40) for part in range(41)]
    steps = range(-region.radius // 2, region.radius // 2, 4)
    spots = [(region.x + across, region.y + down) for across in steps for down in steps]
    return max(spots, key=lambda spot: min(math.dist(spot, other) for other in taken))


def test_it_opens_from_the_disk_and_draws(field, opened, keep):
    page = opened(field)
    assert page.title() == "Knowledge graph of 30 papers"
    assert shown(page) == 121
    assert pixels(page, METHOD) > 500
    keep(page, "opened")


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


def test_it_works_in_a_frame_without_an_address_or_an_origin(chromium, heard, tmp_path):
    from html import escape

    from kgraph.exporters.html import page as render

    frame = (
        f'<iframe sandbox="allow-scripts" width="900" height="600" srcdoc="{escape(render(sample_graph()))}"></iframe>'
    )
    around = f"<!DOCTYPE html>{frame}"
    (tmp_path / "cell.html").write_text(around, encoding="utf-8")
    page = chromium.new_page()
    page.on("pageerror", lambda error: heard.errors.append(str(error)))
    page.on("console", lambda message: heard.console.append(message.text))
    page.goto((tmp_path / "cell.html").as_uri())
    cell = page.frames[1]
    cell.wait_for_selector("html[data-told]", state="attached")
    cell.locator("#search input").fill("a100")
    cell.locator("#search input").press("Enter")
    assert cell.text_content("#panel h2") == "NVIDIA A100"
    cell.click("#panel .close")
    assert cell.is_hidden("#panel")
    page.close()
    assert (heard.errors, heard.console) == ([], [])


def test_a_node_says_what_it_is_when_pointed_at_and_opens_when_clicked(opened):
    graph = sample_graph()
    page = opened(graph)
    x, y = look_at(page, graph, "FastConv")
    page.mouse.move(x, y)
    assert page.text_content("#tip strong") == "FastConv"
    assert page.text_content("#tip span") == "method · named by 1 paper"
    page.mouse.click(x, y)
    assert heading(page) == "FastConv"
    assert fragment(page)["node"] == "method/fastconv"
    page.mouse.click(30, 500)
    assert page.is_hidden("#panel")
    assert "node" not in fragment(page)


def test_a_chosen_node_stands_out_with_its_links(field, opened, keep):
    page = opened(field)
    before = pixels(page, METHOD)
    find(page, "tide mapping")
    assert until(page, lambda: pixels(page, METHOD) < before), "what is not linked with it is faint"
    keep(page, "chosen")


def test_a_region_opens_on_a_click_and_can_stand_alone(opened, keep):
    graph = field_graph(60)
    page = opened(graph)
    scene = compose(graph, ontology=ONTOLOGY, nodes=5000, papers=0)
    number, region = max(enumerate(scene.layout.regions), key=lambda item: (item[0] > 0, item[1].radius))
    bare = bare_spot(scene, region)
    go(page, f"at={bare[0]},{bare[1]},6")
    page.reload()
    page.wait_for_selector("html[data-told]", state="attached")
    page.mouse.click(600, 400)
    assert fragment(page) == {"region": str(number)}
    assert heading(page) == scene.names[number]
    page.click("text=Show nothing else")
    assert shown(page) == len(region.members)
    keep(page, "region")
    page.keyboard.press("Escape")
    assert shown(page) == len(scene.nodes)


def test_wheel_hand_and_buttons_move_the_picture_and_the_address_follows(field, opened):
    page = opened(field)

    def at():
        parts = dict(part.split("=") for part in page.evaluate("location.hash").lstrip("#").split("&") if part)
        return [float(number) for number in parts["at"].split(",")] if "at" in parts else None

    assert at() is None
    page.mouse.move(600, 400)
    page.mouse.wheel(0, -400)
    assert until(page, at)
    near = at()
    page.mouse.move(50, 300)
    page.mouse.down()
    page.mouse.move(150, 350, steps=4)
    page.mouse.up()
    assert until(page, lambda: at() != near)
    moved = at()
    assert moved[2] == near[2]
    assert moved[0] == pytest.approx(near[0] - 100 / near[2], abs=2)
    assert moved[1] == pytest.approx(near[1] - 50 / near[2], abs=2)
    page.click("#closer")
    assert at()[2] > near[2]
    page.click("#whole")
    assert at() is None


def test_nearing_brings_more_nodes_as_discs(opened):
    graph = field_graph(900)
    page = opened(graph)
    assert shown(page) > 1500
    afar = pixels(page, METHOD)
    x, y = place(graph, "tide mapping")
    go(page, f"at={x},{y},1.5")
    page.reload()
    page.wait_for_selector("html[data-told]", state="attached")
    assert pixels(page, METHOD) > 2 * afar


def test_the_picture_follows_the_light(field, opened, keep):
    page = opened(field)
    assert pixels(page, "#fbfbfa") > 100_000
    page.emulate_media(color_scheme="dark")
    assert until(page, lambda: pixels(page, "#101418") > 100_000)
    assert pixels(page, DARK[0]) > 500
    keep(page, "dark")


def test_a_graph_of_nothing_says_so_kindly(opened):
    page = opened(assemble([], ontology=ONTOLOGY, vocabulary=VOCABULARY))
    assert page.text_content("h1") == "No papers yet"
    assert "kgraph build" in page.text_content("main")


def test_without_javascript_it_says_what_it_needs(opened):
    page = opened(sample_graph(), java_script_enabled=False)
    assert "needs JavaScript" in page.text_content("noscript")


def test_damaged_data_are_told_in_words(chromium, tmp_path):
    from kgraph.exporters.html import page as render

    html = render(sample_graph())
    cut = html.replace('id="map" data-size="', 'id="map" data-size="1')
    (tmp_path / "graph.html").write_text(cut, encoding="utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "graph.html").as_uri())
    page.wait_for_selector("#failed", state="visible")
    assert "cannot be shown" in page.text_content("#failed")
    page.close()


def test_a_line_says_what_it_stands_for_and_tells_why_when_clicked(opened, keep):
    graph = sample_graph()
    page = opened(graph)
    (x, y), (other_x, other_y) = place(graph, "SlowConv"), place(graph, "SlowConv in practice")
    middle = ((x + other_x) / 2, (y + other_y) / 2)
    go(page, f"at={middle[0]},{middle[1]},2")
    page.mouse.move(600, 400)
    assert page.text_content("#tip") == "SlowConv in practice · uses · SlowConv"
    page.mouse.click(600, 400)
    assert heading(page) == "Why they are linked"
    assert "50 % sure" in page.text_content("#panel")
    assert set(fragment(page)) == {"node", "link"}
    page.wait_for_timeout(100)
    keep(page, "line")
