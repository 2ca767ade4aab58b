"""What a good graph satisfies; each shape is broken once, and both engines find the same."""

import re
from collections import defaultdict
from functools import cache

import pyoxigraph
import pytest
from hypothesis import given

from kgraph.errors import GraphNotFound, ReadError
from kgraph.graph import assemble
from kgraph.iri import KG
from kgraph.ontology import folder, load_ontology
from kgraph.rdf import evidence_triples, graph_triples, write_turtle
from kgraph.validation import Finding, validate, validate_turtle
from kgraph.vocabulary import Vocabulary
from tests import small_graph
from tests.strategies import annotations, few

SHAPES = folder() / "shapes.ttl"
SH = "http://www.w3.org/ns/shacl#"
ID = "https://w3id.org/kgraph/id/"
PREFIXES = f"""@prefix kg: <{KG}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <{ID}> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix hardware: <{ID}hardware/> . @prefix task: <{ID}task/> .
@prefix method: <{ID}method/> . @prefix organization: <{ID}organization/> .
"""
GOOD = (
    PREFIXES
    + """
<paper/1> a kg:Paper ; dcterms:title "Title" ; dcterms:abstract "On a GPU." ; dcterms:issued "2024-03"^^xsd:gYearMonth ;
  kg:authorCount 3 ; kg:submittedBy organization:nvidia ; kg:submittedAs "nvidia" ; dcterms:source "a.txt" ;
  kg:runsOn hardware:gpu ; kg:proposes method:m ; kg:addresses task:t ; kg:mentions hardware:gpu , method:m , task:t .
hardware:gpu a kg:Hardware ; skos:prefLabel "GPU" ; skos:altLabel "graphics card" ;
  kg:manufacturer organization:nvidia ; kg:madeBy organization:nvidia ; skos:broader hardware:chip .
hardware:chip a kg:Hardware ; skos:prefLabel "chip" .
organization:nvidia a kg:Organization ; skos:prefLabel "NVIDIA" .
method:m a kg:Method ; skos:prefLabel "M" ; kg:usedFor task:t ; kg:runsOn hardware:gpu .
task:t a kg:Task ; skos:prefLabel "T" .
<metric/x> a kg:Metric ; skos:prefLabel "x" .
<paper/1#result-1> a kg:Result ; kg:inPaper <paper/1> ; kg:resultOf method:m ; kg:metric <metric/x> ; kg:value "3.5x" ;
  kg:numericValue 3.5 ; kg:unit "x" ; kg:measuredOn hardware:gpu ; kg:score 0.5 .
<paper/1#char=11,14> a kg:Mention ; kg:inPaper <paper/1> ; kg:ofEntity hardware:gpu ; kg:text "GPU" ;
  kg:start 11 ; kg:end 14 ; kg:score 0.9 .
<paper/1#runsOn(hardware/gpu)> a rdf:Statement ; rdf:subject <paper/1> ; rdf:predicate kg:runsOn ;
  rdf:object hardware:gpu ; kg:inPaper <paper/1> ; kg:score 1.0 ; kg:supportedBy <paper/1#char=11,14> .
"""
)

# What is changed in the good graph, and what should then be found: messages, each with its focus node.
# What is changed in the good graph (- old, + new), and what should then be found (! where, what).
BREACHES = """\
no title
- dcterms:title "Title" ;
! <paper/1> a paper has one title, and it is text
! <paper/1#char=11,14> the text of a mention stands in its paper, from its start to its end

two titles
- dcterms:title "Title"
+ dcterms:title "Title", "Other"
! <paper/1> a paper has one title, and it is text

a title in a language
- "Title"
+ "Title"@en
! <paper/1> a paper has one title, and it is text

no abstract
- dcterms:abstract "On a GPU." ;
! <paper/1> a paper has one abstract, and it is text
! <paper/1#char=11,14> the text of a mention stands in its paper, from its start to its end

an untyped date
- "2024-03"^^xsd:gYearMonth
+ "2024-03"
! <paper/1> a paper is of one date: a day, a month or a year, as exact as known

an impossible date
- "2024-03"^^xsd:gYearMonth
+ "2024-02-30"^^xsd:date
! <paper/1> a paper is of one date: a day, a month or a year, as exact as known

no authors
- kg:authorCount 3
+ kg:authorCount 0
! <paper/1> the number of authors is one whole number from 1

a source that is no name
- "a.txt"
+ <a.txt>
! <paper/1> the source of a paper is the name of an input

submitted by a task
- kg:submittedBy organization:nvidia
+ kg:submittedBy task:t
! <paper/1> a paper is submitted by one organization

two handles
- "nvidia"
+ "nvidia", "amd"
! <paper/1> a paper is submitted under one handle

a role without its mention
- kg:mentions hardware:gpu ,
+ kg:mentions
! <paper/1> an entity that plays a part in a paper is also one that the paper mentions

a task proposed that is none
- kg:addresses task:t
+ kg:addresses method:m
! <paper/1> a paper addresses tasks

a paper proposed
- kg:proposes method:m ;
+ kg:proposes method:m, <paper/1> ; kg:mentions <paper/1> ;
! <paper/1> a paper proposes entities
! <paper/1> what is mentioned is an entity

an entity of two types
- a kg:Task ;
+ a kg:Task , kg:Method ;
! <task/t> an entity is of exactly one of the seven types

an entity of a foreign type
- a kg:Metric ;
+ a kg:Quality ;
! <metric/x> an entity is of exactly one of the seven types
! <paper/1#result-1> a result is in terms of one metric

no label
- skos:prefLabel "x" .
+ skos:altLabel "x" .
! <metric/x> an entity has one label, and it is text

an alias that is the label
- "graphics card"
+ "GPU"
! <hardware/gpu> another name of an entity is text, and differs from its label

a match without an address
- skos:prefLabel "chip"
+ skos:prefLabel "chip" ; skos:exactMatch "Q1"
! <hardware/chip> what an entity matches outside is named by an IRI

broader than itself
- skos:prefLabel "chip"
+ skos:prefLabel "chip" ; skos:broader hardware:gpu
! <hardware/chip> no entity is broader than itself
! <hardware/gpu> no entity is broader than itself

runs on a task
- M" ; kg:usedFor task:t ; kg:runsOn hardware:gpu
+ M" ; kg:usedFor task:t ; kg:runsOn task:t
! <method/m> what something runs on is hardware or software

a task that runs
- "T" .
+ "T" ; kg:runsOn hardware:gpu .
! <task/t> papers, methods, software and hardware run on something

used for hardware
- kg:usedFor task:t
+ kg:usedFor hardware:gpu
! <method/m> what something is used for is a task

an organization that is used
- "NVIDIA" .
+ "NVIDIA" ; kg:usedFor task:t .
! <organization/nvidia> methods, software and hardware are used for something

evaluated on no data set
- "M" ;
+ "M" ; kg:evaluatedOn task:t ;
! <method/m> what something is evaluated on is a data set

a trained task
- "T" .
+ "T" ; kg:trainedOn task:t .
! <task/t> methods are trained
! <task/t> what something is trained on is a data set

compared with a paper
- "M" ;
+ "M" ; kg:comparedWith <paper/1> ;
! <method/m> what something is compared with is an entity

part of a paper
- "M" ;
+ "M" ; kg:partOf <paper/1> ;
! <method/m> what something is part of is an entity

a kind of a paper
- "M" ;
+ "M" ; kg:subclassOf <paper/1> ;
! <method/m> what something is a kind of is an entity

based on a task
- "M" ;
+ "M" ; kg:basedOn task:t ;
! <method/m> what something is based on is a method, software or hardware

made by a task
- "M" ;
+ "M" ; kg:madeBy task:t ;
! <method/m> makers are organizations

a manufacturer that did not make it
- kg:madeBy organization:nvidia ;
! <hardware/gpu> a manufacturer is also who made it (kg:madeBy)

the manufacturer of a method
- "M" ;
+ "M" ; kg:manufacturer organization:nvidia ; kg:madeBy organization:nvidia ;
! <method/m> hardware has a manufacturer

a result of nothing
- kg:resultOf method:m ;
! <paper/1#result-1> a result is of one entity

a result in terms of a task
- kg:metric <metric/x>
+ kg:metric task:t
! <paper/1#result-1> a result is in terms of one metric

a result without a value
- kg:value "3.5x" ;
! <paper/1#result-1> a result has one value, as printed

a number that is text
- kg:numericValue 3.5
+ kg:numericValue "3.5"
! <paper/1#result-1> the number in a result is one decimal

two units
- kg:unit "x"
+ kg:unit "x", "%"
! <paper/1#result-1> a result has at most one unit

measured on a paper
- kg:measuredOn hardware:gpu
+ kg:measuredOn <paper/1>
! <paper/1#result-1> a result is measured on one entity

relative to a paper
- kg:score 0.5
+ kg:versus <paper/1>
! <paper/1#result-1> a result is relative to one entity

a result in no paper
- a kg:Result ; kg:inPaper <paper/1>
+ a kg:Result ; kg:inPaper task:t
! <paper/1#result-1> a result stands in one paper

a mention that ends before it starts
- kg:end 14
+ kg:end 11
! <paper/1#char=11,14> a start is one whole number from 0, less than the end
! <paper/1#char=11,14> the text of a mention stands in its paper, from its start to its end

a mention beyond the text
- kg:start 11 ; kg:end 14
+ kg:start 111 ; kg:end 114
! <paper/1#char=11,14> the text of a mention stands in its paper, from its start to its end

a mention elsewhere
- kg:start 11 ; kg:end 14
+ kg:start 10 ; kg:end 13
! <paper/1#char=11,14> the text of a mention stands in its paper, from its start to its end

a mention of nothing
- kg:ofEntity hardware:gpu ;
! <paper/1#char=11,14> a mention names an entity

a mention without text
- kg:text "GPU" ;
! <paper/1#char=11,14> a mention has one text

a mention without a start
- kg:start 11 ;
! <paper/1#char=11,14> a mention has a start

an end that is text
- kg:end 14
+ kg:end "14"
! <paper/1#char=11,14> a start is one whole number from 0, less than the end
! <paper/1#char=11,14> an end is one whole number
! <paper/1#char=11,14> the text of a mention stands in its paper, from its start to its end

no score
- kg:score 0.9
+ dcterms:source "a"
! <paper/1#char=11,14> a mention has a score

a score of nought
- kg:score 0.9
+ kg:score 0.0
! <paper/1#char=11,14> a score is one decimal above 0 and up to 1

a score above one
- kg:score 1.0
+ kg:score 1.5
! <paper/1#runsOn(hardware/gpu)> a score is one decimal above 0 and up to 1

a statement of what is not so
- rdf:object hardware:gpu
+ rdf:object hardware:chip
! <paper/1#runsOn(hardware/gpu)> what a statement says is a fact of the graph

a statement of two things
- rdf:object hardware:gpu
+ rdf:object hardware:gpu, task:t
! <paper/1#runsOn(hardware/gpu)> a statement has one object
! <paper/1#runsOn(hardware/gpu)> what a statement says is a fact of the graph

a statement with a predicate of its own
- kg:runsOn hardware:gpu ; kg:proposes
+ kg:runsOn hardware:gpu ; kg:drivesOn hardware:gpu ; kg:proposes

a statement about a stray predicate
- rdf:predicate kg:runsOn
+ rdf:predicate kg:inPaper
! <paper/1#runsOn(hardware/gpu)> a statement has one predicate: a role, a relation, or what vocabularies say
! <paper/1#runsOn(hardware/gpu)> what a statement says is a fact of the graph

a statement that nobody makes
- kg:inPaper <paper/1> ; kg:score 1.0
+ kg:score 1.0
! <paper/1#runsOn(hardware/gpu)> a statement is a paper's or a vocabulary's

a statement supported by a paper
- kg:supportedBy <paper/1#char=11,14>
+ kg:supportedBy <paper/1>
! <paper/1#runsOn(hardware/gpu)> a statement is supported by mentions
"""


def breaches() -> dict[str, tuple[str, str, set[tuple[str, str]]]]:
    """The breaches by name: the old text, the new one, and what is found with its place."""
    found = {}
    for block in BREACHES.strip().split("\n\n"):
        name, *lines = block.split("\n")
        old, new = (next((line[2:] for line in lines if line.startswith(mark)), "") for mark in ("- ", "+ "))
        wanted = (re.fullmatch(r"! <(.*?)> (.*)", line) for line in lines if line.startswith("! "))
        found[name] = (old, new, {match.groups() for match in wanted})
    return found


def broken(name: str) -> str:
    old, new, _ = breaches()[name]
    assert GOOD.count(old) == 1, f"{old!r} is to stand once in the good graph"
    return GOOD.replace(old, new)


def pyshacl_findings(turtle: str) -> set[tuple[str, str, str]]:
    """Focus, value and message of what pySHACL finds."""
    import pyshacl
    import rdflib

    shapes, sh = rdflib.Graph().parse(SHAPES), rdflib.Namespace(SH)
    _, report, _ = pyshacl.validate(rdflib.Graph().parse(data=turtle, format="turtle"), shacl_graph=shapes)

    def text(node, property):
        term = report.value(node, sh[property])
        return "" if term is None else str(term)

    return {
        (text(node, "focusNode"), text(node, "value"), text(node, "resultMessage"))
        for node in report.objects(None, sh.result)
    }


def bare(term: str) -> str:
    """The term as rdflib prints it: without brackets, quotes and datatype."""
    return re.sub(r'^<(.*)>$|^"(.*?)"(?:@[\w-]+|\^\^<.*>)?$', lambda match: match[1] or match[2] or "", term)


def test_a_good_graph_has_no_findings():
    assert validate_turtle(GOOD) == []
    assert pyshacl_findings(GOOD) == set()


@pytest.mark.parametrize("name", breaches())
def test_a_breach_is_found_where_it_is(name):
    expected = breaches()[name][2]
    assert {
        (finding.focus[1:-1].removeprefix(ID), finding.message) for finding in validate_turtle(broken(name))
    } == expected


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", breaches())
def test_pyshacl_finds_the_same(name):
    ours = {(bare(f.focus), bare(f.value), f.message) for f in validate_turtle(broken(name))}
    assert ours == pyshacl_findings(broken(name))


def test_what_kgraph_writes_is_good(tmp_path):
    assert validate(small_graph.write(tmp_path)) == []
    assert validate(tmp_path / "graph.ttl") == []
    assert validate(small_graph.write(tmp_path / "other", base_iri="https://example.org/")) == []


@few
@given(annotations())
def test_whatever_papers_hold_the_form_of_the_graph_is_good(tmp_path_factory, annotation):
    graph = assemble([annotation], ontology=load_ontology(), vocabulary=Vocabulary())
    folder = tmp_path_factory.mktemp("any")
    for name, triples in (("graph.ttl", graph_triples), ("evidence.ttl", evidence_triples)):
        with (folder / name).open("wb") as stream:
            write_turtle(triples(graph), stream)
    # What links what is the annotation's own affair; all else is ours.
    assert [finding for finding in validate(folder) if finding.message not in links()] == []


def test_findings_are_sorted_and_say_all(tmp_path):
    (tmp_path / "graph.ttl").write_text(broken("two titles").replace("kg:authorCount 3", "kg:authorCount 0"))
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert validate(tmp_path) == [
        Finding(
            f"<{ID}paper/1>",
            "<http://purl.org/dc/terms/title>",
            "",
            "a paper has one title, and it is text",
            "Violation",
        ),
        Finding(
            f"<{ID}paper/1>",
            f"<{KG}authorCount>",
            f'"0"^^<{integer}>',
            "the number of authors is one whole number from 1",
            "Violation",
        ),
    ]


def test_where_there_is_no_graph_or_a_damaged_one_it_is_told(tmp_path):
    with pytest.raises(GraphNotFound):
        validate(tmp_path)
    small_graph.write(tmp_path)
    (tmp_path / "evidence.ttl").write_text("<http://a/>\n<http://b/> }")
    with pytest.raises(ReadError, match=r"evidence\.ttl:2: it is no Turtle or damaged"):
        validate(tmp_path)
    (tmp_path / "evidence.ttl").write_bytes(b"\xff\xfe")
    with pytest.raises(ReadError, match=r"evidence\.ttl"):
        validate(tmp_path)


# ---- what the shapes say of properties is what the ontology says


@cache
def shape_graph() -> dict[str, dict[str, list]]:
    """What is said of each node of the shapes, by the local name of the property."""
    index = defaultdict(lambda: defaultdict(list))
    for quad in pyoxigraph.parse(path=str(SHAPES), format=pyoxigraph.RdfFormat.TURTLE):
        index[str(quad.subject)][local(quad.predicate)].append(quad.object)
    return {subject: dict(about) for subject, about in index.items()}


def local(term) -> str:
    return re.split(r"[#/]", term.value)[-1]


def members(cell) -> list:
    """The members of an RDF list."""
    about = shape_graph().get(str(cell))
    return [about["first"][0], *members(about["rest"][0])] if about else []


def linking_shapes():
    """The shapes of roles and predicates, each with its property: those of what has it, and of what it links to."""
    ontology = load_ontology()
    names = {*ontology.roles, *ontology.predicates, "manufacturer", "broader"}
    for shape, about in shape_graph().items():
        for kind in ("targetSubjectsOf", "path"):
            if about.get(kind) and local(about[kind][0]) in names:
                yield local(about[kind][0]), kind, shape


def links() -> set[str]:
    """What is said of the ends of roles and predicates."""
    return {message.value for _, _, shape in linking_shapes() for message in shape_graph()[shape].get("message", ())}


def classes_allowed(shape: str) -> set[str]:
    """The classes that a shape asks for: one, any of several, or those of another shape."""
    about = shape_graph()[shape]
    alternatives = [*about.get("node", ()), *(member for cell in about.get("or", ()) for member in members(cell))]
    return {local(term) for term in about.get("class", ())}.union(*(classes_allowed(str(s)) for s in alternatives))


def test_every_role_and_predicate_has_the_domain_and_range_of_the_ontology():
    ontology = load_ontology()
    said = defaultdict(set)
    for name, kind, shape in linking_shapes():
        said[name, kind] |= classes_allowed(shape)
    for name in {*ontology.roles, *ontology.predicates, "manufacturer"}:
        domain, range = (
            {name for kind in classes for name in (ontology.types if kind == "Entity" else (kind,))}
            for classes in (ontology.properties[name].domain, ontology.properties[name].range)
        )
        assert said[name, "path"] == range, name
        assert (said[name, "targetSubjectsOf"] or {"Paper"}) == domain, name  # else in the paper's own shape


def test_a_statement_may_have_every_role_and_predicate():
    ontology = load_ontology()
    facts = {name for name in ontology.facts if not ontology.properties[name].literal}
    listed = [
        about["in"][0] for about in shape_graph().values() if [*map(local, about.get("path", ()))] == ["predicate"]
    ]
    names = {local(member) for member in members(listed[0])}
    assert names == {*ontology.roles, *ontology.predicates, *facts, "broader"}


def test_every_shape_of_values_says_what_should_be_so():
    saying = [about for about in shape_graph().values() if {"path", "select"} & set(about)]
    inside = [about for about in saying if "minCount" in about and len(about) == 2]  # the two halves of an xone
    assert len(saying) > 50
    assert len(inside) == 2
    assert [about for about in saying if "message" not in about and about not in inside] == []
