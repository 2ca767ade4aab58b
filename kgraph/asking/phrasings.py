"""Phrasings: ways to put a question in plain words, and what they match.

A phrasing is a line such as ``which papers run on {hardware} [in {year}]``. A slot in braces takes a
parameter's value; ``[…]`` may be left out; ``(a|b)`` is either. Each word stands for its kind as
:data:`WORDS` lists them, in any form: *run on* also for *is deployed on*. Between words may stand what
carries no meaning of its own (:data:`FILLERS`). So few lines match many sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kgraph.errors import OntologyError

__all__ = ["FILLERS", "WORDS", "Match", "match"]

WORDS = {
    "anything": "anything anyone",
    "best": "best largest biggest highest greatest fastest top",
    "common": "common frequent popular widespread",
    "compared": "compared comparable",
    "datasets": "datasets dataset data~sets data~set benchmarks benchmark corpora corpus",
    "evaluated": "evaluated evaluate evaluates tested test tests measured measure assessed benchmarked validated",
    "evaluates": "evaluates evaluated tests tested",
    "faster": "faster quicker",
    "hardware": "hardware chips chip accelerators accelerator devices processors platforms products machines",
    "in": "in from of during",
    "kinds": "kinds types sorts families variants",
    "know": "know known",
    "like": "like similar~to close~to related~to",
    "make": "make makes made build builds built manufacture manufactures produce produces",
    "makes": "makes made builds manufactures produces sells",
    "methods": "methods method models model algorithms algorithm techniques approaches architectures systems networks",
    "name": "name names mention mentions mentioning naming discuss discusses cite talk~about speak~of use uses using",
    "named": "named mentioned discussed cited",
    "names": "names mentions uses discusses",
    "never": "never not",
    "often": "often frequently commonly",
    "organizations": "organizations organisations companies vendors makers",
    "over": "over through across",
    "papers": "papers paper works studies articles publications abstracts",
    "propose": "propose proposes proposing introduce introduces present presents contribute contributes",
    "proposed": "proposed introduced presented released published",
    "purpose": "purpose purposes",
    "release": "release releases releasing publish publishes open-source open-sources",
    "results": "results result scores figures numbers findings",
    "run": """run runs running ran work works executed executes execute deployed implemented accelerated evaluated
        measured""",
    "runs": "runs ran works",
    "say": "say says said states state claims claim",
    "sentences": "sentences sentence passages passage",
    "software": "software tools tool libraries library frameworks framework compilers packages programs toolkits",
    "solve": "solve solves address addresses tackle tackles do does perform performs serve serves handle",
    "speedups": "speedups speedup speed-ups speed-up speed~ups speed~up accelerations acceleration",
    "tasks": "tasks task problems problem applications",
    "use": "use uses using used run~on runs~on running~on",
    "used": "used employed applied good useful",
    "which": "which what whose any all every some",
    "who": "who which~papers which~paper what~papers",
    "with": "with to against and",
    "year": "year years annually",
    "years": "years time year",
}
"""What a word in a phrasing stands for; ``~`` joins the words of an expression."""

FILLERS = """a an the that which is are was were be been being has have had do does did there it they of any all
    ever one its their usually please you""".split()
"""Words that may stand anywhere between those of a phrasing."""

TYPES = {
    "Method": "methods method models model algorithms techniques approaches",
    "Task": "tasks task problems applications",
    "Dataset": "datasets dataset data~sets data~set benchmarks corpora",
    "Metric": "metrics metric measures",
    "Hardware": "hardware chips processors accelerators devices platforms",
    "Organization": "organizations organisations companies vendors universities labs",
    "Software": "software tools libraries frameworks compilers",
}
"""How people call the types of entities, many at once."""

_MONTHS = "january february march april may june july august september october november december".split()
_LEADING = re.compile(
    r"(?:(?:please|can you|could you|would you|i want to know|i would like to know|do you know|show|list|give|tell|name"
    r"|find|print|get|me|us|all|the|of|out)\s+)+",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\{(\w+)\}|([\[\](|)])|([^\s\[\](|){}]+)")
_TYPE_SLOTS = ("type", "with")
_DATE_SLOTS = {
    "year": r"(?:19|20)\d\d",
    "since": rf"(?:(?:{'|'.join(_MONTHS)})\s+)?(?:19|20)\d\d(?:-\d\d){{0,2}}",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A text as a phrasing reads it: what its slots hold, and how many words stand outside of them."""

    slots: dict[str, str]
    words: int


def match(phrasing: str, text: str) -> Match | None:
    """How the phrasing reads the text; None where it does not.

    >>> match("which papers run on {hardware} [in {year}]", "Show me papers that run on an A100 in 2024?")
    Match(slots={'hardware': 'A100', 'year': '2024'}, words=6)
    >>> match("which papers run on {hardware}", "Is it raining?") is None
    True
    """
    plain = re.sub(r"\s+", " ", text).strip(" ?!.;")
    whole = _LEADING.match(plain)
    for candidate in dict.fromkeys((plain, plain[whole.end() :] if whole else plain)):
        found = _pattern(phrasing).fullmatch(f"{candidate} ")
        if found:
            slots = {name: _value(name, value) for name, value in found.groupdict().items() if value}
            held = sum(len(value.split()) for name, value in found.groupdict().items() if value)
            return Match(slots, len(candidate.split()) - held)
    return None


@cache
def _pattern(phrasing: str) -> re.Pattern[str]:
    filler = rf"(?:(?:{'|'.join(FILLERS)})\s+)*+"
    written = f"{filler}"
    for slot, mark, word in _TOKEN.findall(phrasing):
        if mark:
            written += {"[": "(?:", "]": ")?", "(": "(?:", "|": "|", ")": ")"}[mark]
        elif word == "which":
            written += rf"(?:{_word(word)}\s+{filler})?"
        elif word not in FILLERS:
            written += rf"{_slot(slot) if slot else _word(word)}\s+{filler}"
    try:
        return re.compile(written, re.IGNORECASE)
    except re.error as error:
        raise OntologyError(f"a phrasing of a question cannot be read: {phrasing!r}: {error}") from error


def _word(word: str) -> str:
    forms = WORDS.get(word, word).split()
    either = "|".join(re.escape(form).replace("\\~", "~").replace("~", r"\s+") for form in forms)
    return rf"(?:{either})"


def _slot(name: str) -> str:
    if name in _DATE_SLOTS:
        return rf"(?P<{name}>{_DATE_SLOTS[name]})"
    if name in _TYPE_SLOTS:
        return rf"(?P<{name}>{'|'.join(_word_forms(names) for names in TYPES.values())})"
    return rf"(?P<{name}>\S.*?)"


def _word_forms(names: str) -> str:
    return "|".join(name.replace("~", r"\s+") for name in names.split())


def _value(slot: str, text: str) -> str:
    """What was said, as a parameter of that name takes it."""
    text = text.strip(" \"'“”‘’,")
    if slot in _TYPE_SLOTS:
        return next(type for type, names in TYPES.items() if re.fullmatch(_word_forms(names), text, re.IGNORECASE))
    if slot == "since":
        month, _, year = text.rpartition(" ")
        return f"{year}-{_MONTHS.index(month.casefold()) + 1:02d}" if month else year
    return re.sub(r"^(?:an?|the)\s+(?=\S)", "", text, flags=re.IGNORECASE)
