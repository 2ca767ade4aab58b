"""Papers kept from training, as a file of their own."""

from __future__ import annotations

import json

from kgraph.training.split import main
from tests.training.tiny import annotated_papers, write_papers


def test_the_papers_kept_apart_are_written_as_they_stand(tmp_path):
    papers = annotated_papers()
    gold = write_papers(tmp_path / "gold.jsonl", papers)
    main([str(gold), "--output", str(tmp_path / "apart.jsonl")])
    kept = [json.loads(line) for line in (tmp_path / "apart.jsonl").read_text().splitlines()]
    assert 0 < len(kept) < len(papers)
    assert kept == [paper for paper in papers if paper in kept]
