from pathlib import Path

from kgraph.readers.reading import read


def test_the_examples_are_read_without_a_loss():
    reading = read([Path(__file__).parents[2] / "examples" / "papers.txt"], strict=True)
    assert len(reading.papers) == 32
    assert sum(paper.date is None for paper in reading.papers) == 1
    assert sum((paper.date or "").startswith("2025") for paper in reading.papers) == 4
    assert {"nvidia", "google", "microsoft", "deepseek-ai"} < {paper.organization for paper in reading.papers}
    assert all(80 <= len(paper.abstract.split()) <= 150 for paper in reading.papers)
