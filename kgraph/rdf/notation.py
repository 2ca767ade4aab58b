"""How terms and blocks are written in Turtle (https://www.w3.org/TR/turtle/), as text.

A graph of a million papers has hundreds of millions of triples, and to make an object of each
costs ten times what its characters do. So the files are written as text, a block a subject, and
triples are read off it where somebody wants them. What a name or a literal looks like is never
decided here: of every namespace the serializer of pyoxigraph is asked once, with a name in plain
letters, how it writes those; whatever is not that plain is written by the serializer itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kgraph.iri import DATA, KG, mention_fragment
from kgraph.rdf.terms import SKOS, decimal, prefixes

__all__ = ["Notation", "block", "grouped", "objects", "triples_of"]

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_PLAIN_FRAGMENT = re.compile(r"[A-Za-z0-9_=,./()-]+")
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]')
_SUBJECT, _PREDICATE = NamedNode("x:subject"), NamedNode("x:predicate")


class Notation:
    r"""The terms of a graph behind a base, as they stand in a Turtle file.

    Papers and entities are abbreviated by their prefix (``hardware:nvidia-a100``). With
    ``relative``, what stands in papers is written relative to the base, which reads better where
    there are many fragments: ``<paper/2205.14135#char=512,523>``.

    >>> notation = Notation(relative=True)
    >>> notation.node("hardware/nvidia-a100"), notation.fragment("paper/2205.14135", "char=512,523")
    ('hardware:nvidia-a100', '<paper/2205.14135#char=512,523>')
    >>> notation.property("runsOn"), notation.decimal(0.5), notation.text('"quoted"')
    ('kg:runsOn', '0.5', '"\\"quoted\\""')
    """

    def __init__(self, base_iri: str = DATA, *, relative: bool = False) -> None:
        self.base_iri = base_iri
        known = prefixes(base_iri)
        self._prefixes = {prefix: known[prefix] for prefix in sorted(known) if prefix != "paper" or not relative}
        self._base = base_iri if relative else None
        self.term = lru_cache(1 << 12)(self._term)
        self.node = lru_cache(1 << 16)(self._node)
        self.property = lru_cache(1 << 12)(self._property)
        self._frame = lru_cache(1 << 12)(self._learned)

    @property
    def header(self) -> str:
        """What a file begins with: its base, if any, and the namespaces in full, sorted."""
        lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in self._prefixes.items()]
        return "\n".join([*([f"@base <{self._base}> ."] if self._base else []), *lines, "", ""])

    def fragment(self, id: str, fragment: str) -> str:
        """A fragment of a node, such as a mention."""
        whole = self.node(id)
        if whole.endswith(">") and _PLAIN_FRAGMENT.fullmatch(fragment):
            return f"{whole[:-1]}#{fragment}>"
        return self.term(NamedNode(f"{self.base_iri}{id}#{fragment}"))

    def mention(self, id: str, start: int, end: int) -> str:
        """The characters of a paper's text."""
        whole = self.node(id)
        if whole.endswith(">"):  # as it is in evidence.ttl, of which half are these
            return f"{whole[:-1]}#char={start},{end}>"
        return self.fragment(id, mention_fragment(start, end))

    def text(self, text: str) -> str:
        """A plain literal."""
        return str(Literal(text)) if _TO_ESCAPE.search(text) else f'"{text}"'

    def decimal(self, number: float) -> str:
        """A number as xsd:decimal."""
        digits = repr(float(number))
        return digits if digits[-1].isdigit() and "e" not in digits else self.term(decimal(number))

    def _term(self, term: NamedNode | Literal) -> str:
        """Any term, as the serializer writes it."""
        written = serialize(
            [Triple(_SUBJECT, _PREDICATE, term)], format=RdfFormat.TURTLE, prefixes=self._prefixes, base_iri=self._base
        )
        assert written is not None
        return written.decode().partition("<x:predicate> ")[2].removesuffix(" .\n")

    def _node(self, id: str) -> str:
        folder, separator, name = id.partition("/")
        return self._named(f"{self.base_iri}{folder}{separator}", name)

    def _property(self, name: str) -> str:
        return self._named(SKOS if name == "broader" else KG, name)

    def _named(self, namespace: str, name: str) -> str:
        if not _PLAIN.fullmatch(name):
            return self.term(NamedNode(namespace + name))
        before, after = self._frame(namespace)
        return f"{before}{name}{after}"

    def _learned(self, namespace: str) -> tuple[str, str]:
        """What stands before and after a plain name of that namespace."""
        before, _, after = self.term(NamedNode(f"{namespace}x")).rpartition("x")
        return before, after


def block(subject: str, pairs: Iterable[tuple[str, str]]) -> str:
    r"""What is said of a subject: predicates, each once, with their objects.

    >>> block("a:b", [("a", "kg:Task"), ("kg:uses", objects(["a:c", "a:d"]))])
    'a:b a kg:Task ;\n\tkg:uses a:c , a:d .\n'
    """
    said = " ;\n\t".join([f"{predicate} {object}" for predicate, object in pairs])
    return f"{subject} {said} .\n"


def objects(terms: Iterable[str]) -> str:
    """Several objects of one predicate."""
    return " , ".join(terms)


def grouped(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs of a predicate and an object, with the objects of equal predicates in a row beside each other.

    >>> list(grouped([("a", "kg:Task"), ("kg:uses", "a:c"), ("kg:uses", "a:d")]))
    [('a', 'kg:Task'), ('kg:uses', 'a:c , a:d')]
    """
    for predicate, several in groupby(pairs, key=itemgetter(0)):
        yield predicate, objects([object for _, object in several])


def triples_of(notation: Notation, blocks: Iterable[str]) -> Iterator[Triple]:
    """The triples that blocks of text say."""
    text = "".join([notation.header, *blocks])
    return (quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
