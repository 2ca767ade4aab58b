"""The pages in a real Chromium: by keyboard, without scripts, in the dark, with what a stranger's paper says."""

import re

import pytest

from tests import small_graph
from tests.samples import annotated
from tests.web.conftest import serve, stop

pytestmark = pytest.mark.browser

HOSTILE = '<script>document.title="owned"</script><img src=x onerror=alert(1)> & "quoted" {{ 7 * 7 }} \u202egnp'
PATHS = """/ /search?q=a /browse/method /id/paper/2401.00001 /id/hardware/gpu /id/method/tileflow /questions
    /questions/top /compare?thing=gpu&thing=fpga /ask?q=what+runs+on+GPUs /query""".split()
HOSTILE_PATHS = """/ /id/paper/2501.00001 /id/dataset/hostile /search?q=alert /browse/dataset
    /questions/top?type=Dataset /compare?thing=dataset/hostile""".split()


@pytest.fixture
def page(chromium):
    """A page that must stay silent: nothing on the console, no error, no request to anywhere else, no dialog."""
    context = chromium.new_context(viewport={"width": 1200, "height": 800})
    opened = context.new_page()
    heard = []
    opened.on("console", lambda message: heard.append(message.text))
    opened.on("pageerror", lambda error: heard.append(str(error)))
    opened.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    opened.on("request", lambda request: None if "127.0.0.1" in request.url else heard.append(request.url))
    yield opened
    context.close()
    assert heard == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    paper = small_graph.Paper("2501.00001", f"Title {HOSTILE}", f"Abstract {HOSTILE}", date="2025")
    annotation = annotated(paper, {"alert": ("Method", "proposes", 0.9, "method/alert"), HOSTILE: (
        "Dataset", "uses", 0.9, "dataset/hostile")})  # fmt: skip
    folder = small_graph.write(tmp_path_factory.mktemp("hostile") / "exports", (annotation,))
    running = serve(folder)
    yield running
    stop(running)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_silent_and_fits_a_telephone(served, page, path):
    page.set_viewport_size({"width": 380, "height": 700})
    page.goto(served.address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1


def test_a_paper_leads_to_a_thing_and_back(served, page):
    page.goto(f"{served.address}/id/paper/2401.00001")
    page.click(".abstract .mark.t-hardware")
    assert page.title().startswith("NVIDIA A100")
    page.click("#papers >> text=TileFlow")
    assert page.title().startswith("TileFlow")


def test_the_search_suggests_and_is_used_by_keyboard(served, page):
    page.goto(f"{served.address}/questions")
    page.keyboard.press("/")
    page.keyboard.type("tilef")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    assert page.locator("#q").get_attribute("aria-activedescendant") == "suggestion-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/method/tileflow")


def test_sparql_is_edited_and_run(served, page):
    page.goto(f"{served.address}/query")
    page.wait_for_selector(".CodeMirror")
    page.click(".CodeMirror")
    page.keyboard.press("Control+A")
    page.keyboard.type("ASK { ?s a kg:Hardware }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer")
    assert page.text_content(".truth") == "Yes."


def test_without_scripts_everything_can_be_read_and_asked(served, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address)
    page.fill("#q", "tileflow")
    page.keyboard.press("Enter")
    page.click(".found >> text=TileFlow >> nth=0")
    assert page.text_content("h1") == "TileFlow"
    page.goto(f"{served.address}/query")
    page.fill("#query", "ASK {}")
    page.click("text=Run")
    assert page.text_content(".truth") == "Yes."
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_told_from_its_ground(served, chromium, scheme):
    """The contrast of text, quiet text and links is that of WCAG AA, 4.5."""
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{served.address}/id/paper/2401.00001")
    for selector in ("h1", ".quiet", ".top nav a", ".abstract", "footer a", "dt"):
        colours = page.eval_on_selector(
            selector, "e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert contrast(*(tuple(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours)) >= 4.5, selector
    context.close()


def contrast(one, other):
    def light(colour):
        parts = [c / 255 for c in colour]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_what_a_paper_says_stays_text(hostile, page, path):
    page.goto(hostile.address + path)
    assert "owned" not in page.title().partition("<")[0]
    assert page.locator("main img").count() == 0
    assert page.locator("main script").count() == 0
    assert "49" not in page.title()


def test_a_query_of_a_stranger_stays_text(served, page):
    for path in ("/search?q=", "/ask?q=", "/compare?thing=", "/questions/find?text="):
        page.goto(served.address + path + "%3Cscript%3Ealert(1)%3C/script%3E%22%27") if path not in {
            "/browse/",
            "/id/",
        } else None
        assert page.locator("main script").count() == 0


def test_the_picture_is_shown_in_its_box(served, page):
    page.goto(f"{served.address}/graph?node=hardware/gpu")
    assert page.frame_locator("iframe").locator("body").count() == 1
