"""What a text shows of two entities: which words stand between them, and how sure these make a relation."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kgraph.extraction.cues import LEXICON, NUMBER, Reading, Sentence
from kgraph.extraction.roles import main_proposal
from kgraph.model import Entity
from kgraph.text import normal_form

__all__ = ["WEIGHTS", "Pair", "observations"]

# fmt: off
WEIGHTS: dict[str, dict[str, float]] = {
    "runsOn": {
        "always": -4.6, "main subject": 1.6, "main > runsOn": 1.3, "on then object": 1.3, "no main": 1.1,
        "Software > Hardware": 0.9, "subject in title": 0.9, "Method > Hardware": 0.8, "run then object": 0.7,
        "subject follows": 0.3, "uses > uses": -0.7, "to then object": -1.0, "Hardware > Hardware": -1.8,
    },
    "usedFor": {
        "always": -1.9, "subject then :": 1.1, "no main": 1.0, "subject then enable": 1.0, "main subject": 0.9,
        "enable then object": 0.7, "for then object": 0.7, "main > addresses": 0.7, "subject then (": 0.6,
        "object follows": 0.5, "subject follows": 0.4, "subject in title": 0.3, "Hardware > Task": -0.8,
        "neither main": -0.9,
    },
    "evaluatedOn": {
        "always": -2.5, "Method > Dataset": 1.4, "subject in title": 1.0, "main > evaluatesOn": 0.9,
        "main subject": 0.8, "object then data": 0.6, "neither main": -1.1,
    },
    "trainedOn": {
        "always": -4.5, "main > trainsOn": 3.5, "uses > trainsOn": 3.5, "train then object": 2.5,
        "subject then train": 2.5, "on then object": 1.0,
    },
    "comparedWith": {
        "always": -7.8, "main > comparesWith": 3.1, "Hardware > Hardware": 2.3, "Software > Software": 2.3,
        "Method > Method": 2.2, "than then object": 2.2, "uses > comparesWith": 1.9, "proposes > comparesWith": 1.7,
        "runsOn > comparesWith": 1.6, "main subject": 1.4, "existing then object": 1.2, "subject then achieve": 1.2,
        "subject then outperform": 1.2, "standard then object": 1.1, "subject then improve": 1.0,
        "to then object": 1.0, "no main": 0.9, "outperform then object": 0.8, "subject in title": 0.7,
        "main object": -0.8, "object in title": -0.8,
    },
    "partOf": {
        "always": -6.4, "proposes > main": 2.7, "Hardware > Hardware": 2.4, "Method > Method": 2.0,
        "Method > Software": 2.0, "object then consist": 1.3, "use then subject": 1.3, "Software > Software": 1.2,
        "with then subject": 1.1, "object in title": 1.0, "object then propose": 1.0, ") then subject": 0.9,
        ": then subject": 0.9, "main object": 0.9, "object then address": 0.8, "of then object": 0.8,
        "propose then subject": 0.8, "object then that": 0.7, "uses > main": 0.6, "no main": 0.5,
        "object then system": 0.4, "neither main": -0.5, "object then achieve": -0.7, "( then object": -0.8,
        "for then subject": -0.8, "object then to": -0.8, "Metric > Method": -0.9, "comparesWith > main": -0.9,
        "subject in title": -1.5,
    },
    "subclassOf": {
        "always": -8.0, "subject ends with object": 3.5, "Hardware > Hardware": 3.3, "Method > Method": 2.7,
        "object then such": 2.2, "such then subject": 2.2, "as then subject": 2.1, "subject begins with object": 1.7,
        "object then peers": 1.6, "( then subject": 1.5, ": then subject": 1.4, "name then subject": 1.3,
        "Task > Task": 1.1, "object then (": 1.1, "object then run": 1.1, "addresses > addresses": 0.9,
        "main subject": 0.9, "novel then object": 0.9, "object in title": 0.9, ": then object": 0.7,
        "object follows": 0.7, "no main": 0.6, "main > uses": 0.4, "subject follows": 0.3, "main object": -0.7,
        "use then subject": -0.8, "of then subject": -0.9, "in then subject": -1.0, "subject follows in title": -1.4,
    },
    "basedOn": {
        "always": -5.9, "main subject": 1.9, "object-based subject": 1.6, "subject ends with object": 1.3,
        "use then object": 1.1, "proposes > uses": 1.0, "subject then novel": 0.9, "subject then use": 0.9,
        "Software > Software": 0.8, "main > uses": 0.8, "on then object": 0.8, "( then subject": 0.7,
        "Method > Method": 0.7, "no main": 0.7, "subject then system": 0.6, "object follows": 0.5,
        "use then subject": 0.5, "( then object": 0.4, "object in title": 0.4, "subject in title": 0.4,
        "subject follows": 0.3, "subject then (": 0.3, "main object": -0.6, "Hardware > Method": -0.7,
        "such then object": -0.9, "Method > Hardware": -1.1, "Software > Hardware": -1.1,
    },
    "madeBy": {
        "always": -2.0, "by then object": 1.5, "subject follows": 1.3,
    },
}
# fmt: on
"""For each predicate what speaks for it, in log-odds: ``always`` is where it begins.

Estimated once, on half of the annotated corpus, as the weights of :mod:`~kgraph.extraction.roles`;
those of ``trainedOn``, of which the corpus has too few, are set by hand.
"""

_REACH = 6  # a mention is paired with so many that follow it in the sentence: the cost stays linear
_LONGEST_NAME = 12  # words of a name that are compared with other names
_OF_NO_RELATION = frozenset({"mentions", "reports"})


class _Saying(NamedTuple):
    """What a cue between two mentions is called, by which of them it stands next to."""

    subject_then: str
    then_object: str
    object_then: str
    then_subject: str


_SAID = {
    cue: _Saying(f"subject then {cue}", f"{cue} then object", f"object then {cue}", f"{cue} then subject")
    for cue in (*LEXICON, NUMBER)
}


@dataclass(slots=True)
class Pair:
    """What is seen of a subject and an object: of both as such, and in each sentence that names them."""

    seen: set[str] = field(default_factory=set)
    sentences: dict[int, set[str]] = field(default_factory=dict)


def observations(reading: Reading, entities: Sequence[Entity]) -> dict[tuple[int, int], Pair]:
    """What can be seen of each (subject, object), in the words of :data:`WEIGHTS`.

    ``subject then CUE`` and ``CUE then object`` are the first and last cue between a subject and
    an object that follows it in a sentence, ``object then CUE`` and ``CUE then subject`` likewise
    the other way round; ``object follows`` and ``subject follows``: no mention between them;
    ``object-based subject``; ``subject ends with object`` compares their names. Roles stand in pairs,
    ``main`` being what the paper proposes first of all.
    """
    main = main_proposal(reading, entities)
    pairs: dict[tuple[int, int], Pair] = defaultdict(Pair)
    for number, sentence in enumerate(reading.sentences):
        _observe_sentence(number, sentence, pairs, title=reading.titled and number == 0)
    _observe_names(entities, pairs)
    if main is not None:
        for index, entity in enumerate(entities):
            if index != main and entity.role not in _OF_NO_RELATION:
                pairs.setdefault((main, index), Pair())
                pairs.setdefault((index, main), Pair())
    labels = ["main" if index == main else entity.role for index, entity in enumerate(entities)]
    in_title = {index for _, index in reading.sentences[0].mentions} if reading.titled and reading.sentences else set()
    for (subject, object), pair in pairs.items():
        pair.seen.add(f"{entities[subject].type} > {entities[object].type}")
        pair.seen.add(f"{labels[subject]} > {labels[object]}")
        pair.seen.add("main subject" if subject == main else "main object" if object == main else "neither main")
        if main is None:
            pair.seen.add("no main")
        if subject in in_title:
            pair.seen.add("subject in title")
        if object in in_title:
            pair.seen.add("object in title")
    return pairs


def _observe_sentence(number: int, sentence: Sentence, pairs: dict[tuple[int, int], Pair], *, title: bool) -> None:
    """Add what one sentence shows of every two mentions that stand near each other."""
    cues = [(at, cue) for at, cue in enumerate(sentence.cues) if cue]
    mentions = [(place, index, bisect_left(cues, (place,))) for place, index in sentence.mentions]
    for at, (place, one, opening) in enumerate(mentions):
        based = sentence.tokens[place + 1 : place + 3] == ("-", "based")
        for _, other, closing in mentions[at + 1 : at + 1 + _REACH]:
            if one == other:
                continue
            forward = pairs[one, other].sentences.setdefault(number, set())
            back = pairs[other, one].sentences.setdefault(number, set())
            if opening < closing:
                first, last = _SAID[cues[opening][1]], _SAID[cues[closing - 1][1]]
                forward.update((first.subject_then, last.then_object))
                back.update((first.object_then, last.then_subject))
            if title:
                forward.add("object follows in title")
                back.add("subject follows in title")
        if at + 1 < len(mentions) and (other := mentions[at + 1][1]) != one:
            pairs[one, other].sentences[number].add("object follows")
            pairs[other, one].sentences[number].add("subject follows")
            if based:
                pairs[other, one].sentences[number].add("object-based subject")


def _observe_names(entities: Sequence[Entity], pairs: dict[tuple[int, int], Pair]) -> None:
    """Add which names end or begin with which others: what is longer is often the special case."""
    named: dict[tuple[str, ...], int] = {}
    for index, entity in enumerate(entities):
        named.setdefault(tuple(normal_form(entity.name).split()), index)
    for name, index in named.items():
        for cut in range(1, min(len(name), _LONGEST_NAME)):
            for part, manner in ((name[cut:], "ends"), (name[:cut], "begins")):
                if (other := named.get(part)) is not None:
                    pairs[index, other].seen.add(f"subject {manner} with object")
