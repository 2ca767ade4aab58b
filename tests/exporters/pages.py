"""A page taken apart: its elements, and the data packed in it."""

import base64
import gzip
import json
from html.parser import HTMLParser

import numpy

from kgraph.exporters.html import HtmlExporter


class Elements(HTMLParser):
    """The elements of a page, each with its attributes and the text at its beginning."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.open = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append([tag, dict(attrs), ""])
        self.open = True

    def handle_endtag(self, tag):
        self.open = False

    def handle_data(self, data):
        if self.open:
            self.found[-1][2] += data

    def all(self, tag):
        return [element for element in self.found if element[0] == tag]

    def one(self, id):
        (found,) = [element for element in self.found if element[1].get("id") == id]
        return found


def exported(graph, folder, **options):
    (path,) = HtmlExporter(**options).export(graph, folder)
    return path.read_text(encoding="utf-8")


def unpacked(text):
    """The JSON and the columns of a packed block."""
    whole = gzip.decompress(base64.b64decode(text))
    length = int.from_bytes(whole[:4], "little")
    head = json.loads(whole[4 : 4 + length])
    columns, at = {}, 4 + length
    for name, kind, count in head.pop("columns"):
        columns[name] = numpy.frombuffer(whole, f"<{kind}", count, at).tolist()
        at += -(-columns_size(kind, count) // 4) * 4
    assert at == len(whole)
    return head, columns


def columns_size(kind, count):
    return int(kind[1]) * count


def block(html, id):
    """The block that stands in an element of a page."""
    tag, attributes, text = Elements(html).one(id)
    assert tag == "script"
    assert int(attributes["data-size"]) == len(gzip.decompress(base64.b64decode(text)))
    return unpacked(text)


def json_of(html, id):
    """The JSON that stands in an element of the page as pyvis draws it."""
    return json.loads(Elements(html).one(id)[2])
