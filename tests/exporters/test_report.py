import re

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kgraph.exporters.report import counts, escaped, generate_report, write_report
from kgraph.graph import Graph, in_memory, tally
from kgraph.model import Annotation, Entity, Paper
from kgraph.stages import Note, Skipped
from kgraph.text import clean
from tests.samples import FAST, sample_graph
from tests.strategies import NASTY

GITHUB = MarkdownIt("gfm-like", {"linkify": False})  # linkify needs another library; its links are looked for below


def section(report: str, title: str) -> list[str]:
    """The lines under a heading."""
    found = re.search(rf"^## {title}\n\n(.*?)(?:\n\n|\Z)", report, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title}"
    return found[1].splitlines()


def report_of(graph=None, **rest) -> str:
    return "\n".join(generate_report(tally(in_memory(graph or sample_graph())), **rest)) + "\n"


def test_what_there_is_is_counted():
    assert counts(tally(in_memory(sample_graph()))) == {
        "papers": 2,
        "entities": 8,
        "known_entities": 4,
        "mentions": 9,
        "roles": 7,
        "relations": 7,
        "results": 1,
    }


def test_the_report_tells_what_was_found():
    report = report_of()
    assert report.startswith("# What kgraph found\n\n|  | number |\n| --- | ---: |\n| papers | 2 |\n")
    assert section(report, "Types")[2:] == [
        "| Method | 2 | 2 | SlowConv, FastConv |",
        "| Dataset | 1 | 1 | MiniSet |",
        "| Metric | 1 | 0 | speedup |",
        "| Hardware | 3 | 2 | NVIDIA A100, GPU, accelerator |",
        "| Organization | 1 | 0 | NVIDIA |",
    ]
    assert section(report, "Most named")[2:4] == ["| NVIDIA A100 | Hardware | 2 |", "| SlowConv | Method | 2 |"]
    assert "| runsOn | 2 |" in "\n".join(section(report, "Roles of entities in papers"))
    assert [line.split(" | ")[:3] for line in section(report, "Relations between entities")[2:]] == [
        ["| runsOn", "2", "2"],
        ["| comparedWith", "1", "1"],
        ["| subclassOf", "1", "1"],
        ["| broader", "2", "0"],
        ["| manufacturer", "1", "0"],
    ]
    assert section(report, "Papers by year")[2:] == ["| 2023 | 1 |", "| 2024 | 1 |"]


def test_the_report_tells_what_was_read_skipped_decided_and_objected_to():
    report = report_of(
        inputs=[("b.jsonl", "JSON Lines", 1), ("a.txt", "Daily Papers listing", 2)],
        skipped=[
            Skipped("a.txt", 12, "the abstract is missing", "Half a paper"),
            Skipped("a.txt", 3, "it is 1,000,000 characters long"),
            Skipped("c.bin", None, "it is not text"),
        ],
        notes=[Note("a.txt", "the year 2024 is inferred from the dates printed with one")],
        findings=["method/x has no label"],
    )
    assert section(report, "Inputs")[2:] == ["| a.txt | Daily Papers listing | 2 |", "| b.jsonl | JSON Lines | 1 |"]
    assert section(report, "Skipped")[2:] == [
        "| a.txt:3 | it is 1,000,000 characters long |  |",
        "| a.txt:12 | the abstract is missing | Half a paper |",
        "| c.bin | it is not text |  |",
    ]
    assert section(report, "Notes")[2:] == ["| a.txt | the year 2024 is inferred from the dates printed with one |"]
    assert section(report, "Checks")[2:] == ["| method/x has no label |"]


def test_every_skipped_block_is_listed():
    skipped = [Skipped("a.txt", line, "the abstract is missing") for line in range(1, 5001)]
    assert len(section(report_of(skipped=reversed(skipped)), "Skipped")) == 5002


def test_what_there_is_none_of_is_said():
    report = report_of(Graph(networkx.MultiDiGraph(), ()))
    for title in ("Types", "Most named", "Papers by year", "Inputs", "Skipped", "Notes", "Checks"):
        assert section(report, title) == ["None."]


def test_papers_without_a_date_are_counted_too():
    graph = sample_graph(FAST, Annotation(Paper("2402.00002", "T", "A.")))
    assert section(report_of(graph), "Papers by year")[2:] == ["| not known | 1 |", "| 2024 | 1 |"]


def shown(markdown: str) -> str:
    """What a reader of the rendered Markdown sees in the first cell of a table."""
    html = GITHUB.render(f"| a |\n| --- |\n| {markdown} |\n")
    cells = re.findall(r"<td>(.*?)</td>", html, re.DOTALL)
    assert len(cells) == 1, html
    assert "<" not in cells[0]
    return re.sub(
        r"&(lt|gt|amp|quot);", lambda found: {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[found[1]], cells[0]
    )


@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from((*NASTY, "http://x.y", "www.x.y", "a@b.c", "- ", "1. ")), max_size=5).map(" ".join)
)
def test_any_text_is_shown_as_it_is(text):
    assert shown(escaped(text)) == " ".join(clean(text).split())


@pytest.mark.parametrize(
    "text", ["see http://evil.example", "HTTPS://x.y", "www.evil.example", "WWW.x.y", "a@b.example"]
)
def test_no_text_becomes_a_link(text):
    assert not re.search(r"https?://|www\.|\w@", escaped(text), re.IGNORECASE)


def test_no_name_can_add_markup_to_the_report():
    evil = "</td> | x |\n\n## Heading <img src=x onerror=alert(1)> [a](javascript:b) `c`"
    paper = Paper("2401.00001", "T", "A.")
    graph = sample_graph(Annotation(paper, (Entity(evil, "Method", "uses", 0.5, ()),)))
    report = report_of(graph, skipped=[Skipped(evil, 1, evil, evil)], notes=[Note(evil, evil)], findings=[evil])
    html = GITHUB.render(report)
    assert not re.search(r"<(img|a|code|script)\b", html)
    assert html.count("<h2>") == 9
    assert {len(re.findall("<td", row)) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)} <= {0, 1, 2, 3, 4}


def test_the_report_is_a_file_of_its_lines(tmp_path):
    path = write_report(tmp_path / "new", tally(in_memory(sample_graph())), notes=[Note("a", "b")])
    assert path == tmp_path / "new" / "report.md"
    assert path.read_text(encoding="utf-8") == report_of(notes=[Note("a", "b")])
