"""Hypothesis strategies for what flows through kgraph; every text as hostile as a reader lets through."""

from hypothesis import settings
from hypothesis import strategies as st

from kgraph.iri import entity_id, paper_key
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.ontology import load_ontology
from kgraph.text import clean, passage
from kgraph.vocabulary import Concept, Vocabulary

ONTOLOGY = load_ontology()

few = settings(max_examples=40)
"""For properties of whole graphs, of which each example holds many."""

NASTY = (
    '"', "'", "\\", "\n", "\\n", "|", "a|b", "<script>", "</script>&amp;", "]]>", "\u202e", "é", "שלום", "😀", "C++",
    "C#", "A100", "``", "@en", '"^^xsd:integer', "a" * 300, "\u2028", "#char=0,1", "%20", "\x00", "\x0b", "\u0085",
    "{}", "[x](y)",
)  # fmt: skip

texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=12), min_size=1, max_size=6).map(
    lambda p: clean(" ".join(p))
)
names = texts.map(str.strip).filter(bool)
scores = st.floats(min_value=0.01, max_value=1.0)
dates = st.none() | st.sampled_from(("2024", "2024-03", "2024-03-11", "0999-12-31"))


@st.composite
def papers(draw):
    title, abstract = draw(names), draw(names)
    return Paper(
        id=draw(st.just(paper_key(title)) | st.from_regex(r"\A2[0-9]{3}\.[0-9]{5}\Z")),
        title=title,
        abstract=abstract,
        date=draw(dates),
        authors=draw(st.none() | st.integers(1, 3000)),
        organization=draw(st.none() | names),
        sources=tuple(sorted(draw(st.sets(names.filter(lambda name: "; " not in name), max_size=3)))),
    )


@st.composite
def annotations(draw):
    """An annotation whose offsets lie within the text and whose relations and results name its entities."""
    paper = draw(papers())
    text = passage(paper.title, paper.abstract)
    entities = []
    for name in sorted(draw(st.sets(names, max_size=4))):
        type = draw(st.sampled_from(ONTOLOGY.types))
        spans = draw(st.sets(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=3))
        mentions = sorted(Mention(start, end, text[start:end]) for start, end in spans if start < end)
        id = draw(st.sampled_from(("", entity_id(type, name), entity_id(type, "one for all"))))
        entities.append(Entity(name, type, draw(st.sampled_from(ONTOLOGY.roles)), draw(scores), tuple(mentions), id))
    if not entities:
        return Annotation(paper)
    known = st.sampled_from([entity.name for entity in entities])
    places = st.just((None, None)) | st.just((0, len(text)))
    relations = draw(
        st.lists(st.tuples(known, st.sampled_from(ONTOLOGY.predicates), known, scores, places), max_size=4)
    )
    values = st.sampled_from(("3.5x", "up to 90%", "1e5 ms", "3 to 4", "١٢", "-.5", "-0", "9" * 400)) | names
    results = draw(
        st.lists(
            st.tuples(known, known | names, values, st.none() | known, st.none() | known, scores, places), max_size=3
        )
    )
    return Annotation(
        paper,
        tuple(entities),
        tuple(Relation(*relation, *place) for *relation, place in relations),
        tuple(Result(*result, *place) for *result, place in results),
    )


@st.composite
def vocabularies(draw):
    """Concepts that know each other, with every kind of fact; loops included."""
    found = {
        entity_id(type, name): (type, name)
        for type, name in draw(
            st.lists(st.tuples(st.sampled_from(ONTOLOGY.types), names | st.just("one for all")), max_size=5)
        )
    }
    ids = st.sampled_from(sorted(found)) if found else st.nothing()
    literals = st.sampled_from(
        [
            ("memoryGigabytes", 80), ("memoryGigabytes", 3.2e-05), ("powerWatts", 1e21), ("releaseDate", "2020-05"),
            ("releaseDate", "soon"), ("releaseDate", "2020"), ("higherIsBetter", True), ("memoryType", "HBM2|e"),
            ("country", ""), ("country", "2020"), ("parametersBillion", "many"), ("parametersBillion", "7"),
        ]
    )  # fmt: skip
    concepts = {}
    for id, (type, name) in found.items():
        links = draw(st.lists(st.tuples(st.sampled_from(("manufacturer", "madeBy", "partOf")), ids), max_size=2))
        facts = draw(st.lists(literals, max_size=3, unique=True)) + links
        concepts[id] = Concept(
            id=id,
            type=type,
            name=name,
            aliases=tuple(sorted(draw(st.sets(names, max_size=2)))),
            broader=tuple(sorted(draw(st.sets(ids, max_size=2)))),
            facts=tuple(sorted(set(facts), key=repr)),
            links=tuple(draw(st.sets(st.just("https://example.org/é?q=1#x"), max_size=1))),
        )
    return Vocabulary(dict(sorted(concepts.items())))
