"""Whatever a paper says is text: nothing runs, nothing is loaded, nothing appears that was not written."""

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
EXPECTED_TAGS = {
    "HTML", "HEAD", "META", "TITLE", "LINK", "STYLE", "BODY", "HEADER", "H1", "DIV", "INPUT", "KBD", "UL", "LI", "P",
    "DETAILS", "SUMMARY", "DL", "DT", "DD", "CODE", "MAIN", "BUTTON", "ASIDE", "NOSCRIPT", "SCRIPT", "SPAN", "CANVAS",
    "H2", "H3", "BDI", "MARK", "BLOCKQUOTE", "A",
}  # fmt: skip


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


def test_there_are_sixty_hostile_texts():
    assert len(set(HOSTILE)) >= 60


def test_hostile_titles_and_names_show_as_text(graph, opened):
    page = opened(graph)
    scripts = page.locator("script").count()
    told = page.evaluate(
        """() => told.map(({ name }, number) => {
          choose(number);
          return [name, document.querySelector("#panel h2").textContent];
        })"""
    )
    assert [shown for _, shown in told] == [name for name, _ in told]
    assert injected(page) == []
    assert page.locator("script").count() == scripts == 4
    assert set(HOSTILE) <= {name for name, _ in told}


def test_hostile_abstracts_show_as_text_with_their_mentions_marked(graph, opened):
    page = opened(graph)
    told = page.evaluate(
        """() => told.flatMap((node, number) => {
          if (node.type !== "Paper") return [];
          choose(number);
          const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
          return [[node.name, texts("#panel .abstract"), texts("#panel .abstract mark"), texts("#panel .value")]];
        })"""
    )
    assert {title for title, *_ in told} == set(HOSTILE)
    for title, abstract, marks, values in told:
        assert abstract == [f"{title} is here. And {title} again."]
        assert marks == [title, title]
        assert values == [title]
    assert injected(page) == []


def test_hostile_text_in_the_search_list_and_the_tooltips_is_text(graph, opened):
    page = opened(graph)
    for text in HOSTILE[:12]:
        page.keyboard.press("/")
        page.fill("#query", text)
        assert text in page.locator("#found .name").all_text_contents()
        assert injected(page) == []
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
    page.click("#whole")
    for text in HOSTILE[:6]:
        spot = page.evaluate(
            """(text) => {
              const number = told.findIndex((node) => node.name === text && node.type === "Paper");
              const { x, y } = network.canvasToDOM(place.get(number));
              const { left, top } = frame.getBoundingClientRect();
              return [left + x, top + y];
            }""",
            text,
        )
        page.mouse.move(*spot)
        page.wait_for_selector(".vis-tooltip", state="visible")
        assert page.locator(".vis-tooltip").text_content().startswith(text)
        assert page.locator(".vis-tooltip :not(br)").count() == 0
        page.mouse.move(2, 300)
        page.wait_for_selector(".vis-tooltip", state="hidden")


def test_only_web_addresses_become_links(graph, opened):
    page = opened(graph)
    page.evaluate("choose(told.findIndex((node) => node.id === 'method/constructor'))")
    links = page.locator("#panel a")
    assert links.count() == 1
    assert links.get_attribute("href") == "https://example.org/%22onmouseover=alert(1)"
    assert (links.get_attribute("rel"), links.get_attribute("target")) == ("noopener noreferrer", "_blank")
    assert "javascript:alert(1)" in page.text_content("#panel")
    assert "<img src=x onerror=alert(1)>" in page.text_content("#panel dl")
