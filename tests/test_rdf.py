import io
import re
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare

from kgraph.errors import GraphNotFound, ReadError
from kgraph.graph import assemble
from kgraph.iri import KG
from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.ontology import folder, load_ontology
from kgraph.rdf import (
    evidence_triples,
    graph_from_rdf,
    graph_triples,
    prefixes,
    read_turtle,
    to_ntriples,
    to_rdflib,
    write_turtle,
)
from kgraph.rdf.terms import VOCABULARY, decimal, term, value
from kgraph.vocabulary import Concept, Vocabulary
from tests.samples import FAST, SLOW, sample_graph

BASE = "https://w3id.org/kgraph/id/"
HOSTILE = (
    'quotes " and \' and """',
    "lines\nand\ttabs",
    "back\\slash \\n \\u0041",
    "עברית وعربية \u202e turned",
    "emoji 👩‍🔬 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "controls \x00\x01\x1f\x7f\x85\r",
    "@en",
    '"^^<http://www.w3.org/2001/XMLSchema#integer>',
    "</script><img src=x onerror=alert(1)>",
    " ",
    "",
    "long " * 50_000,
)


def turtle(triples, **options) -> bytes:
    written = io.BytesIO()
    write_turtle(triples, written, **options)
    return written.getvalue()


def asked(graph, query: str) -> list[tuple[str, ...]]:
    """The rows that a query gives over both files."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in [*graph_triples(graph), *evidence_triples(graph)])
    return sorted(tuple(part.value for part in row) for row in store.query(query, prefixes=prefixes(graph.base_iri)))


def about(graph, node: str) -> dict[str, set[str]]:
    """What graph.ttl says of a node: the values of each property, both without their namespaces."""
    found: dict[str, set[str]] = {}
    for triple in graph_triples(graph):
        if triple.subject.value == BASE + node:
            name = re.split("[#/]", triple.predicate.value)[-1]
            found.setdefault(name, set()).add(triple.object.value.removeprefix(BASE).removeprefix(KG))
    return found


def test_a_paper_in_turtle():
    assert about(sample_graph(), "paper/2401.00001") == {
        "type": {"Paper"},
        "title": {FAST.paper.title},
        "abstract": {FAST.paper.abstract},
        "issued": {"2024-01-02"},
        "source": {"a.txt", "b.jsonl"},
        "authorCount": {"3"},
        "submittedAs": {"nvidia"},
        "submittedBy": {"organization/nvidia"},
        "proposes": {"method/fastconv"},
        "runsOn": {"hardware/nvidia-a100"},
        "comparesWith": {"method/slowconv"},
        "evaluatesOn": {"dataset/miniset"},
        "mentions": {"method/fastconv", "hardware/nvidia-a100", "method/slowconv", "dataset/miniset"},
    }


def test_an_entity_in_turtle():
    assert about(sample_graph(), "hardware/nvidia-a100") == {
        "type": {"Hardware"},
        "prefLabel": {"NVIDIA A100"},
        "altLabel": {"A100"},
        "inScheme": {"vocabulary"},
        "memoryGigabytes": {"40.0"},
        "memoryType": {"HBM2"},
        "releaseDate": {"2020-06"},
        "exactMatch": {"https://example.org/things/a100"},
        "broader": {"hardware/gpu"},
        "subclassOf": {"hardware/gpu"},
        "manufacturer": {"organization/nvidia"},
        "madeBy": {"organization/nvidia"},
    }


def test_a_result_in_turtle():
    assert about(sample_graph(), "paper/2401.00001#result-1") == {
        "type": {"Result"},
        "inPaper": {"paper/2401.00001"},
        "resultOf": {"method/fastconv"},
        "metric": {"metric/speedup"},
        "value": {"3.5x"},
        "numericValue": {"3.5"},
        "unit": {"x"},
        "measuredOn": {"hardware/nvidia-a100"},
        "versus": {"method/slowconv"},
    }


@pytest.mark.parametrize(
    ("date", "datatype"),
    [("2024-03-11", "date"), ("2024-03", "gYearMonth"), ("2024", "gYear"), ("soon", "string"), ("٢٠٢٤", "string")],
)
def test_a_date_is_as_exact_as_it_is_known(date, datatype):
    paper = Paper("2401.00001", "T", "A.", date=date)
    graph = assemble([Annotation(paper)], ontology=load_ontology(), vocabulary=Vocabulary())
    (issued,) = [triple.object for triple in graph_triples(graph) if triple.predicate.value.endswith("issued")]
    assert (issued.value, issued.datatype.value.rpartition("#")[2]) == (date, datatype)


def test_numbers_are_decimals_that_read_back_to_the_same_float():
    for number in (0.0, 0.1, 3.0, 1e22, 3.2e-05, 5e-324, 1.7976931348623157e308, -0.0, 0.1 + 0.2):
        literal = decimal(number)
        assert re.fullmatch(r"-?\d+(\.\d+)?", literal.value)
        assert repr(value(literal)) == repr(number)


def test_a_literal_is_of_its_propertys_range_or_plain_text():
    properties = load_ontology().properties
    known = {
        ("memoryGigabytes", 40.0): "decimal",
        ("memoryGigabytes", "much"): "string",
        ("memoryType", "2020"): "string",
        ("releaseDate", "2020"): "gYear",
        ("higherIsBetter", True): "boolean",
    }
    found = {key: term(key[1], properties[key[0]]).datatype.value.rpartition("#")[2] for key in known}
    assert found == known


def test_a_mention_is_addressed_by_its_characters():
    start = len(FAST.paper.title) + 1 + FAST.paper.abstract.index("A100")
    mention = f"{BASE}paper/2401.00001#char={start},{start + 4}"
    rows = asked(sample_graph(), f"SELECT ?name ?value WHERE {{ <{mention}> ?name ?value }}")
    assert {(re.split("[#/]", name)[-1], value.removeprefix(BASE)) for name, value in rows} == {
        ("type", KG + "Mention"),
        ("inPaper", "paper/2401.00001"),
        ("ofEntity", "hardware/nvidia-a100"),
        ("text", "A100"),
        ("start", str(start)),
        ("end", str(start + 4)),
        ("score", "0.9"),
    }


def test_one_pattern_asks_who_says_so_and_how_surely():
    query = """
        SELECT ?predicate ?object ?who ?score WHERE {
          ?statement rdf:subject hardware:nvidia-a100 ; rdf:predicate ?predicate ; rdf:object ?object ;
                     kg:inPaper|dcterms:source ?who ; kg:score ?score . }"""
    rows = asked(sample_graph(), query)
    assert [tuple(part.removeprefix(BASE).removeprefix(KG) for part in row) for row in rows] == [
        ("http://www.w3.org/2004/02/skos/core#broader", "hardware/gpu", "vocabulary", "1"),
        ("manufacturer", "organization/nvidia", "vocabulary", "1"),
        ("subclassOf", "hardware/gpu", "paper/7b7d35f5a579f877", "0.45"),
    ]


def test_a_role_leads_to_its_mentions_and_a_relation_to_its_sentence():
    role = """SELECT ?text ?start WHERE { ?statement rdf:predicate kg:uses ; kg:supportedBy ?mention .
              ?mention kg:text ?text ; kg:start ?start }"""
    first = len(SLOW.paper.title) + 1 + SLOW.paper.abstract.index("SlowConv")
    assert asked(sample_graph(), role) == [("SlowConv", "0"), ("SlowConv", str(first))]
    sentence = "SELECT ?start ?end WHERE { ?statement rdf:predicate kg:comparedWith ; kg:start ?start ; kg:end ?end }"
    assert asked(sample_graph(), sentence) == [("44", "114")]


def test_every_link_between_entities_has_a_statement_and_every_statement_a_link():
    links = """SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o . ?s skos:prefLabel ?a . ?o skos:prefLabel ?b .
               FILTER NOT EXISTS { ?s kg:manufacturer ?o . FILTER(?p = kg:madeBy) } }"""
    stated = """SELECT DISTINCT ?s ?p ?o WHERE { ?t rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
                ?s skos:prefLabel ?label }"""
    assert asked(sample_graph(), links) == asked(sample_graph(), stated) != []


def test_evidence_costs_a_constant_per_mention():
    def triples(mentions: int) -> int:
        text = "A100 " * mentions
        entity = Entity(
            "A100",
            "Hardware",
            "uses",
            0.5,
            tuple(Mention(5 * n + 2, 5 * n + 6, "A100") for n in range(mentions)),
        )
        annotation = Annotation(Paper("2401.00001", "T", text), (entity,))
        graph = assemble([annotation], ontology=load_ontology(), vocabulary=Vocabulary())
        return sum(1 for _ in evidence_triples(graph))

    assert [triples(n + 1) - triples(n) for n in (1, 2, 10)] == [8, 8, 8]


def test_the_files_know_no_blank_nodes_and_no_graphs():
    for triples in (graph_triples(sample_graph()), evidence_triples(sample_graph())):
        parsed = list(ox.parse(turtle(triples), format=ox.RdfFormat.TURTLE))
        assert parsed
        for quad in parsed:
            assert isinstance(quad.subject, ox.NamedNode)
            assert not isinstance(quad.object, ox.BlankNode)


def test_every_property_and_class_in_the_files_is_in_the_ontology_with_label_comment_domain_and_range():
    ontology = rdflib.Graph().parse(folder() / "kgraph.ttl")
    graph = sample_graph()
    properties, classes = set(), set()
    for triple in [*graph_triples(graph), *evidence_triples(graph)]:
        properties.add(triple.predicate.value)
        if triple.predicate.value.endswith("#type"):
            classes.add(triple.object.value)
    assert len({name for name in properties if name.startswith(KG)}) > 20
    wanted = (rdflib.RDFS.label, rdflib.RDFS.comment)
    for name in sorted(name for name in properties | classes if name.startswith(KG)):
        more = (rdflib.RDFS.domain, rdflib.RDFS.range) if name in properties else ()
        for told in (*wanted, *more):
            assert ontology.value(rdflib.URIRef(name), told) is not None, (name, told)


def test_turtle_begins_with_namespaces_in_full_and_abbreviates_papers_and_entities():
    text = turtle(graph_triples(sample_graph())).decode()
    head = text.split("\n\n")[0].splitlines()
    assert "@prefix kg: <https://w3id.org/kgraph/ontology#> ." in head
    assert f"@prefix hardware: <{BASE}hardware/> ." in head
    assert head == sorted(head)
    assert text.count("@prefix") == len(head) == len(prefixes(BASE))
    assert "hardware:nvidia-a100 a kg:Hardware ;" in text
    assert "paper:2401.00001 a kg:Paper ;" in text
    assert "skos:exactMatch <https://example.org/things/a100>" in text


def test_evidence_is_written_relative_to_the_base():
    text = turtle(evidence_triples(sample_graph()), relative=True).decode()
    head = text.split("\n\n")[0].splitlines()
    assert head[0] == f"@base <{BASE}> ."
    assert "@prefix kg: <https://w3id.org/kgraph/ontology#> ." in head
    assert text.count("@prefix") == len(head) - 1 == len(prefixes(BASE)) - 1
    assert "<paper/2401.00001#runsOn(hardware/nvidia-a100)> a rdf:Statement ;" in text
    assert "kg:ofEntity hardware:nvidia-a100 ;" in text


@pytest.mark.parametrize("base", ["https://example.org/field/", "urn:field:", "http://localhost:8000/paper/graph/"])
def test_another_base_moves_every_iri_and_comes_back(base):
    graph = sample_graph(base_iri=base)
    triples = [*graph_triples(graph), *evidence_triples(graph)]
    for relative in (False, True):
        written = turtle(triples, base_iri=base, relative=relative)
        assert [quad.triple for quad in ox.parse(written, format=ox.RdfFormat.TURTLE)] == triples
        assert set(rdflib.Graph().parse(data=written, format="turtle")) == set(to_rdflib(triples))
    assert not any(BASE in str(triple) for triple in triples)
    assert networkx.utils.graphs_equal(graph_from_rdf(triples), graph.nx)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_literals_are_equal_in_both_libraries_to_what_was_written(text):
    entity = Entity("X", "Method", "uses", 0.5, (), "method/x")
    paper = Paper("2401.00001", "T", text)
    graph = assemble([Annotation(paper, (entity,))], ontology=load_ontology(), vocabulary=Vocabulary())
    triples = list(graph_triples(graph))
    written = turtle(triples)
    assert [quad.triple for quad in ox.parse(written, format=ox.RdfFormat.TURTLE)] == triples
    subject, abstract = rdflib.URIRef(f"{BASE}paper/2401.00001"), rdflib.DCTERMS.abstract
    parsed, translated = rdflib.Graph().parse(data=written, format="turtle"), to_rdflib(triples)
    for found in (parsed, translated):
        literal = found.value(subject, abstract)
        assert literal == rdflib.Literal(text)
        assert literal != rdflib.Literal(text, datatype=rdflib.XSD.string)  # why terms are translated with care
        assert (literal.language, literal.datatype, str(literal)) == (None, None, text)
    assert set(parsed) == set(translated)


def test_rdflib_knows_the_prefixes():
    bound = dict(to_rdflib([], base_iri="https://example.org/").namespaces())
    assert str(bound["hardware"]) == "https://example.org/hardware/"
    assert str(bound["kg"]) == KG


def test_language_tags_and_blank_nodes_of_strangers_reach_rdflib():
    text = b'<http://a> <http://b> "x"@en , [ <http://c> true ] .'
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    expected = rdflib.Graph().parse(data=text, format="turtle")
    assert rdflib.compare.isomorphic(to_rdflib(triples), expected)


def test_graph_ttl_alone_gives_the_links_without_who_states_them():
    graph = sample_graph()
    alone = graph_from_rdf(graph_triples(graph))
    assert list(alone.edges(keys=True)) == list(graph.nx.edges(keys=True))
    assert alone.nodes["paper/2401.00001"] == graph.nx.nodes["paper/2401.00001"]
    assert alone.nodes["hardware/nvidia-a100"] == graph.nx.nodes["hardware/nvidia-a100"]
    assert alone.edges["method/fastconv", "hardware/nvidia-a100", "runsOn"] == {
        "kind": "relation",
        "papers": 0,
        "score": 1.0,
        "vocabulary": False,
    }


def test_what_is_made_and_manufactured_by_the_same_has_both_edges_only_where_both_are_stated():
    def edges(*facts):
        known = {
            "hardware/x": Concept("hardware/x", "Hardware", "X", facts=facts),
            "organization/y": Concept("organization/y", "Organization", "Y"),
        }
        named = Annotation(Paper("2401.00001", "T", "A."), (Entity("X", "Hardware", "uses", 0.5, (), "hardware/x"),))
        graph = assemble([named], ontology=load_ontology(), vocabulary=Vocabulary(known))
        back = graph_from_rdf([*graph_triples(graph), *evidence_triples(graph)])
        return [key for start, _, key in back.edges(keys=True) if start == "hardware/x"]

    made, manufactured = ("madeBy", "organization/y"), ("manufacturer", "organization/y")
    assert edges(manufactured) == ["manufacturer"]
    assert edges(made) == ["madeBy"]
    assert edges(made, manufactured) == ["madeBy", "manufacturer"]


def test_foreign_triples_are_passed_over():
    graph = sample_graph()
    more = b'<http://a> <http://b> "x" ; a <http://c> . [] a <https://w3id.org/kgraph/ontology#Mention> .'
    foreign = [quad.triple for quad in ox.parse(more, format=ox.RdfFormat.TURTLE)]
    back = graph_from_rdf([*foreign, *graph_triples(graph), *evidence_triples(graph)])
    assert networkx.utils.graphs_equal(back, graph.nx)


def test_a_graph_edited_by_hand_may_hold_what_its_datatypes_do_not():
    text = f"""
        @prefix kg: <{KG}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <{BASE}hardware/x> a kg:Hardware ; kg:powerWatts "much"^^xsd:decimal ; kg:partOf [ a kg:Hardware ] .
        <{BASE}paper/1> a kg:Paper ; kg:authorCount "few"^^xsd:integer ; kg:uses <{BASE}hardware/x> .
        <{BASE}paper/1#result-1> a kg:Result ; kg:inPaper <{BASE}paper/1> ; kg:score "high" ."""
    graph = graph_from_rdf(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert (graph.nodes["hardware/x"]["powerWatts"], graph.nodes["hardware/x"]["label"]) == ("much", "hardware/x")
    assert "authors" not in graph.nodes["paper/1"]
    assert graph.nodes["paper/1#result-1"]["score"] == 1.0
    assert list(graph.edges(keys=True)) == [
        ("paper/1", "hardware/x", "uses"),
        ("paper/1#result-1", "paper/1", "inPaper"),
    ]


def test_nothing_at_all_is_an_empty_graph(tmp_path):
    assert list(graph_from_rdf([])) == []
    (tmp_path / "graph.ttl").write_bytes(turtle([]))
    assert list(read_turtle(tmp_path / "graph.ttl")) == []


def test_a_damaged_file_is_told_with_its_line(tmp_path):
    path: Path = tmp_path / "graph.ttl"
    path.write_bytes(turtle(graph_triples(sample_graph()))[:-200])
    with pytest.raises(ReadError, match=r"graph\.ttl:\d+: it is no Turtle or damaged: ") as found:
        list(read_turtle(path))
    assert found.value.line == len(path.read_bytes().splitlines())
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReadError):
        list(read_turtle(path))
    with pytest.raises(GraphNotFound):
        list(read_turtle(tmp_path / "none.ttl"))
    with pytest.raises(ReadError, match="cannot be read"):
        list(read_turtle(tmp_path))


def test_what_a_vocabulary_knows_names_its_sources():
    nvidia = Concept("organization/nvidia", "Organization", "NVIDIA")
    a100 = Concept(
        "hardware/a100", "Hardware", "A100", facts=(("manufacturer", nvidia.id),), sources=("gpus", "https://a.b/c")
    )
    vocabulary = Vocabulary({a100.id: a100, nvidia.id: nvidia}, sources={"gpus": "GPUs (https://example.org/mit)"})
    paper = Paper("2401.00001", "T", "A.")
    annotation = Annotation(paper, (Entity("A100", "Hardware", "runsOn", 0.9, (), id=a100.id),))
    graph = assemble([annotation], ontology=load_ontology(), vocabulary=vocabulary)
    assert graph.nx.nodes[a100.id]["sources"] == "GPUs (https://example.org/mit)|https://a.b/c"
    [*said] = [t.object.value for t in evidence_triples(graph) if t.predicate.value.endswith("/source")]
    assert said == [VOCABULARY, "GPUs (https://example.org/mit)", "https://a.b/c"]
    read = graph_from_rdf([*graph_triples(graph), *evidence_triples(graph)])
    assert dict(read.nodes(data=True)) == dict(graph.nx.nodes(data=True))


def test_n_triples_are_the_same_triples_a_line_each(tmp_path):
    triples = list(evidence_triples(sample_graph()))
    (tmp_path / "evidence.ttl").write_bytes(turtle(triples, relative=True))
    written = to_ntriples(tmp_path / "evidence.ttl", tmp_path / "evidence.nt").read_bytes()
    assert written.splitlines() == [f"{triple} .".encode() for triple in triples]
    with pytest.raises(GraphNotFound):
        to_ntriples(tmp_path / "none.ttl", tmp_path / "none.nt")
    assert not (tmp_path / "none.nt").exists()
