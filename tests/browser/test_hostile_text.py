"""Whatever a paper says is text: nothing runs, nothing is loaded, nothing appears that was not written."""

from xml.etree import ElementTree

import pytest

from kgraph.graph import assemble
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.ontology import load_ontology
from kgraph.text import passage
from kgraph.vocabulary import Concept, Vocabulary

pytestmark = pytest.mark.browser

TEXTS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "]]><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>press</a>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(document.domain)",
    "data:text/html,<script>alert(1)</script>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<base href=https://example.org/>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<style>*{background:url(https://example.org/x)}</style>",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<title></title></head><body onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "`-alert(1)-`",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "{% import os %}{{ os.system('id') }}",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    '\\";alert(1);//',
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "line\u2028alert(1)\u2029end",
    "\u202egpj.tpircs\u202c reversed",
    "\u05e9\u05dc\u05d5\u05dd <b>\u05e2\u05d5\u05dc\u05dd</b>",
    "\u0645\u0631\u062d\u0628\u0627 <img src=x onerror=alert(1)>",
    "zero\u200bwidth\u200dand\ufefftags\U000e0041",
    "\ufe64script\ufe65alert(1)\ufe64/script\ufe65",
    "\U0001f9ea<script>alert(1)</script>\U0001f9ea",
    "__proto__",
    "constructor",
    "toString",
    "'; DROP TABLE papers; --",
    "<script src=https://example.org/x.js></script>",
    "<img srcset='https://example.org/x 1x'>",
    "<form action=https://example.org><button>press</button></form>",
    "<x onclick=alert(1) tabindex=1>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><?php system('id'); ?>",
    "@import 'https://example.org/x.css';",
    "expression(alert(1))",
    "a|b&c\\d/e#f?g%h",
    "x" * 3000,
)
# Titles that differ in punctuation alone are of one paper, so each calls with a number of its own.
HOSTILE = tuple(text.replace("alert(1)", f"alert({number})") for number, text in enumerate(TEXTS))
EXPECTED_TAGS = set(
    """
    A ASIDE BDI BLOCKQUOTE BODY BUTTON CANVAS CAPTION DD DETAILS DIV DL DT FIELDSET FOOTER H1 H2 H3 HEAD HEADER HTML
    INPUT KBD LABEL LEGEND LI LINK MAIN MARK META NOSCRIPT OL OPTION P SCRIPT SECTION SELECT SPAN STRONG STYLE SUMMARY
    TABLE TBODY TD TH THEAD TITLE TR UL svg g rect text title
    """.split()
)


def hostile_annotation(number, text):
    """A paper whose title, organisation, entity, metric, value and links all are the text."""
    abstract = f"{text} is here. And {text} again."
    whole = passage(text, abstract)
    starts = (0, len(text) + 1, len(text) + 1 + abstract.rindex(text))
    mentions = tuple(Mention(at, at + len(text), whole[at : at + len(text)]) for at in starts)
    assert all(mention.text == text for mention in mentions)
    other = Entity(f"{text} {number}", "Task", "addresses", 0.5, (mentions[0],))
    return Annotation(
        Paper(f"p{number}", text, abstract, date="2024", organization=text),
        (Entity(text, "Method", "proposes", 0.9, mentions), other),
        (Relation(text, "usedFor", other.name, 0.7),),
        (Result(text, text, text, other.name, text),),
    )


@pytest.fixture(scope="module")
def graph():
    concept = Concept(
        "method/constructor",
        "Method",
        "constructor",
        aliases=HOSTILE,
        facts=(("releaseDate", "<img src=x onerror=alert(1)>"),),
        links=("javascript:alert(1)", 'https://example.org/"onmouseover=alert(1)', "<script>alert(1)</script>"),
    )
    return assemble(
        [hostile_annotation(number, text) for number, text in enumerate(HOSTILE)],
        ontology=load_ontology(),
        vocabulary=Vocabulary({concept.id: concept}),
    )


def injected(page):
    """Elements and attributes in the page that none of its own code makes."""
    return page.evaluate(
        """(expected) => [...document.querySelectorAll("*")].filter((element) =>
            !expected.includes(element.tagName)
            || [...element.attributes].some(({ name }) => name.startsWith("on") || name === "src" || name === "srcdoc")
            || (element.tagName === "A" && !/^https?:/.test(element.href))
        ).map((element) => element.outerHTML.slice(0, 200))""",
        sorted(EXPECTED_TAGS),
    )


def told(page, graph, kind):
    """Go to every node of a kind, and give what stands in the panel: the node, its heading, marks, values, abstract."""
    nodes = [node for node, found in graph.nx.nodes(data="kind") if found == kind]
    return page.evaluate(
        """async (nodes) => {
          const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
          const seen = [];
          for (const node of nodes) {
            location.hash = `node=${encodeURIComponent(node)}`;
            await new Promise((done) => addEventListener("hashchange", () => setTimeout(done), { once: true }));
            const parts = ["#panel .abstract", "#panel .abstract mark", "#panel .value"].map(texts);
            seen.push([node, texts("#panel h2")[0], ...parts]);
          }
          return seen;
        }""",
        nodes,
    )


def test_there_are_sixty_hostile_texts():
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("kind", ["entity", "paper"])
def test_hostile_titles_names_and_abstracts_show_as_text(kind, graph, opened):
    page = opened(graph)
    seen = told(page, graph, kind)
    assert [heading for _, heading, *_ in seen] == [graph.nx.nodes[node]["label"] for node, *_ in seen]
    assert injected(page) == []
    assert page.locator("script").count() == 3
    assert set(HOSTILE) <= {heading for _, heading, *_ in seen} or kind == "entity"
    if kind == "paper":
        for _, title, abstract, marks, values in seen:
            assert abstract == [f"{title} is here. And {title} again."]
            assert marks == [title, title]
            assert values == [title]


def test_hostile_text_in_search_table_tip_region_and_link_is_text(graph, opened):
    page = opened(graph)
    for text in HOSTILE[:12]:
        page.keyboard.press("/")
        page.fill("#search input", text)
        assert any(text in name for name in page.locator("#search .found-name").all_text_contents())
        assert injected(page) == []
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
    page.click("#open-table")
    names = page.locator("#table bdi").all_text_contents()
    assert len(names) == 100
    assert injected(page) == []
    page.click("#open-table")
    page.click("#open-filters")
    page.locator('#filters label:has-text("Community") select').select_option("1")
    assert injected(page) == []
    page.keyboard.press("Escape")
    method = next(node for node in graph.nx if node.startswith("method/"))
    page.evaluate("(node) => { location.hash = `node=${encodeURIComponent(node)}`; }", method)
    page.wait_for_timeout(50)
    page.locator("#panel .why").first.click()
    assert page.text_content("#panel h2") == "Why they are linked"
    assert injected(page) == []


def test_hostile_text_in_a_saved_picture_is_text(graph, opened):
    page = opened(graph)
    page.click("#save summary")
    with page.expect_download() as saved:
        page.click("#save-svg")
    root = ElementTree.parse(saved.value.path()).getroot()
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg", "title", "rect", "polygon", "path", "g", "circle", "text",
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]


def test_only_web_addresses_become_links(graph, opened):
    page = opened(graph, "node=method/constructor")
    links = page.locator("#panel a")
    assert links.count() == 1
    assert links.get_attribute("href") == "https://example.org/%22onmouseover=alert(1)"
    assert (links.get_attribute("rel"), links.get_attribute("target")) == ("noopener noreferrer", "_blank")
    assert "javascript:alert(1)" in page.text_content("#panel")
    assert "<img src=x onerror=alert(1)>" in page.text_content("#panel dl")


def test_the_page_of_pyvis_shows_hostile_titles_as_text_too(graph, opened):
    page = opened(graph, options={"renderer": "pyvis"})
    seen = page.evaluate(
        """() => told.flatMap(({ name, type }, number) => {
          if (type !== "Paper") return [];
          choose(number);
          return [[name, document.querySelector("#panel h2").textContent]];
        })"""
    )
    assert [shown for _, shown in seen] == [name for name, _ in seen]
    assert {name for name, _ in seen} == set(HOSTILE)
    assert [found for found in injected(page) if not found.startswith(("<code", "<details", "<div"))] == []
    assert page.locator("script").count() == 4
