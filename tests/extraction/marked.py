"""Texts with their entities marked where they stand, so that a test shows at a glance what it is about."""

import re
from dataclasses import dataclass

from kgraph.model import Entity, Mention


@dataclass(frozen=True)
class Marked:
    text: str
    title_end: int
    entities: tuple[Entity, ...]

    def named(self, name):
        return next(entity for entity in self.entities if entity.name == name)


def marked(source):
    """``A title | We test {Zip:Method:proposes}. {Zip} is good.``: type and role stand at a name's first mention.

    The role is ``mentions`` where none is given; ``{Zips=Zip}`` is a mention of Zip in another form.
    """
    kinds, mentions, text = {}, {}, ""
    for piece in re.split(r"(\{[^}]+\})", source.replace(" | ", "\n")):
        if not piece.startswith("{"):
            text += piece
            continue
        form, *kind = piece[1:-1].split(":")
        form, _, name = form.partition("=")
        name = name or form
        kinds.setdefault(name, (*kind, "mentions")[:2] if kind else ("Method", "mentions"))
        mentions.setdefault(name, []).append(Mention(len(text), len(text) + len(form), form))
        text += form
    entities = [Entity(name, *kinds[name], 1.0, tuple(places)) for name, places in mentions.items()]
    return Marked(text, text.find("\n"), tuple(entities))
