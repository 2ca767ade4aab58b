"""What a person does on the page, and what they see."""

import re


def find(page, text):
    """Search, and take the first answer."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def answers(page):
    return page.locator("#search [role=option] .found-name").all_text_contents()


def heading(page):
    return page.text_content("#panel h2")


def fragment(page):
    """What the address says after #, as names and values; where the window looks is left out."""
    parts = dict(part.split("=", 1) for part in page.evaluate("location.hash").lstrip("#").split("&") if part)
    return {name: value for name, value in parts.items() if name != "at"}


def go(page, fragment):
    """Another address of the same page."""
    page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    page.wait_for_timeout(30)


def shown(page):
    """How many nodes the page says that it shows."""
    return int(re.match(r"[\d,]+", page.text_content("#count"))[0].replace(",", ""))


def rows(page):
    """The names in the table of what is shown."""
    page.click("#open-table")
    names = page.locator("#table tbody th bdi").all_text_contents()
    page.click("#open-table")
    return names


def pixels(page, colour):
    """How many pixels of the picture have just that colour (#rrggbb)."""
    return page.evaluate(
        """(colour) => {
          const canvas = document.getElementById("picture");
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
          let many = 0;
          for (let at = 0; at < data.length; at += 4) {
            many += data[at] === red && data[at + 1] === green && data[at + 2] === blue;
          }
          return many;
        }""",
        colour,
    )


def until(page, holds):
    """Wait until something holds, as a person would on a busy machine; whether it came to hold."""
    for _ in range(100):
        if holds():
            return True
        page.wait_for_timeout(100)
    return False


def section(page, title):
    """The part of the panel below a heading."""
    return page.locator(f'#panel section:has(> h3:text-is("{title}"))')
