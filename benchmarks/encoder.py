"""The least that reading abstracts with the trained model can cost: its encoder alone, on the same pieces.

Run as a process of its own by :mod:`benchmarks.speed`. No heads, no vocabularies, no patterns; every
core takes texts of its own, as the pipeline does.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from kgraph.extraction.model.encoder import encode
from kgraph.extraction.model.loading import load_model
from kgraph.extraction.model.reading import cores
from kgraph.extraction.model.wordpieces import to_words
from kgraph.readers.reading import read
from kgraph.text import passage

model = load_model()
papers = read(sys.argv[1:]).papers
texts = to_words(
    model.tokenizer, [passage(paper.title, paper.abstract) for paper in papers], [len(paper.title) for paper in papers]
)
with ThreadPoolExecutor(cores()) as pool:
    made = list(pool.map(lambda text: encode(model.encoder, text, window=model.window), texts))
print(len(made), "papers")
