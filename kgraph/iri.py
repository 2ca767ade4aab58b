"""Names of things on the web: keys of papers, ids of entities, IRIs of both.

Inside kgraph a node is known by its *relative id* (``paper/2401.01234``,
``hardware/nvidia-a100``); an IRI is that id behind a base. Fragments of a paper's IRI address
the characters of a mention (RFC 5147), a stated fact and a result.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from kgraph.errors import KgraphError
from kgraph.text import normal_form, title_key

__all__ = [
    "DATA",
    "KG",
    "arxiv_id",
    "data_base",
    "entity_id",
    "fact_fragment",
    "mention_fragment",
    "paper_key",
    "paper_node",
    "result_fragment",
    "slug",
]

DATA = "https://w3id.org/kgraph/id/"
"""The base of every entity's and paper's IRI; ``--base-iri`` sets another."""

KG = "https://w3id.org/kgraph/ontology#"
"""The namespace of the ontology."""

_ARXIV = re.compile(
    r"(?:arxiv:|https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/)?"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
_LONGEST_SLUG = 80
_BASE = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?://[\w.-]+(?::\d+)?(?:/[\w./:@!$&'()*+,;=~-]*)?|[\w:][\w./:-]*)", re.ASCII
)
_NOT_IN_A_KEY = re.compile(r"[^\w./-]+|(?<!\w)/|/(?!\w)|\A\.+\Z")


def data_base(text: str) -> str:
    """The base for IRIs that a text gives, ready to have ids put behind it.

    Raises :class:`~kgraph.errors.KgraphError` for what is no absolute IRI, or has a query or a
    fragment, since mentions and facts are addressed in the fragment.

    >>> data_base("https://example.org/field"), data_base("urn:field:")
    ('https://example.org/field/', 'urn:field:')
    """
    if not _BASE.fullmatch(text):
        raise KgraphError(
            f"{text[:80]!r} cannot begin IRIs: give an absolute one without ? and #, such as https://example.org/id/"
        )
    return text if text.endswith(("/", ":")) else f"{text}/"


def arxiv_id(text: str) -> str | None:
    """The arXiv identifier that a text is, without its version; None for any other text.

    >>> arxiv_id("https://arxiv.org/abs/2205.14135v2"), arxiv_id("hep-th/9901001"), arxiv_id("d67e29207b")
    ('2205.14135', 'hep-th/9901001', None)
    """
    match = _ARXIV.fullmatch(text.strip())
    return match.group(1) if match else None


def paper_key(title: str) -> str:
    """A key that any listing of the same title gives: 16 hexadecimal digits.

    >>> paper_key("EMOv2: Pushing 5M Vision Model Frontier") == paper_key("EMOv2 – pushing 5M vision model frontier")
    True
    """
    return hashlib.sha1(title_key(title).encode(), usedforsecurity=False).hexdigest()[:16]


def slug(name: str) -> str:
    """A name as it stands in an IRI: letters and digits of any script, joined by hyphens.

    Names with equal :func:`kgraph.text.normal_form` give equal slugs. What would be lost and
    tells names apart is spelled out (``C++``, ``C#``); a name of more than 80 characters or of
    none that can stand ends in (is) a digest.

    >>> slug("NVIDIA A100"), slug("C++"), slug("Qwen2.5"), slug("graph neural networks"), slug("W4A8")
    ('nvidia-a100', 'c-plus-plus', 'qwen2.5', 'graph-neural-network', 'w4a8')
    """
    form = normal_form(name)
    spelled = form.replace("+", " plus ").replace("#", " sharp ").replace("@", " at ")
    words = re.sub(r"[^\w. ]+", " ", spelled).replace("_", " ").split()
    text = "-".join(words).strip(".")
    if not text or len(text) > _LONGEST_SLUG:
        digest = hashlib.sha1(form.encode(), usedforsecurity=False).hexdigest()[:8]
        text = f"{text[:_LONGEST_SLUG].rstrip('-.')}-{digest}".lstrip("-")
    return text


def entity_id(type: str, name: str) -> str:
    """The relative id of an entity of that type and canonical name.

    >>> entity_id("Hardware", "NVIDIA A100")
    'hardware/nvidia-a100'
    """
    return f"{type.lower()}/{slug(name)}"


def paper_node(id: str) -> str:
    """The relative id of a paper; what cannot stand in an IRI's path is percent-encoded.

    >>> paper_node("2205.14135"), paper_node("my paper #1")
    ('paper/2205.14135', 'paper/my%20paper%20%231')
    """
    return f"paper/{_NOT_IN_A_KEY.sub(_percent_encoded, id)}"


def mention_fragment(start: int, end: int) -> str:
    """The fragment that addresses characters of a paper's text (RFC 5147).

    >>> mention_fragment(512, 523)
    'char=512,523'
    """
    return f"char={start},{end}"


def fact_fragment(predicate: str, *ids: str) -> str:
    """The fragment of a fact as one paper states it.

    >>> fact_fragment("runsOn", "method/flashattention", "hardware/nvidia-a100")
    'runsOn(method/flashattention,hardware/nvidia-a100)'
    """
    return f"{predicate}({','.join(ids)})"


def result_fragment(number: int) -> str:
    """The fragment of a paper's n-th result, counted from 1 in the order of the text.

    >>> result_fragment(1)
    'result-1'
    """
    return f"result-{number}"


def _percent_encoded(match: re.Match[str]) -> str:
    """Also dots alone, which quote() leaves and which are steps in the hierarchy (RFC 3986, 5.2.4)."""
    return quote(match.group(), safe="", errors="surrogatepass").replace(".", "%2E")
