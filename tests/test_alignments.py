"""The names that code, queries and shapes use are those of the ontology; what it says of others' terms is there."""

import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kgraph.iri import KG
from kgraph.ontology import folder, load_ontology

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "ontologies"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, SKOS.ConceptScheme)

# Names that documentation invents in order to speak of what is not there.
INVENTED = {"runOn"}


@pytest.fixture(scope="module")
def ontology():
    return rdflib.Graph().parse(folder() / "kgraph.ttl")


def declared(ontology):
    terms = {term for kind in KINDS for term in ontology.subjects(RDF.type, kind)}
    return {str(term).removeprefix(KG) for term in terms if str(term).startswith(KG)}


def used(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    return set(re.findall(r"\bkg:([A-Za-z]\w*)", text)) | set(re.findall(r"\bKG \+ \"(\w+)\"", text))


def test_every_name_that_is_used_is_declared(ontology):
    files = [
        *(ROOT / "kgraph").rglob("*.py"),
        *(folder() / "queries").glob("*.rq"),
        folder() / "shapes.ttl",
        folder() / "kgraph.ttl",
    ]
    strange = {str(file.relative_to(ROOT)): used(file) - declared(ontology) - INVENTED for file in files}
    assert sum(len(used(file)) > 0 for file in files) > 25
    assert {file: names for file, names in strange.items() if names} == {}


def test_every_term_has_a_label_and_a_comment_in_english(ontology):
    assert len(declared(ontology)) > 60
    for name in declared(ontology):
        for property in (RDFS.label, RDFS.comment):
            texts = list(ontology.objects(rdflib.URIRef(KG + name), property))
            assert [text.language for text in texts] == ["en"], (name, property)


def test_every_property_says_what_it_links(ontology):
    annotations = set(ontology.subjects(RDF.type, OWL.AnnotationProperty))
    for property in {
        *ontology.subjects(RDF.type, OWL.ObjectProperty),
        *ontology.subjects(RDF.type, OWL.DatatypeProperty),
    }:
        assert property not in annotations
        assert ontology.value(property, RDFS.domain) is not None, property
        assert ontology.value(property, RDFS.range) is not None, property


def test_others_properties_do_not_take_the_place_of_ours():
    properties = load_ontology().properties
    assert properties["evaluatesOn"].parent == "mentions"
    assert properties["manufacturer"].parent == "madeBy"
    assert properties["partOf"].parent == ""


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the other ontologies are not beside the project")
def test_the_terms_of_others_exist(ontology):
    theirs = rdflib.Graph()
    for name, form in (
        ("MLSchema.ttl", "turtle"),
        ("fabio.ttl", "turtle"),
        ("linkedpaperswithcode-ontology.ttl", "turtle"),
        ("bibo.owl", "xml"),
    ):
        theirs.parse(SHARED / name, format=form)
    fair4ml = (SHARED / "fair4ml-0.1.0.jsonld").read_text(encoding="utf-8")
    spaces = ("fabio", "bibo", "mls#", "linkedpaperswithcode")
    named = {term for term in ontology.objects() if isinstance(term, rdflib.URIRef)}
    ours = {term for term in named if any(space in term for space in spaces)}
    assert len(ours) > 12
    assert ours - set(theirs.subjects()) == set()
    for term in named:
        prefix, found, name = term.partition("https://w3id.org/fair4ml#")
        assert not found or (prefix == "" and f'"fair4ml:{name}"' in fair4ml)
