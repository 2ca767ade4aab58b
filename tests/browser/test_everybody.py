"""For everybody: keys, screen readers, contrast, small windows."""

import pytest

from tests.browser.steps import find, fragment, heading
from tests.field import field_graph
from tests.samples import sample_graph

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def violations():
    """What axe-core objects to, by the rules of WCAG 2.2 up to AA and good practice."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python").Axe()

    def run(page):
        found = axe.run(page).response["violations"]
        return [(one["id"], node["html"][:160], node["failureSummary"][:300]) for one in found for node in one["nodes"]]

    return run


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_object_to(scheme, opened, violations):
    page = opened(sample_graph(), color_scheme=scheme)
    assert violations(page) == []
    page.keyboard.press("/")
    page.keyboard.type("a")
    assert violations(page) == []
    page.keyboard.press("Enter")
    assert violations(page) == []
    page.click("#legend [data-type=Metric]")
    page.click("#open-filters")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.click("#help summary")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.click("#open-table")
    assert violations(page) == []


def test_axe_has_nothing_to_object_to_on_a_phone(opened, violations, keep):
    page = opened(sample_graph(), "node=paper/2401.00001", **PHONE)
    assert violations(page) == []
    keep(page, "phone")


def test_everything_can_be_reached_with_the_keyboard(opened):
    page = opened(sample_graph())
    find(page, "FastConv")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className || document.activeElement.textContent"
            )
        )
    assert {
        "open-filters",
        "open-table",
        "picture",
        "closer",
        "farther",
        "whole",
        "close",
        "name",
        "title",
        "why",
    } <= reached
    assert {"quiet-button", "choice"} <= reached


def test_arrows_walk_from_node_to_node_and_enter_opens_one(opened):
    page = opened(sample_graph())
    page.focus("#picture")
    page.keyboard.press("ArrowRight")
    first = page.text_content("#said")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    second = page.text_content("#said")
    assert first
    assert second != first
    page.keyboard.press("Enter")
    assert second.startswith(heading(page))
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "picture"


def test_keys_move_and_near_the_picture(opened):
    page = opened(sample_graph())
    page.focus("#picture")
    page.keyboard.press("+")
    near = page.evaluate("location.hash")
    page.keyboard.press("Shift+ArrowRight")
    moved = page.evaluate("location.hash")
    assert near != moved
    assert near.rpartition(",")[2] == moved.rpartition(",")[2]
    page.keyboard.press("0")
    assert page.evaluate("location.hash") == ""


def test_the_table_says_what_is_shown_and_sorts(opened, keep):
    page = opened(field_graph(60))
    page.click("#open-table")
    names = page.locator("#table tbody th bdi")
    assert names.first.text_content() == "Common Engine"
    assert names.count() == 100
    page.click("text=Next →")
    assert names.count() == 81
    page.click("#table thead >> text=Name")
    assert page.get_attribute("#table thead th >> nth=0", "aria-sort") == "ascending"
    assert names.first.text_content() == "canopy board"
    page.click("#table thead >> text=Name")
    assert names.first.text_content().startswith("TundraSet")
    keep(page, "table")
    names.first.click()
    assert heading(page).startswith("TundraSet")
    assert page.is_hidden("#table")
    assert fragment(page).keys() == {"node"}


def test_focus_stays_where_the_keys_are(opened):
    page = opened(sample_graph())
    find(page, "nvidia a100")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.locator("text=Only 1 link away").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Only 1 link away"


def test_a_phone_shows_all_without_scrolling_sideways(opened):
    page = opened(field_graph(30), **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("#search input").tap()
    page.keyboard.type("tide mapping")
    page.keyboard.press("Enter")
    box = page.locator("#panel").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] > 300
    assert page.is_visible("#open-table")


def test_the_help_opens_and_escape_closes_it(opened):
    page = opened(sample_graph())
    page.click("#help summary")
    assert page.is_visible("#help dl")
    page.keyboard.press("Escape")
    assert page.is_hidden("#help dl")


def test_nothing_moves_by_itself_for_those_who_asked_for_that(opened):
    page = opened(sample_graph(), reduced_motion="reduce")
    find(page, "gpu")
    assert page.evaluate("document.getAnimations().length") == 0
