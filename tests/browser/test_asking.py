"""What can be asked of the picture: search, filters, focus, paths; and that the address holds it."""

import pytest

from kgraph.graph import assemble
from kgraph.model import Annotation, Entity, Paper
from kgraph.ontology import load_ontology
from tests import small_graph
from tests.browser.steps import answers, find, fragment, go, heading, rows, shown
from tests.field import field_graph
from tests.samples import FAST, SLOW, VOCABULARY, sample_graph

pytestmark = pytest.mark.browser
ONTOLOGY = load_ontology()


def choose(page, label, value):
    page.locator(f'#filters label:has-text("{label}") select').select_option(value)


def test_search_finds_names_and_aliases_and_opens_the_panel(opened):
    page = opened(sample_graph())
    page.keyboard.press("/")
    page.keyboard.type("graphics proc")
    assert answers(page) == ["GPU graphics processing unit"]
    page.keyboard.press("Enter")
    assert heading(page) == "GPU"
    assert "also: graphics processing unit" in page.text_content("#panel")


def test_the_list_of_names_is_walked_with_the_arrows(opened):
    page = opened(sample_graph())
    page.keyboard.press("/")
    page.keyboard.type("conv")
    names = answers(page)
    assert set(names[:2]) == {"FastConv", "SlowConv"}
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#search input", "aria-activedescendant")
    assert page.locator(f"#{active} .found-name").text_content() == names[1]
    assert page.locator("#search [aria-selected=true]").count() == 1
    page.keyboard.press("Enter")
    assert heading(page) == names[1]
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")


def test_a_whole_alias_of_a_thing_named_often_comes_before_a_rare_name(opened):
    rare = Annotation(Paper("8", "Rare", "A100."), (Entity("A100", "Method", "mentions", 0.5, (), "method/a100"),))
    page = opened(assemble([FAST, SLOW, rare], ontology=ONTOLOGY, vocabulary=VOCABULARY))
    page.keyboard.press("/")
    page.keyboard.type("a100")
    assert answers(page)[:2] == ["NVIDIA A100", "A100"]


def test_search_for_nothing_known_says_so(opened):
    page = opened(sample_graph())
    find(page, "no such thing anywhere")
    assert page.text_content("#search [role=listbox]") == "Nothing of that name"
    assert page.is_hidden("#panel")


def test_the_legend_hides_a_type_and_shows_it_again(opened):
    page = opened(field_graph(30))
    button = page.locator("#legend [data-type=Method]")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert (shown(page), fragment(page)) == (121 - 30, {"without": "Method"})
    find(page, "TideNet-0")
    assert button.get_attribute("aria-pressed") == "true", "what was asked for by name is shown again"
    assert shown(page) == 121


def test_years_papers_confidence_and_roles_narrow_what_is_shown(opened, keep):
    page = opened(small_graph.graph())
    everything = shown(page)
    page.click("#open-filters")
    choose(page, "From", "2024")
    assert fragment(page) == {"years": "2024-2025"}
    assert {"TileFlow", "FlowKit"} < set(rows(page))
    assert "BoardNet" not in rows(page)
    assert "A survey of chips" not in rows(page), "its year is not known"
    page.click("#open-filters")
    choose(page, "Named by", "2")
    assert set(rows(page)) == {
        "TileFlow", "PlainAttention", "speedup",
        "FlowKit: a toolkit for detectors", "TileFlow: attention by tiles",
    }  # fmt: skip
    page.click("#open-filters")
    keep(page, "filters")
    page.click("text=Show everything")
    assert (shown(page), fragment(page)) == (everything, {})
    page.locator("#filters").get_by_label("proposes").check()
    assert fragment(page) == {"role": "proposes"}
    assert {"TileFlow", "BoardNet", "FlowKit"} == {name for name in rows(page) if ":" not in name}
    page.click("#open-filters")
    page.locator("#filters").get_by_label("proposes").uncheck()
    choose(page, "Confidence", "90")
    assert 0 < shown(page) <= everything
    assert page.text_content("#open-filters") == "Filters1 set"


def test_a_community_can_be_asked_for(opened):
    page = opened(field_graph(60))
    page.click("#open-filters")
    field = page.locator('#filters label:has-text("Community") select')
    names = field.locator("option").all_text_contents()
    assert names[:2] == ["all", "Named throughout"]
    field.select_option(label=next(name for name in names if "reef" in name))
    assert 0 < shown(page) < 100
    assert any("reef" in name for name in rows(page))
    assert fragment(page)["only"] == "region"


def test_what_most_papers_name_is_hidden_with_one_switch(opened):
    page = opened(field_graph(60))
    page.click("#open-filters")
    page.get_by_label("Hide what most papers name").check()
    assert fragment(page) == {"hubs": "off"}
    assert "Common Engine" not in rows(page)
    page.click("#open-filters")
    page.get_by_label("Hide what most papers name").uncheck()
    assert rows(page)[0] == "Common Engine"


def test_a_focus_shows_what_is_one_or_two_links_away(opened, keep):
    page = opened(field_graph(60))
    find(page, "TideNet-0")
    page.click("text=Only 1 link away")
    assert set(rows(page)) == {"TideNet-0", "TideNet-0: charting the tide", "tide mapping"}
    assert fragment(page) == {"node": "method/tidenet-0", "hops": "1"}
    page.click("text=Up to 2 links")
    two = set(rows(page))
    assert {"tide board", "TideNet-10", "TideSet-0", "Common Engine"} < two
    assert "ReefNet-4" not in two, "no walk goes through what every paper names"
    keep(page, "focus")
    page.click("text=Up to 2 links")
    assert shown(page) > len(two)


def test_a_path_leads_from_one_to_another(opened, keep):
    page = opened(small_graph.graph())
    find(page, "LongText")
    page.locator("#panel .finder input").fill("object det")
    page.locator("#panel .finder input").press("Enter")
    assert heading(page) == "Path"
    steps = page.locator("#panel .path li .name").all_text_contents()
    assert (steps[0], steps[-1], len(steps)) == ("LongText", "object detection", 3)
    assert fragment(page) == {"node": "dataset/longtext", "to": "task/object-detection"}
    assert set(rows(page)) == set(steps)
    keep(page, "path")
    page.click("text=Close the path")
    assert heading(page) == "LongText"


def test_where_no_path_leads_it_says_so(opened):
    lone = Annotation(Paper("8", "Alone", "Nothing."))
    page = opened(assemble([FAST, lone], ontology=ONTOLOGY, vocabulary=VOCABULARY), "node=paper/8&to=method/fastconv")
    assert "No path leads" in page.text_content("#panel")


def test_an_address_brings_back_the_view(opened, keep):
    address = "node=hardware/nvidia-a100&hops=1&without=Dataset&years=2023-2024&sure=50&hubs=off&at=10,20,1.5"
    page = opened(sample_graph(), address)
    assert heading(page) == "NVIDIA A100"
    assert page.locator("#legend [data-type=Dataset]").get_attribute("aria-pressed") == "false"
    assert page.locator("text=Only 1 link away").get_attribute("aria-pressed") == "true"
    page.click("#open-filters")
    assert page.locator('#filters label:has-text("Confidence") select').input_value() == "50"
    page.keyboard.press("Escape")
    page.locator("#legend [data-type=Dataset]").click()
    left = dict(part.split("=", 1) for part in page.evaluate("location.hash").lstrip("#").split("&"))
    assert left == {
        "node": "hardware/nvidia-a100",
        "hops": "1",
        "years": "2023-2024",
        "sure": "50",
        "hubs": "off",
        "at": "10,20,1.5",
    }


@pytest.mark.parametrize(
    "address",
    [
        "node=no/such",
        "hops=99&node=x&to=y",
        "years=abc&papers=-1&sure=1e9",
        "at=NaN,1,2",
        "region=999999",
        "%%%",
        "role=%00",
    ],
)
def test_an_address_of_nonsense_shows_what_there_is(address, opened):
    page = opened(sample_graph(), address)
    assert shown(page) >= 0
    go(page, "node=hardware/nvidia-a100")
    assert heading(page) == "NVIDIA A100"


def test_back_and_forth_between_addresses(opened):
    page = opened(sample_graph())
    for node, name in (("method/fastconv", "FastConv"), ("hardware/gpu", "GPU")):
        go(page, f"node={node}")
        assert heading(page) == name
    page.go_back()
    page.wait_for_timeout(50)
    assert heading(page) == "FastConv"
    find(page, "gpu")
    assert heading(page) == "GPU"
    page.go_back()
    page.wait_for_timeout(50)
    assert heading(page) == "FastConv"
    page.go_forward()
    page.wait_for_timeout(50)
    assert heading(page) == "GPU"
