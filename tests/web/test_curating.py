"""Decisions made in the browser: who may make them, what is written, and that the next build honours them."""

import json
import re
from urllib.parse import urlencode

import pytest

from kgraph.ontology import load_ontology
from kgraph.resolution.curation_file import read_curation


@pytest.fixture
def curator(edited):
    """Posts a decision as a page of the site would; what is named replaces a part of the request."""
    token = re.search(r"token=(\S+)", edited.printed[1])[1]
    entered = edited.ask(f"/curation/enter?token={token}")
    assert entered.status == 303
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert "SameSite=strict" in entered.headers["set-cookie"]
    cookie = entered.headers["set-cookie"].partition(";")[0]
    page = edited.ask("/id/hardware/fpga", Accept="text/html", Cookie=cookie)
    proof = re.search(r'name="proof" value="(\w+)"', page.text)[1]

    def decide(where="decide", headers=None, **given):
        fields = {
            "proof": proof,
            "action": "retype",
            "about": "hardware/fpga",
            "to": "Software",
            "reason": "a test",
        } | given
        usual = {"Cookie": cookie, "Origin": edited.address, "Content_Type": "application/x-www-form-urlencoded",
                 "Accept": "text/html"}  # fmt: skip
        named = {name: value for name, value in {**usual, **(headers or {})}.items() if value is not None}
        return edited.ask(f"/curation/{where}", "POST", urlencode(fields), **named)

    decide.cookie = cookie
    decide.file = edited.folder.parent / "curation.yaml"
    decide.served = edited
    return decide


def test_a_decision_is_written_shown_as_pending_and_can_be_withdrawn(curator):
    assert curator().headers["location"] == "/curation?decided=retype"
    (ruling,) = read_curation(curator.file, load_ontology()).rulings
    assert (ruling.action, ruling.about, ruling.to, ruling.reason) == (
        "retype",
        ("hardware/fpga",),
        "Software",
        "a test",
    )
    page = curator.served.ask("/curation", Accept="text/html", Cookie=curator.cookie).text
    assert re.search(r'Pending until the next build <span class="count">1</span>', page)
    assert curator("withdraw").status == 303
    assert read_curation(curator.file, load_ontology()).rulings == ()


def test_what_a_build_has_honoured_is_pending_no_more(curator):
    curator()
    manifest = {"settings": {"curation": curator.file.read_text()}}
    (curator.served.folder / "manifest.json").write_text(json.dumps(manifest))
    page = curator.served.ask("/curation", Accept="text/html", Cookie=curator.cookie).text
    assert re.search(r'Honoured by this build <span class="count">1</span>', page)


@pytest.mark.parametrize(
    "given",
    [
        {"action": "merge", "to": "hardware/gpu"},
        {"action": "split", "to": "hardware/fpga-board", "papers": "2401.00001, 2306.00002"},
        {"action": "rename", "to": "field-programmable gate array: é"},
        {"action": "ignore", "to": ""},
        {
            "action": "reject",
            "about": "method/tileflow runsOn hardware/nvidia-a100",
            "to": "",
            "papers": "paper/2401.00001",
        },
    ],
)
def test_every_kind_of_decision_can_be_made(curator, given):
    assert curator(**given).status == 303
    (ruling,) = read_curation(curator.file, load_ontology()).rulings
    assert ruling.action == given["action"]


def test_comments_and_entries_of_others_stay(curator):
    curator.file.write_text("# ours\n- ignore: hardware/gpu  # too broad\n  reason: no name\n# the end")
    curator()
    text = curator.file.read_text()
    assert text.startswith("# ours\n- ignore: hardware/gpu  # too broad\n  reason: no name\n# the end\n")
    assert curator("withdraw").status == 303
    assert curator.file.read_text().rstrip() == text.partition("\n\n- retype")[0]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"to": "Colour"}, "is no type"),
        ({"reason": "  "}, "needs a reason"),
        ({"about": "hardware/none"}, "give an id such as method/transformer"),
        ({"action": "merge", "to": "hardware/none"}, "give an id such as method/transformer"),
        ({"action": "merge", "to": "task/object-detection"}, "are of two types"),
        ({"action": "drop"}, "needs an action"),
        ({"papers": "2401.00001"}, "retype has no"),
    ],
)
def test_what_makes_no_sense_changes_nothing(curator, given, message):
    answer = curator(**given)
    assert answer.status == 400
    assert message in answer.text
    assert not curator.file.exists()


def test_a_contradiction_and_a_second_time_are_refused(curator):
    curator()
    before = curator.file.read_text()
    assert "decided already" in curator().text
    assert "cannot have both" in curator(action="ignore", to="").text
    assert curator.file.read_text() == before


def test_a_reason_is_text_whatever_it_holds(curator):
    reason = "# no: 'it' \"isn't\" - {a: [b]} &x *y !z <script>alert(1)</script> 2401.10"
    curator(reason=reason)
    assert read_curation(curator.file, load_ontology()).rulings[0].reason == reason
    page = curator.served.ask("/curation", Accept="text/html", Cookie=curator.cookie).text
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": None},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Cookie": "kgraph-curator=guess"},
        {"Cookie": None},
    ],
)
def test_only_whoever_has_the_token_and_only_from_this_site(curator, headers):
    assert curator(headers=headers).status == 403
    assert curator(proof="0" * 64).status == 403
    assert not curator.file.exists()


def test_without_the_token_nothing_is_shown(edited):
    assert edited.page("/curation").status == 403
    assert edited.page("/curation/enter?token=guess").status == 403
    assert "curation/decide" not in edited.page("/id/hardware/fpga").text


def test_a_file_that_is_damaged_is_left_as_it_is(curator):
    curator.file.write_text("- ignore: [\n")
    answer = curator()
    assert answer.status == 400
    assert "it is no YAML" in answer.text
    assert curator.file.read_text() == "- ignore: [\n"
