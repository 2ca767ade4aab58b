"""Pages in a real Chromium that tell of every word on the console, every error, request and dialog."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kgraph.exporters.html import HtmlExporter

ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "browser"


@dataclass
class Heard:
    """What a page did beside being looked at; all of it should stay empty."""

    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def opened(chromium, heard, tmp_path):
    """Exports a graph and opens its page from the disk, at a fragment; options of the exporter and of the window."""
    contexts = []

    def open_page(graph, fragment="", *, options=None, **window):
        (path,) = HtmlExporter(**(options or {})).export(graph, tmp_path)
        context = chromium.new_context(
            **({"viewport": {"width": 1200, "height": 800}, "reduced_motion": "reduce"} | window)
        )
        contexts.append(context)
        page = context.new_page()
        own = (path.as_uri(), "blob:", "data:")
        page.on("console", lambda message: heard.console.append(message.text))
        page.on("pageerror", lambda error: heard.errors.append(str(error)))
        page.on("request", lambda request: request.url.startswith(own) or heard.requests.append(request.url))
        page.on("dialog", lambda dialog: (heard.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(f"{path.as_uri()}#{fragment}" if fragment else path.as_uri())
        if graph.annotations and window.get("java_script_enabled", True):
            pyvis = (options or {}).get("renderer") == "pyvis"
            page.wait_for_selector(f"html[data-{'ready' if pyvis else 'told'}]", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == Heard()


@pytest.fixture
def keep():
    """Keeps a screenshot among the artefacts, for people to look at."""

    def keep(page, name):
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"{name}.png")

    return keep
