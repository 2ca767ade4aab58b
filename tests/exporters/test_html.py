import base64
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.errors import ExportError
from kgraph.exporters import html as html_module
from kgraph.exporters.html import RENDERERS, HtmlExporter, page
from kgraph.graph import assemble
from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.ontology import load_ontology
from kgraph.stages import Exporter
from kgraph.vocabulary import Vocabulary
from tests.exporters.pages import Elements, block, exported, json_of
from tests.field import field, field_graph
from tests.samples import FAST, VOCABULARY, sample_graph

ONTOLOGY = load_ontology()
PAGE = Path(html_module.__file__).parent / "page"
STRANGE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} $title ${map}",
    "'\"&amp;\u2028\u2029\\",
    "\u202egnp.exe \u05e9\u05dc\u05d5\u05dd",
    "\ud800 alone",
]

each_renderer = pytest.mark.parametrize("renderer", RENDERERS)


def titled(title):
    entity = Entity(title, "Method", "proposes", 0.9, (Mention(0, len(title), title),))
    return assemble([Annotation(Paper("1", title, title), (entity,))], ontology=ONTOLOGY, vocabulary=Vocabulary())


def code_of(elements):
    return [text for _, attributes, text in elements.all("script") if "type" not in attributes]


def test_it_is_an_exporter_that_writes_one_file(tmp_path):
    assert isinstance(HtmlExporter(), Exporter)
    assert HtmlExporter().export(sample_graph(), tmp_path / "new") == [tmp_path / "new" / "graph.html"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["graph.html"]
    assert (tmp_path / "new" / "graph.html").read_text(encoding="utf-8") == page(sample_graph())


@each_renderer
def test_the_page_has_a_language_a_title_and_its_encoding(renderer, tmp_path):
    elements = Elements(exported(sample_graph(), tmp_path, renderer=renderer))
    assert elements.all("html")[0][1]["lang"] == "en"
    assert elements.all("title")[0][2] == "Knowledge graph of 2 papers"
    assert elements.all("meta")[0][1] == {"charset": "utf-8"}


@each_renderer
def test_nothing_in_the_page_leads_out_of_it(renderer, tmp_path):
    elements = Elements(exported(field_graph(20), tmp_path, renderer=renderer))
    assert [attributes for _, attributes, _ in elements.found if "src" in attributes] == []
    assert [attributes["href"] for _, attributes, _ in elements.found if "href" in attributes] == ["data:,"]
    assert {tag for tag, _, _ in elements.found}.isdisjoint({"iframe", "object", "embed", "base", "form", "img"})
    style = elements.all("style")[0][2]
    assert "@import" not in style
    assert {address[:5] for address in re.findall(r"url\(['\"]?([^)]+)\)", style)} <= {"data:"}


@each_renderer
def test_the_policy_names_exactly_the_scripts_and_styles_of_the_page(renderer, tmp_path):
    elements = Elements(exported(sample_graph(), tmp_path, renderer=renderer))
    (policy,) = [a["content"] for _, a, _ in elements.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    directives = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}

    def digests(texts):
        return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]

    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == digests(code_of(elements))
    assert directives["style-src"] == digests([text for _, _, text in elements.all("style")])
    assert directives["require-trusted-types-for"] == ["'script'"]
    assert len(code_of(elements)) == {"canvas": 1, "pyvis": 2}[renderer]
    assert not [name for _, attributes, _ in elements.found for name in attributes if name.startswith("on")]


def test_the_script_can_stand_in_a_page():
    script = (PAGE / "view.js").read_text(encoding="utf-8")
    assert not re.search(r"</script|<!--", script, re.IGNORECASE)
    assert "eval(" not in script


def test_our_own_script_makes_no_markup_from_text():
    sources = sorted((Path(__file__).parents[2] / "view" / "src").glob("*.ts"))
    assert len(sources) > 20
    made = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser")
    assert [source.name for source in sources if made.search(source.read_text(encoding="utf-8"))] == []


def test_whose_work_is_in_the_script_is_named_with_its_licence():
    licences = (PAGE / "licences.txt").read_text(encoding="utf-8")
    for package in ("@fontsource-variable/inter", "d3-selection", "d3-transition", "d3-zoom", "kdbush"):
        assert re.search(rf"^{package} \d[\d.]+ \((ISC|MIT|BSD-3-Clause|OFL-1.1)\)$", licences, re.MULTILINE)


@pytest.mark.parametrize("title", STRANGE)
def test_any_title_comes_back_from_the_data_to_the_letter(title, tmp_path):
    html = exported(titled(title), tmp_path)
    head, _ = block(html, "map")
    assert head["names"] == [title, title]
    assert [about["abstract"] for about in block(html, "texts")[0]["nodes"].values() if "abstract" in about] == [title]
    assert html.count("</script") == 3
    ordinary = exported(titled("An ordinary title"), tmp_path)
    assert [tag for tag, _, _ in Elements(html).found] == [tag for tag, _, _ in Elements(ordinary).found]


@pytest.mark.parametrize("title", STRANGE)
def test_so_it_does_from_those_of_pyvis(title, tmp_path):
    html = exported(titled(title), tmp_path, renderer="pyvis")
    assert [node["name"] for node in json_of(html, "scene")["nodes"]] == [title, title]
    assert html.count("</script") == 4


def test_the_data_hold_only_ascii_so_that_no_encoding_can_change_them(tmp_path):
    graph = titled("\u91cf\u5b50 caf\u00e9 \U0001f9ea")
    for id, renderer in (("map", "canvas"), ("texts", "canvas"), ("scene", "pyvis")):
        assert Elements(exported(graph, tmp_path, renderer=renderer)).one(id)[2].isascii()


def test_the_legend_follows_the_ontology_and_knows_strange_types(tmp_path):
    strange = Annotation(Paper("9", "Title", "Ghost."), (Entity("Ghost", "Apparition", "mentions", 1.0, ()),))
    graph = assemble([FAST, strange], ontology=ONTOLOGY, vocabulary=VOCABULARY)
    types = block(exported(graph, tmp_path), "map")[0]["types"]
    assert [type["name"] for type in types] == [
        "Method", "Dataset", "Metric", "Hardware", "Organization", "Apparition", "Paper",
    ]  # fmt: skip
    assert len({type["light"] for type in types}) == len({type["dark"] for type in types}) == len(types)


def test_all_of_a_graph_is_in_the_page_up_to_a_bound(tmp_path):
    graph = field_graph(60)
    everything = [node for node, kind in graph.nx.nodes(data="kind") if kind != "result"]
    assert sorted(block(exported(graph, tmp_path), "map")[0]["ids"]) == sorted(everything)
    head, _ = block(exported(graph, tmp_path, nodes=40), "map")
    assert len(head["ids"]) <= 40
    assert head["totals"] == {"papers": 60, "nodes": len(everything)}


@each_renderer
def test_a_graph_of_nothing_is_a_kind_page_without_scripts(renderer, tmp_path):
    html = exported(assemble([], ontology=ONTOLOGY, vocabulary=VOCABULARY), tmp_path, renderer=renderer)
    elements = Elements(html)
    assert elements.all("h1")[0][2] == "No papers yet"
    assert elements.all("script") == []
    assert "script-src 'none'" in elements.all("meta")[1][1]["content"]


def test_a_paper_of_which_nothing_is_known_is_there(tmp_path):
    graph = assemble([Annotation(Paper("7", "Silence", "Nothing."))], ontology=ONTOLOGY, vocabulary=VOCABULARY)
    html = exported(graph, tmp_path)
    assert block(html, "map")[0]["ids"] == ["paper/7"]
    assert block(html, "texts")[0]["nodes"] == {"0": {"abstract": "Nothing."}}


def test_the_order_of_the_papers_never_changes_a_byte():
    annotations = field(30)
    graphs = [assemble(papers, ontology=ONTOLOGY, vocabulary=VOCABULARY) for papers in (annotations, annotations[::-1])]
    assert page(graphs[0]) == page(graphs[1])


@each_renderer
def test_another_run_gives_the_same_bytes(renderer, tmp_path):
    code = (
        "import sys; sys.path[:0] = ['tests', '.'];"
        "from field import field_graph; from kgraph.exporters.html import HtmlExporter; from pathlib import Path;"
        f"HtmlExporter('{renderer}', nodes=60).export(field_graph(50), Path(sys.argv[1]))"
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


def test_a_small_graph_is_a_small_file(tmp_path):
    assert len(exported(sample_graph(), tmp_path)) < 220_000


def test_pyvis_draws_without_physics_at_fixed_places(tmp_path):
    drawing = json_of(exported(field_graph(20), tmp_path, renderer="pyvis"), "drawing")
    assert drawing["options"]["physics"] == {"enabled": False}
    assert all({"id", "x", "y", "size", "group"} == set(node) for node in drawing["nodes"])
    ids = {node["id"] for node in drawing["nodes"]}
    assert {end for edge in drawing["edges"] for end in (edge["from"], edge["to"])} <= ids


def test_pyvis_says_of_a_large_graph_how_much_of_it_is_drawn_and_how_to_see_more(tmp_path):
    graph = field_graph(60)
    html = exported(graph, tmp_path, renderer="pyvis", nodes=40)
    scene = json_of(html, "scene")
    everything = sum(1 for _, kind in graph.nx.nodes(data="kind") if kind != "result")
    text = re.sub(r"\s+", " ", html[html.index("<details") : html.index("</details>")])
    assert f"Drawn are {scene['drawn']} of {everything} nodes" in text
    assert f"Search finds {len(scene['nodes']) - scene['drawn']} more" in text


def test_only_one_copy_of_the_drawing_library_is_in_the_page_of_pyvis(tmp_path):
    html = exported(sample_graph(), tmp_path, renderer="pyvis")
    assert html.count("@version 9.") == 1
    assert len(html) < 700_000


def test_a_pyvis_without_its_library_is_told_in_one_sentence(tmp_path, monkeypatch):
    from importlib.resources import files

    monkeypatch.setattr(
        "kgraph.exporters.vis.files", lambda package: tmp_path if package == "pyvis" else files(package)
    )
    with pytest.raises(ExportError, match="install pyvis"):
        HtmlExporter("pyvis").export(sample_graph(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_kgraph_without_its_page_is_told_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("kgraph.exporters.html.files", lambda package: tmp_path)
    html_module._asset.cache_clear()
    with pytest.raises(ExportError, match="install it anew"):
        page(sample_graph())
    html_module._asset.cache_clear()
