"""The words that tell what an abstract does with the things it names, and where they stand.

An abstract argues in few and fixed words: *we propose*, *evaluated on*, *outperforms*. Each such
word is a *cue* of :data:`LEXICON`. :func:`read` puts a text's mentions and cues in order,
sentence by sentence, a mention being one token; what roles, relations and results are told by is
then a matter of which cue stands next to which mention. Words are looked up in a dictionary and
never matched by patterns with repetition, so that the cost is linear in any text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kgraph.model import Entity
from kgraph.sentences import sentence_spans

__all__ = ["LEXICON", "NUMBER", "Reading", "Sentence", "read"]

LEXICON: dict[str, str] = {
    "we": "we our ours",
    "paper": "paper work article report thesis letter here",
    "propose": "propose proposes proposed proposing present presents presented presenting introduce introduces "
    "introduced introducing develop develops developed developing devise devises devised designs designed "
    "create creates created release releases released contribute contributes establish establishes formulate "
    "construct constructs constructed",
    "name": "called named termed dubbed namely coined abbreviated denoted",
    "novel": "novel new first",
    "outperform": "outperform outperforms outperformed outperforming surpass surpasses surpassed surpassing exceed "
    "exceeds exceeded beat beats beating",
    "compare": "compare compares compared comparing comparison comparisons versus vs against relative unlike",
    "than": "than over",
    "standard": "standard vanilla baseline baselines state-of-the-art sota counterpart counterparts",
    "peers": "methods approaches alternatives competitors techniques models",
    "existing": "existing traditional conventional prior previous current currently alternative modern",
    "background": "recent recently many often typically widely emerging growing demand however despite challenge "
    "challenges challenging bottleneck bottlenecks limited require requires suffer suffers remain remains become "
    "becomes rely relies increasingly although rapid advances advancements emerged crucial critical essential due "
    "struggle struggles still but success promising",
    "achieve": "achieve achieves achieved achieving attain attains attained reach reaches reaching deliver delivers "
    "delivering yield yields yielding obtain obtains obtaining demonstrate demonstrates demonstrated demonstrating "
    "exhibit exhibits show shows showed shown",
    "improve": "reduce reduces reduced reducing improve improves improved improving increase increases increased "
    "increasing accelerate accelerates accelerating boost boosts boosting enhance enhances enhanced enhancing lowers "
    "lowering cut cuts cutting decrease decreases decreasing save saves saving minimize minimizes minimizing maximize "
    "maximizes maximizing speed speeds",
    "gain": "improvement improvements reduction reductions gain gains higher lower faster better superior loss drop "
    "degradation competitive comparable",
    "maintain": "maintain maintains maintaining preserve preserves preserving keep keeps keeping retain retains "
    "retaining sacrificing compromising",
    "evaluate": "evaluate evaluates evaluated evaluating evaluation evaluations experiment experiments test tests "
    "tested benchmarked validate validates validated validation results experimental assess assessed assessment",
    "data": "dataset datasets benchmark benchmarks corpus corpora suite",
    "train": "train trained training pretrained pre-trained fine-tuned finetuned",
    "run": "implement implements implemented implementation implementations deploy deployed deploying deployment run "
    "runs running execute executed execution prototype prototyped synthesized fabricated hardware platform platforms "
    "device devices edge single commodity",
    "use": "use uses used using leverage leverages leveraged leveraging employ employs employed employing utilize "
    "utilizes utilized utilizing adopt adopts adopted adopting apply applies applied applying combine combines "
    "combined combining integrate integrates integrated integrating incorporate incorporates incorporated "
    "incorporating exploit exploits exploiting via through upon based extend extends extended extending builds built "
    "powered equipped",
    "consist": "consist consists consisting comprise comprises comprising contain contains containing include includes "
    "module modules component components",
    "such": "such like e.g including eg i.e ranging",
    "address": "address addresses addressing tackle tackles tackling solve solves solving task tasks problem problems",
    "enable": "enable enables enabling support supports supporting facilitate facilitates facilitating",
    "application": "application applications scenarios domains workloads fields areas",
    "study": "how whether why understand understanding analysis analyze analyzes investigate investigates explore "
    "explores exploring examine examines study studies",
    "quality": "metrics terms constraints constraint requirements requirement trade-off trade-offs tradeoff balance "
    "low high significant substantial severe",
    "system": "framework method approach system model algorithm architecture technique mechanism strategy pipeline "
    "library tool accelerator scheme solution design",
    "is": "is are was were be being been",
    "has": "has have had having",
    "that": "that which where",
    "while": "while whereas without",
    "for": "for",
    "of": "of",
    "on": "on onto",
    "across": "across",
    "in": "in within into",
    "with": "with",
    "by": "by",
    "to": "to toward towards",
    "from": "from",
    "at": "at",
    "as": "as",
    "under": "under",
    "(": "(",
    ")": ")",
    ":": ": ;",
}
"""Each cue and its words, in lower case."""

NUMBER = "number"
"""The cue that a number is, and the signs of percent and multiplication."""

_CUES = {word: cue for cue, words in LEXICON.items() for word in words.split()}
_DIGITS = frozenset("0123456789%×")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]")
_READINGS_KEPT = 2  # the components of a pipeline read one text after each other


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of a sentence and the cue that each is, ``""`` for none.

    A token is a word in lower case, a number, a sign, or a whole mention: then ``tokens`` holds
    ``""``. ``mentions`` are pairs of the place among the tokens and the index of the entity.
    """

    start: int
    end: int
    tokens: tuple[str, ...]
    cues: tuple[str, ...]
    mentions: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences of a paper; the first is the title if ``titled``.

    ``proposal`` is the index of the sentence that says what the paper brings, the first that is
    not background.
    """

    sentences: tuple[Sentence, ...]
    titled: bool
    proposal: int


def read(text: str, title_end: int, entities: Sequence[Entity], marks: Sequence[tuple[int, int]] = ()) -> Reading:
    r"""The text in sentences, words and cues around the mentions of these entities.

    Other stretches of the text may be marked too: the first of ``marks`` is read like a mention of
    an entity number ``len(entities)``. Of what overlaps, that which begins first, then the longest,
    is read.

    >>> from kgraph.model import Mention
    >>> pruning = Entity("pruning", "Method", "mentions", 1.0, (Mention(18, 25, "pruning"),))
    >>> sentence = read("Small nets\nWe use pruning.", 10, [pruning]).sentences[1]
    >>> sentence.tokens, sentence.cues, sentence.mentions
    (('we', 'use', '', '.'), ('we', 'use', '', ''), ((2, 0),))
    """
    spans = [(m.start, -m.end, index) for index, entity in enumerate(entities) for m in entity.mentions]
    spans += [(start, -end, index) for index, (start, end) in enumerate(marks, len(entities))]
    return _read(text, title_end, tuple(sorted(spans)))


@lru_cache(maxsize=_READINGS_KEPT)
def _read(text: str, title_end: int, spans: tuple[tuple[int, int, int], ...]) -> Reading:
    sentences = []
    done = following = 0
    for start, end in sentence_spans(text, title_end):
        tokens: list[str] = []
        mentions: list[tuple[int, int]] = []
        done = max(done, start)
        while following < len(spans) and spans[following][0] < end:
            first, negative_last, index = spans[following]
            following += 1
            if first < done:
                continue
            tokens += _WORD.findall(text[done:first].lower())
            mentions.append((len(tokens), index))
            tokens.append("")
            done = -negative_last
        tokens += _WORD.findall(text[done:end].lower())
        cues = tuple([_CUES.get(token) or (NUMBER if token[:1] in _DIGITS else "") for token in tokens])
        sentences.append(Sentence(start, end, tuple(tokens), cues, tuple(mentions)))
    titled = bool(sentences) and sentences[0].end <= title_end
    return Reading(tuple(sentences), titled, _proposal(sentences, titled=titled))


def _proposal(sentences: Sequence[Sentence], *, titled: bool) -> int:
    """The first sentence with *we propose*, *this paper studies*; else with *we*; else the first."""
    opening = int(titled)
    for index, sentence in enumerate(sentences[opening:], opening):
        cues = sentence.cues
        for place, cue in enumerate(cues):
            if cue in {"we", "paper"} and not {"propose", "study"}.isdisjoint(cues[place + 1 : place + 6]):
                return index
    with_we = (index for index, sentence in enumerate(sentences[opening:], opening) if "we" in sentence.cues)
    return next(with_we, opening)
