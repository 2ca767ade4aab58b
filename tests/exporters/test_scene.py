from dataclasses import replace

from kgraph.exporters.scene import PAPER, compose
from kgraph.ontology import load_ontology
from tests.field import TOPICS, field_graph
from tests.samples import FAST, sample_graph

ONTOLOGY = load_ontology()


def named(scene):
    return {node["name"]: number for number, node in enumerate(scene.nodes)}


def test_a_small_graph_is_drawn_whole():
    graph = sample_graph()
    scene = compose(graph, ontology=ONTOLOGY)
    nodes = [node for node, kind in graph.nx.nodes(data="kind") if kind != "result"]
    assert {node["id"] for node in scene.nodes} == set(nodes)
    assert scene.drawn == len(nodes) == len(scene.radii) == len(scene.layout.points)
    assert scene.totals == {"papers": 2, "nodes": len(nodes)}


def test_a_paper_is_told_with_its_mentions_relations_and_results():
    scene = compose(sample_graph(), ontology=ONTOLOGY)
    numbers = named(scene)
    paper = scene.nodes[numbers[FAST.paper.title]]
    text = f"{paper['name']}\n{paper['abstract']}"
    roles = {scene.nodes[entity]["name"]: (role, spans) for entity, role, _, spans in paper["entities"]}
    assert roles["NVIDIA A100"][0] == "runsOn"
    assert [text[start:end] for start, end in roles["NVIDIA A100"][1]] == ["A100"]
    assert roles["NVIDIA"] == ("submittedBy", [])
    fast, slow, board = (numbers[name] for name in ("FastConv", "SlowConv", "NVIDIA A100"))
    assert [fast, "runsOn", board, 0.85, 44, 114] in paper["relations"]
    assert paper["results"] == [[fast, numbers["speedup"], "3.5x", board, slow]]


def test_an_entity_is_told_with_its_names_and_facts():
    scene = compose(sample_graph(), ontology=ONTOLOGY)
    board = scene.nodes[named(scene)["NVIDIA A100"]]
    assert board["aliases"] == ["A100"]
    facts = {name: (shown, turtle) for name, shown, turtle in board["facts"]}
    assert facts["memoryGigabytes"] == ("40", '"40.0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    assert facts["releaseDate"][1].endswith("#gYearMonth>")
    assert board["links"] == ["https://example.org/things/a100"]
    assert board["papers"] == 2


def test_links_between_entities_know_who_says_them():
    scene = compose(sample_graph(), ontology=ONTOLOGY)
    numbers = named(scene)
    found = {(subject, object, predicate): rest for subject, object, predicate, *rest in scene.links}
    assert found[numbers["FastConv"], numbers["NVIDIA A100"], "runsOn"] == [1, 0.85, False]
    assert found[numbers["NVIDIA A100"], numbers["GPU"], "broader"][2] is True


def test_a_large_graph_shows_the_most_named_and_tells_the_rest():
    graph = field_graph(60)
    scene = compose(graph, ontology=ONTOLOGY, nodes=60)
    drawn = scene.nodes[: scene.drawn]
    papers = [node for node in drawn if node["type"] == PAPER]
    assert 50 < scene.drawn <= 60 < len(scene.nodes) == scene.totals["nodes"]
    assert 16 <= len(papers) <= 24
    assert {"Common Engine", *(f"{topic} mapping" for topic in TOPICS)} <= {node["name"] for node in drawn}
    least = min(node["papers"] for node in drawn if node["type"] != PAPER)
    assert all(node["papers"] <= least for node in scene.nodes[scene.drawn :] if node["type"] != PAPER)


def test_no_drawn_node_of_a_large_graph_stands_alone():
    scene = compose(field_graph(60), ontology=ONTOLOGY, nodes=40)
    hub = named(scene)["Common Engine"]
    assert {node for edge in scene.edges for node in edge} == set(range(scene.drawn)) - {hub}


def test_what_all_papers_name_stands_in_the_core_without_lines():
    scene = compose(field_graph(60), ontology=ONTOLOGY)
    hub = named(scene)["Common Engine"]
    assert hub in scene.layout.regions[0].members
    assert all(hub not in edge for edge in scene.edges)
    assert scene.radii[hub] == max(scene.radii)


def test_topics_are_islands():
    scene = compose(field_graph(60), ontology=ONTOLOGY)
    numbers = named(scene)
    island = {node: at for at, region in enumerate(scene.layout.regions) for node in region.members}
    assert len({island[numbers[f"{topic} mapping"]] for topic in TOPICS}) == len(TOPICS)
    assert all(island[numbers[f"{topic} mapping"]] == island[numbers[f"{topic} board"]] for topic in TOPICS)


def test_papers_told_are_bounded_and_their_contents_come_along():
    scene = compose(field_graph(60), ontology=ONTOLOGY, nodes=20, papers=12)
    papers = [node for node in scene.nodes if node["type"] == PAPER]
    assert len(papers) == 12
    assert all(len(paper["entities"]) == 6 and len(paper["results"]) == 1 for paper in papers)
    assert scene.totals["nodes"] > len(scene.nodes)


def test_a_region_is_called_by_what_says_most_of_it():
    scene = compose(field_graph(60), ontology=ONTOLOGY)
    assert len(scene.names) == len(scene.layout.regions)
    assert scene.names[0] == "Named throughout"
    for name, region in list(zip(scene.names, scene.layout.regions, strict=True))[1:]:
        members = {scene.nodes[node]["name"] for node in region.members}
        assert set(name.split(" · ")) <= members
    assert {f"{topic} mapping" for topic in TOPICS} <= {part for name in scene.names for part in name.split(" · ")}


def test_a_part_of_a_graph_can_be_drawn():
    graph = field_graph(20)
    part = replace(graph, nx=graph.nx.subgraph([*list(graph.nx)[:30]]).copy())
    scene = compose(part, ontology=ONTOLOGY)
    assert {node["id"] for node in scene.nodes} == {
        node for node, kind in part.nx.nodes(data="kind") if kind != "result"
    }
