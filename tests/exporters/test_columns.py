import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.exporters.columns import map_block, numbers, pack, text_block
from kgraph.exporters.scene import compose
from kgraph.ontology import load_ontology
from tests.exporters.pages import unpacked
from tests.field import field_graph
from tests.samples import FAST, sample_graph

ONTOLOGY = load_ontology()
KINDS = {"u1": (0, 2**8 - 1), "u2": (0, 2**16 - 1), "u4": (0, 2**32 - 1), "i4": (-(2**31), 2**31 - 1)}
TERMS = [
    (name, name) for name in dict.fromkeys((*ONTOLOGY.roles, *ONTOLOGY.predicates, *ONTOLOGY.properties, "broader"))
]
ABOUT = {"types": [{"name": name} for name in (*ONTOLOGY.types, "Paper")], "terms": TERMS}


def of(graph):
    return compose(graph, ontology=ONTOLOGY, nodes=1000, papers=1000)


def numbered(scene):
    return {node["name"]: number for number, node in enumerate(scene.nodes)}


@given(st.dictionaries(st.text(max_size=9), st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.tuples(st.just(kind), st.lists(st.integers(*KINDS[kind]), max_size=9))), max_size=5),
    st.dictionaries(st.text(max_size=9).filter(lambda key: key != "columns"), st.text(max_size=20), max_size=5),
)  # fmt: skip
def test_what_is_packed_comes_back(columns, about):
    packed = pack(about, columns)
    assert unpacked(packed.text) == (about, {name: values for name, (_, values) in columns.items()})
    assert packed == pack(about, columns)
    assert packed.size == len(gzip.decompress(base64.b64decode(packed.text)))


def test_numbers_too_large_for_their_column_are_clipped():
    assert unpacked(pack({}, {"x": ("u1", [-3, 400])}).text)[1] == {"x": [0, 255]}


@pytest.mark.parametrize("most", [1, 2**8 - 1, 2**8, 2**16 - 1, 2**16, 2**32 - 1])
def test_numbers_that_something_is_found_by_are_never_clipped(most):
    assert unpacked(pack({}, {"x": numbers("u1", [0, most])}).text)[1] == {"x": [0, most]}


def test_a_type_beyond_the_first_256_is_found_again():
    many = ABOUT | {"types": [{"name": f"Type{number}"} for number in range(300)] + ABOUT["types"]}
    scene = of(sample_graph())
    head, columns = unpacked(map_block(scene, many).text)
    assert [head["types"][type]["name"] for type in columns["type"]] == [node["type"] for node in scene.nodes]


def test_no_clock_is_in_a_block():
    assert gzip.decompress(base64.b64decode(pack({}).text))
    assert base64.b64decode(pack({}).text)[4:8] == b"\0\0\0\0"


def test_the_map_holds_every_node_and_every_link():
    scene = of(sample_graph())
    head, columns = unpacked(map_block(scene, ABOUT).text)
    assert head["ids"] == [node["id"] for node in scene.nodes]
    assert list(zip(columns["x"], columns["y"], strict=True)) == list(scene.layout.points)
    subjects = [sum(columns["subject"][: at + 1]) for at in range(len(columns["subject"]))]
    rows = zip(subjects, columns["object"], columns["term"], columns["score"], columns["stated"], strict=True)
    found = {(head["ids"][s], TERMS[t][0], head["ids"][o]): rest for s, o, t, *rest in rows}
    fast = f"paper/{FAST.paper.id}"
    assert found[fast, "proposes", "method/fastconv"] == [95, 1]
    assert found["method/slowconv", "runsOn", "hardware/nvidia-a100"] == [55, 1]
    assert found[fast, "submittedBy", "organization/nvidia"] == [100, 1]
    edges = [edge for edge in sample_graph().nx.edges(data="kind") if edge[2] != "result"]
    assert len(found) == len(edges)


def test_regions_have_names_and_outlines():
    head, columns = unpacked(map_block(of(field_graph(60)), ABOUT).text)
    assert set(columns["region"]) == set(range(len(head["regions"])))
    assert "Named throughout" in {region["name"] for region in head["regions"]}
    assert any("mapping" in region["name"] for region in head["regions"])
    assert all(len(region["outline"]) % 2 == 0 for region in head["regions"])


def test_the_texts_hold_what_the_map_does_not():
    scene = of(sample_graph())
    head, _ = unpacked(text_block(scene, ABOUT).text)
    numbers = numbered(scene)
    paper = head["nodes"][str(numbers[FAST.paper.title])]
    assert paper["abstract"] == FAST.paper.abstract
    text = f"{FAST.paper.title}\n{FAST.paper.abstract}"
    places = {scene.nodes[entity]["name"]: spans for entity, *spans in paper["entities"]}
    start, end = places["NVIDIA A100"]
    assert text[start:end] == "A100"
    runs = [numbers["FastConv"], [name for name, _ in TERMS].index("runsOn"), numbers["NVIDIA A100"], 85, 44, 114]
    assert runs in paper["relations"]
    board = head["nodes"][str(numbers["NVIDIA A100"])]
    assert ["memoryType", "HBM2", '"HBM2"'] in board["facts"]


def test_abstracts_are_bounded_and_those_of_papers_with_most_links_stay():
    scene = of(sample_graph())
    head, _ = unpacked(text_block(scene, ABOUT, text=len(FAST.paper.abstract)).text)
    told = [about for about in head["nodes"].values() if "abstract" in about]
    assert [about["abstract"] for about in told] == [FAST.paper.abstract]
