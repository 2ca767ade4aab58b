"""The search over papers and entities: ranked, by beginnings of words, and forgiving slips of the pen."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from kgraph.web.catalogue import NODE, Catalogue, Node, Page

__all__ = ["search"]

_MOST_WORDS = 12
_LIKE = 0.72  # of the letters of two words, in their order
_SHORT = 4  # letters; shorter words are too like each other


def search(catalogue: Catalogue, text: str, type: str = "", *, start: int = 0, most: int = 20) -> Page:
    """What is called so, or speaks of it: first what bears that very name, then by BM25 and by how many papers name it.

    Names count more than abstracts. Every word must be met, the last may be the beginning of one;
    where nothing is found, words that nobody wrote are brought to the likeliest that somebody did.
    """
    words = re.findall(r"\w+", text)[:_MOST_WORDS]
    page = _found(catalogue, words, type, start, most)
    if page.total or not words:
        return page
    corrected = [_corrected(catalogue, word.lower()) for word in words]
    again = _found(catalogue, corrected, type, start, most)
    return Page(again.members, start, again.total, " ".join(corrected)) if again.total else page


def _found(catalogue: Catalogue, words: Sequence[str], type: str, start: int, most: int) -> Page:
    if not words:
        return Page((), start, 0)
    match = " ".join(f'"{word}"' for word in words) + "*"
    of_type, values = ("AND node.type = ?", (type,)) if type else ("", ())
    where = f"FROM text JOIN node ON node.n = text.rowid WHERE text MATCH ? {of_type}"
    total = catalogue.rows(f"SELECT COUNT(*) {where}", match, *values)[0][0]
    rows = catalogue.rows(
        f"""SELECT {NODE} {where}
            ORDER BY LOWER(node.label) <> ?, bm25(text, 8.0, 1.0) - MIN(node.papers, 60) / 10.0, node.n
            LIMIT ? OFFSET ?""",
        *(match, *values, " ".join(words).lower(), most, start),
    )
    return Page(tuple(Node(*row) for row in rows), start, total)


def _corrected(catalogue: Catalogue, word: str) -> str:
    """The word, where somebody wrote it; else the one most like it, of those that share letters with it."""
    if len(word) < _SHORT or catalogue.rows("SELECT 1 FROM vocabulary WHERE term = ?", word):
        return word
    trigrams = dict.fromkeys(word[place : place + 3] for place in range(len(word) - 2))
    match = " OR ".join(f'"{trigram}"' for trigram in trigrams)
    near = catalogue.rows("SELECT term FROM word WHERE term MATCH ? ORDER BY rank LIMIT 200", match)
    return next(iter(difflib.get_close_matches(word, [term for (term,) in near], n=1, cutoff=_LIKE)), word)
