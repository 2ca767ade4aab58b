"""What tests of every kind share: how properties are judged, and one Chromium for all that look at pages.

Playwright lets one of its drivers run in a process, and none beside another event loop: so there is one
fixture for it, which ends with its module.
"""

import shutil

import pytest
from hypothesis import settings

settings.register_profile("kgraph", deadline=None)  # judged by what is found, not by how busy the machine is
settings.load_profile("kgraph")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium():
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (pip install playwright)"
    )
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
