import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kgraph.errors import ExportError
from kgraph.exporters.html import COLOURS, HtmlExporter
from kgraph.graph import assemble
from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.ontology import load_ontology
from kgraph.stages import Exporter
from kgraph.vocabulary import Vocabulary
from tests.field import field, field_graph
from tests.samples import FAST, VOCABULARY, sample_graph

ONTOLOGY = load_ontology()


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


def exported(graph, folder, **options):
    (path,) = HtmlExporter(**options).export(graph, folder)
    return path.read_text(encoding="utf-8")


def data(html, name):
    (text,) = [text for _, attributes, text in Elements(html).all("script") if attributes.get("id") == name]
    return json.loads(text)


def titled(title):
    entity = Entity(title, "Method", "proposes", 0.9, (Mention(0, len(title), title),))
    return assemble([Annotation(Paper("1", title, title), (entity,))], ontology=ONTOLOGY, vocabulary=Vocabulary())


def test_it_is_an_exporter_that_writes_one_file(tmp_path):
    assert isinstance(HtmlExporter(), Exporter)
    assert HtmlExporter().export(sample_graph(), tmp_path / "new") == [tmp_path / "new" / "graph.html"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["graph.html"]


def test_the_page_has_a_language_a_title_and_its_numbers(tmp_path):
    elements = Elements(exported(sample_graph(), tmp_path))
    assert elements.all("html")[0][1]["lang"] == "en"
    assert elements.all("title")[0][2] == "Knowledge graph of 2 papers"
    assert elements.all("meta")[0][1] == {"charset": "utf-8"}


def test_nothing_in_the_page_leads_out_of_it(tmp_path):
    elements = Elements(exported(field_graph(20), tmp_path))
    assert [attributes for _, attributes, _ in elements.found if "src" in attributes] == []
    assert [attributes["href"] for _, attributes, _ in elements.found if "href" in attributes] == ["data:,"]
    assert {tag for tag, _, _ in elements.found}.isdisjoint({"iframe", "object", "embed", "base", "form", "img"})
    assert "@import" not in elements.all("style")[0][2]
    assert "url(" not in elements.all("style")[0][2]


def test_the_policy_names_exactly_the_scripts_and_styles_of_the_page(tmp_path):
    elements = Elements(exported(sample_graph(), tmp_path))
    (policy,) = [a["content"] for _, a, _ in elements.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    directives = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}

    def digests(texts):
        return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]

    code = [text for _, attributes, text in elements.all("script") if "type" not in attributes]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == digests(code)
    assert directives["style-src"] == digests([text for _, _, text in elements.all("style")])
    assert len(code) == 2
    assert not [name for _, attributes, _ in elements.found for name in attributes if name.startswith("on")]


@pytest.mark.parametrize(
    "title",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7 * 7 }} {% raw %}",
        "'\"&amp;\u2028\u2029\\",
        "\u202egnp.exe \u05e9\u05dc\u05d5\u05dd",
        "\ud800 alone",
    ],
)
def test_any_title_comes_back_from_the_data_to_the_letter(title, tmp_path):
    html = exported(titled(title), tmp_path)
    assert [node["name"] for node in data(html, "scene")["nodes"]] == [title, title]
    assert html.count("</script") == 4
    ordinary = exported(titled("An ordinary title"), tmp_path)
    assert [tag for tag, _, _ in Elements(html).found] == [tag for tag, _, _ in Elements(ordinary).found]


def test_the_data_hold_only_ascii_so_that_no_encoding_can_change_them(tmp_path):
    html = exported(titled("\u91cf\u5b50 caf\u00e9 \U0001f9ea"), tmp_path)
    (text,) = [text for _, attributes, text in Elements(html).all("script") if attributes.get("id") == "scene"]
    assert text.isascii()


def test_pyvis_draws_without_physics_at_fixed_places(tmp_path):
    drawing = data(exported(field_graph(20), tmp_path), "drawing")
    assert drawing["options"]["physics"] == {"enabled": False}
    assert all({"id", "x", "y", "size", "group"} == set(node) for node in drawing["nodes"])
    ids = {node["id"] for node in drawing["nodes"]}
    assert {end for edge in drawing["edges"] for end in (edge["from"], edge["to"])} <= ids


def test_the_legend_follows_the_ontology_and_knows_strange_types(tmp_path):
    strange = Annotation(Paper("9", "Title", "Ghost."), (Entity("Ghost", "Apparition", "mentions", 1.0, ()),))
    graph = assemble([FAST, strange], ontology=ONTOLOGY, vocabulary=VOCABULARY)
    types = data(exported(graph, tmp_path), "scene")["types"]
    assert [type["name"] for type in types] == [
        "Method", "Dataset", "Metric", "Hardware", "Organization", "Apparition", "Paper",
    ]  # fmt: skip
    assert types[0]["colour"] == COLOURS[0]
    assert len({type["colour"] for type in types}) == len(types)


def test_a_large_graph_says_how_much_of_it_is_drawn_and_how_to_see_more(tmp_path):
    graph = field_graph(60)
    html = exported(graph, tmp_path, nodes=40, papers=20)
    scene = data(html, "scene")
    everything = sum(1 for _, kind in graph.nx.nodes(data="kind") if kind != "result")
    text = re.sub(r"\s+", " ", html[html.index("<details") : html.index("</details>")])
    assert f"Drawn are {scene['drawn']} of {everything} nodes" in text
    assert f"Search finds {len(scene['nodes']) - scene['drawn']} more" in text
    assert "<code>kgraph query</code>" in text


def test_a_graph_that_is_drawn_whole_speaks_of_no_rest(tmp_path):
    assert "Drawn are" not in exported(sample_graph(), tmp_path)


def test_a_graph_of_nothing_is_a_kind_page_without_scripts(tmp_path):
    html = exported(assemble([], ontology=ONTOLOGY, vocabulary=VOCABULARY), tmp_path)
    elements = Elements(html)
    assert elements.all("h1")[0][2] == "No papers yet"
    assert elements.all("script") == []
    assert "script-src 'none'" in elements.all("meta")[1][1]["content"]


def test_a_paper_of_which_nothing_is_known_is_drawn(tmp_path):
    graph = assemble([Annotation(Paper("7", "Silence", "Nothing."))], ontology=ONTOLOGY, vocabulary=VOCABULARY)
    scene = data(exported(graph, tmp_path), "scene")
    assert (scene["drawn"], scene["nodes"][0]["entities"]) == (1, [])


def test_the_order_of_the_papers_never_changes_a_byte(tmp_path):
    annotations = field(30)
    graphs = [assemble(papers, ontology=ONTOLOGY, vocabulary=VOCABULARY) for papers in (annotations, annotations[::-1])]
    assert exported(graphs[0], tmp_path) == exported(graphs[1], tmp_path)


def test_another_run_gives_the_same_bytes(tmp_path):
    code = (
        "import sys; sys.path[:0] = ['tests', '.'];"
        "from field import field_graph; from kgraph.exporters.html import HtmlExporter; from pathlib import Path;"
        "HtmlExporter(nodes=60).export(field_graph(50), Path(sys.argv[1]))"
    )
    written = []
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)],
            check=True,
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        written.append((tmp_path / seed / "graph.html").read_bytes())
    assert written[0] == written[1]


def test_only_one_copy_of_the_drawing_library_is_in_the_page(tmp_path):
    html = exported(sample_graph(), tmp_path)
    assert html.count("@version 9.") == 1
    assert len(html) < 700_000


def test_a_pyvis_without_its_library_is_told_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "kgraph.exporters.html.files", lambda package: tmp_path if package == "pyvis" else _own(package)
    )
    with pytest.raises(ExportError, match="install pyvis"):
        HtmlExporter().export(sample_graph(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def _own(package):
    from importlib.resources import files

    return files(package)
