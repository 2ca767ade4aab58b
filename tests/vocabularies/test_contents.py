"""What the shipped vocabularies hold."""

import re
from collections import Counter, defaultdict
from graphlib import TopologicalSorter

import pyoxigraph
import pytest

from kgraph.iri import entity_id
from kgraph.ontology import folder, load_ontology, load_vocabulary
from kgraph.text import normal_form
from vocabularies.build import FILES
from vocabularies.gazetteers import CC_BY_SA, SOURCES

CONCEPTS = load_vocabulary().concepts
FOLDER = folder() / "vocabulary"
DCTERMS = "http://purl.org/dc/terms/"
SOURCE = "https://w3id.org/kgraph/vocabulary/source#"


def named(type, name):
    id = load_vocabulary().named(type, name)
    return CONCEPTS[id] if id else None


def above(name):
    return {CONCEPTS[id].name for id in load_vocabulary().ancestors(named("Hardware", name).id)}


@pytest.mark.parametrize(
    ("type", "least"),
    [
        ("Dataset", 4000),
        ("Hardware", 2500),
        ("Method", 1000),
        ("Metric", 300),
        ("Organization", 1000),
        ("Software", 1000),
        ("Task", 1500),
    ],
)
def test_there_are_enough_of_each_type(type, least):
    assert Counter(concept.type for concept in CONCEPTS.values())[type] >= least


def test_the_tree_has_no_circle_and_no_loose_end():
    tree = {id: concept.broader for id, concept in CONCEPTS.items()}
    order = list(TopologicalSorter(tree).static_order())
    assert set(order) == set(CONCEPTS)


def test_a_concept_is_below_others_of_its_type():
    odd = [
        (id, above)
        for id, concept in CONCEPTS.items()
        for above in concept.broader
        if CONCEPTS[above].type != concept.type
    ]
    assert odd == []


def test_makers_are_organizations_that_are_there():
    made = [
        value for concept in CONCEPTS.values() for name, value in concept.facts if name in {"madeBy", "manufacturer"}
    ]
    assert len(made) > 1000
    assert {value for value in made if value not in CONCEPTS or CONCEPTS[value].type != "Organization"} == set()


def test_facts_fit_the_ontology():
    properties = load_ontology().properties
    for concept in CONCEPTS.values():
        for name, value in concept.facts:
            property = properties[name]
            assert not property.domain or concept.type in property.domain or "Entity" in property.domain, (
                concept.id,
                name,
            )
            assert not property.datatype.endswith("decimal") or isinstance(value, int | float), (concept.id, name)
            assert not property.datatype.endswith("boolean") or isinstance(value, bool), (concept.id, name)


def test_an_id_is_made_from_the_preferred_label():
    assert [id for id, concept in CONCEPTS.items() if id != entity_id(concept.type, concept.name)] == []


def test_a_label_has_one_owner():
    """Two concepts share a label only where context tells them apart, or where it never counts by itself."""
    owners = defaultdict(set)
    for concept in CONCEPTS.values():
        for label in (concept.name, *concept.aliases):
            if label not in concept.risky:
                owners[normal_form(label)].add(concept.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_no_label_is_a_letter_or_nothing():
    bare = {
        label
        for concept in CONCEPTS.values()
        for label in (concept.name, *concept.aliases)
        if label not in concept.risky and len(label) < 2
    }
    assert bare == set()


def test_risky_labels_have_context_that_can_be_met():
    for concept in CONCEPTS.values():
        assert all(re.fullmatch(r"\w+", word) and word == word.lower() for word in concept.context), concept.id
        assert not concept.context or concept.risky, concept.id


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("A100", "NVIDIA A100"),
        ("NVIDIA Tesla A100", "NVIDIA A100"),
        ("A100 80GB SXM", "NVIDIA A100 SXM4 80GB"),
        ("A100-SXM4-80GB", "NVIDIA A100 SXM4 80GB"),
        ("RTX 3090 24GB", "NVIDIA GeForce RTX 3090"),
        ("V100 32 GB", "NVIDIA V100 32GB"),
        ("Tesla A100", "NVIDIA A100"),
        ("A100-80GB", "NVIDIA A100 80GB"),
        ("A100 80GB", "NVIDIA A100 80GB"),
        ("RTX 4090", "NVIDIA GeForce RTX 4090"),
        ("GeForce RTX 4090", "NVIDIA GeForce RTX 4090"),
        ("Jetson AGX Orin", "NVIDIA Jetson AGX Orin"),
        ("MI300X", "AMD Instinct MI300X"),
        ("graphics processing unit", "GPU"),
        ("Zynq UltraScale+", "Xilinx Zynq UltraScale+ MPSoC"),
        ("Raspberry Pi 4 Model B", "Raspberry Pi 4"),
    ],
)
def test_hardware_is_found_by_what_authors_write(label, name):
    assert named("Hardware", label).name == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A100", "A10"),
        ("H100", "H200"),
        ("V100", "V100S"),
        ("L40", "L40S"),
        ("L4", "L40"),
        ("T4", "T4G"),
        ("RTX 4090", "RTX 4090 Laptop"),
        ("RTX 3080", "RTX 3080 Ti"),
        ("Jetson AGX Orin", "Jetson Orin Nano"),
        ("Jetson Xavier NX", "Jetson AGX Xavier"),
        ("MI250", "MI250X"),
        ("A100 40GB", "A100 80GB"),
        ("Raspberry Pi 4", "Raspberry Pi 5"),
        ("TPU v4", "TPU v5e"),
        ("Apple M1", "Apple M1 Max"),
        ("Ascend 910", "Ascend 910B"),
    ],
)
def test_products_that_must_not_be_one(one, other):
    assert named("Hardware", one)
    assert named("Hardware", other)
    assert named("Hardware", one).id != named("Hardware", other).id


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("NVIDIA A100", {"NVIDIA Ampere", "NVIDIA data center GPU", "GPU"}),
        ("NVIDIA A100 80GB", {"NVIDIA A100", "NVIDIA Ampere", "GPU"}),
        ("NVIDIA GeForce RTX 4090", {"NVIDIA Ada Lovelace", "NVIDIA GeForce RTX", "GPU"}),
        ("AMD Instinct MI300X", {"AMD CDNA 3", "GPU"}),
        ("Google TPU v4", {"TPU", "AI accelerator"}),
        ("Intel Xeon Platinum", {"Intel Xeon Scalable", "CPU"}),
        ("AMD Alveo U280", {"FPGA"}),
        ("Raspberry Pi 4", {"single-board computer"}),
        ("Frontier", {"supercomputer"}),
        ("HBM", {"memory"}),
        ("NVLink", {"interconnect"}),
        ("RISC-V", {"instruction set"}),
    ],
)
def test_hardware_is_a_tree(name, kinds):
    assert kinds <= above(name)


def test_consumer_boards_are_not_in_the_data_center():
    odd = [
        concept.name
        for concept in CONCEPTS.values()
        if "hardware/nvidia-data-center-gpu" in concept.broader
        and re.search("GeForce|Quadro|TITAN|Titan", concept.name)
    ]
    assert odd == []


def test_a_product_has_no_fact_in_which_its_variants_differ():
    a100, small, large = (dict(named("Hardware", name).facts) for name in ("A100", "A100 40GB", "A100 80GB"))
    assert "memoryGigabytes" not in a100
    assert (small["memoryGigabytes"], large["memoryGigabytes"]) == (40, 80)
    assert a100["manufacturer"] == "organization/nvidia"
    assert a100["processNanometres"] == 7


@pytest.mark.parametrize("code", ["V100", "T4", "L4", "A10", "P4", "M1", "K80", "4090"])
def test_bare_codes_need_context(code):
    owners = [concept for concept in CONCEPTS.values() if code in (concept.name, *concept.aliases, *concept.risky)]
    assert any(concept.type == "Hardware" for concept in owners)
    assert all(code in concept.risky and concept.context for concept in owners)


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("Alibaba-NLP", "Alibaba"),
        ("ByteDance-Seed", "ByteDance"),
        ("THUDM", "Zhipu AI"),
        ("deepseek-ai", "DeepSeek"),
        ("furiosa-ai", "FuriosaAI"),
        ("huggingface", "Hugging Face"),
        ("nvidia", "NVIDIA"),
        ("Qwen", "Qwen Team"),
        ("Massachusetts Institute of Technology", "MIT"),
        ("CMU", "Carnegie Mellon University"),
        ("ETH Zurich", "ETH Zurich"),
    ],
)
def test_organizations_are_found_by_handle_and_acronym(handle, name):
    assert named("Organization", handle).name == name


def test_models_have_maker_family_and_size():
    model = named("Method", "Llama 2 7B")
    assert model == named("Method", "LLaMA-2-7B")
    assert {"Llama 2", "Llama"} <= {CONCEPTS[id].name for id in load_vocabulary().ancestors(model.id)}
    assert {"madeBy": "organization/meta", "parametersBillion": 7}.items() <= dict(model.facts).items()


@pytest.mark.parametrize(
    ("name", "up", "unit"),
    [("latency", False, "ms"), ("accuracy", True, "%"), ("perplexity", False, None), ("TOPS/W", True, "TOPS/W")],
)
def test_metrics_have_direction_and_unit(name, up, unit):
    facts = dict(named("Metric", name).facts)
    assert facts["higherIsBetter"] is up
    assert facts.get("unitName") == unit


@pytest.mark.parametrize(
    ("type", "one", "same"),
    [
        ("Method", "LLM", "large language model"),
        ("Method", "MoE", "Mixture-of-Experts"),
        ("Method", "LoRA", "low-rank adaptation"),
        ("Method", "RAG", "retrieval-augmented generation"),
        ("Method", "HLS", "high-level synthesis"),
        ("Dataset", "MS COCO", "COCO"),
        ("Task", "NER", "named entity recognition"),
        ("Metric", "FPS", "frames per second"),
        ("Software", "sklearn", "scikit-learn"),
    ],
)
def test_acronyms_and_what_they_stand_for_are_one(type, one, same):
    assert named(type, one).id == named(type, same).id


def test_outside_links_lead_where_a_source_names_them():
    links = [link for concept in CONCEPTS.values() for link in concept.links]
    places = Counter(re.match(r"https?://[^/]+/", link)[0] for link in links)
    assert set(places) == {"http://dbpedia.org/", "https://github.com/", "https://pypi.org/"}
    assert named("Method", "Kalman filter").links == ("http://dbpedia.org/resource/Kalman_filter",)


def test_files_are_small_enough():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.ttl")) < 6_000_000


def test_the_files_are_those_that_are_built():
    assert {path.stem for path in FOLDER.glob("*.ttl")} == set(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_tells_its_licence_and_the_source_of_each_concept(name):
    """Share-alike data stand in files that are under the same licence, and in no others."""
    title, license = FILES[name]
    store = pyoxigraph.Store()
    store.load(path=FOLDER / f"{name}.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    scheme = pyoxigraph.NamedNode(f"https://w3id.org/kgraph/vocabulary/{name}")

    def about(subject, predicate):
        node = pyoxigraph.NamedNode(DCTERMS + predicate)
        return {quad.object.value for quad in store.quads_for_pattern(subject, node, None)}

    assert about(scheme, "title") == {title}
    assert about(scheme, "license") == {license}
    sources = {iri.removeprefix(SOURCE) for iri in about(scheme, "source")}
    shared = {source for source in sources if SOURCES[source].license == CC_BY_SA}
    assert shared == (sources - {"topics"} if license == CC_BY_SA else set())
    for source in sources:
        assert about(pyoxigraph.NamedNode(SOURCE + source), "license") <= {SOURCES[source].license}
    used = {quad.object.value for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(DCTERMS + "source"), None)}
    assert used == {SOURCE + source for source in sources}


@pytest.mark.parametrize("name", ["convolutional neural network", "dimensionality reduction", "Hopfield network"])
def test_nobody_made_a_technique(name):
    assert [fact for fact in named("Method", name).facts if fact[0] in {"madeBy", "releaseDate"}] == []
