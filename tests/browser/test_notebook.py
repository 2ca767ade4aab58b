"""What ``kg.show`` puts into a cell: a page in a frame, which may run its own scripts and nothing else."""

import pytest

from kgraph.exporters.html import page
from kgraph.notebook import View, part
from tests import small_graph


@pytest.fixture
def cell(chromium, heard, tmp_path):
    """A notebook's page with the view far below, as it is until one scrolls there."""
    whole = small_graph.graph()
    some = part(whole, [node for node, kind in whole.nx.nodes(data="kind") if kind != "result"])
    view = View(page(some), "four papers", height=500)
    written = tmp_path / "cell.html"
    written.write_text(f'<!DOCTYPE html><meta charset="utf-8"><p style="height:3000px">above</p>{view._repr_html_()}')
    window = chromium.new_context(viewport={"width": 1100, "height": 800}, reduced_motion="reduce")
    opened = window.new_page()
    opened.on("console", lambda message: heard.console.append(message.text))
    opened.on("pageerror", lambda error: heard.errors.append(str(error)))
    opened.on("request", lambda request: heard.requests.append(request.url))
    opened.goto(written.as_uri())
    opened.locator("iframe").scroll_into_view_if_needed()
    yield opened
    window.close()
    assert not heard.console
    assert not heard.errors
    assert heard.requests[:1] == [written.as_uri()]
    assert all(url.startswith(("about:srcdoc", "blob:", "data:")) for url in heard.requests[1:])


@pytest.mark.browser
def test_the_view_works_in_its_frame(cell):
    frame = cell.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    search = frame.get_by_role("combobox").or_(frame.get_by_role("searchbox")).first
    search.fill("TileFlow")
    frame.get_by_text("TileFlow: attention by tiles").first.wait_for()


@pytest.mark.browser
def test_the_frame_cannot_reach_the_notebook(cell):
    frame = cell.frames[1]
    assert frame.evaluate("() => { try { return parent.document.title } catch { return 'refused' } }") == "refused"
    assert frame.evaluate("() => { try { return localStorage.length } catch { return 'refused' } }") == "refused"
