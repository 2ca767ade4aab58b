"""What cue words say, in the numbers that the model's heads read."""

from __future__ import annotations

import numpy as np

from kgraph.extraction.model.cues import relation_cues, role_cues
from kgraph.model import Entity, Mention
from kgraph.ontology import load_ontology

TEXT = "Zip: fast parsing\nWe propose Zip for parsing."
ZIP = Entity("Zip", "Method", "", 1.0, (Mention(0, 3, "Zip"), Mention(29, 32, "Zip")))
PARSING = Entity("parsing", "Task", "", 1.0, (Mention(10, 17, "parsing"), Mention(37, 44, "parsing")))
ROLES, PREDICATES = load_ontology().roles, load_ontology().predicates


def test_roles():
    cues = role_cues(TEXT, 17, [ZIP, PARSING], frozenset(), ROLES)
    assert [ROLES[role] for role in cues.argmax(1)] == ["proposes", "addresses"]


def test_what_a_vocabulary_knows_is_hardly_proposed():
    proposes = ROLES.index("proposes")
    new, known = (role_cues(TEXT, 17, [ZIP, PARSING], names, ROLES)[0, proposes] for names in ((), {"Zip"}))
    assert known < new


def test_relations_and_their_direction():
    cues = role_cues(TEXT, 17, [ZIP, PARSING], frozenset(), ROLES)
    made = relation_cues(TEXT, 17, [ZIP, PARSING], cues, ROLES, PREDICATES)
    used = made[:, :, PREDICATES.index("usedFor")]
    assert used[0, 1] > used[1, 0]
    assert used[0, 0] == made.min()  # nothing is said of a thing and itself


def test_names_that_no_cue_speaks_for():
    assert not role_cues(TEXT, 17, [ZIP], frozenset(), ["inspires"]).any()
    made = relation_cues(TEXT, 17, [ZIP], np.zeros((1, 1), np.float32), ["inspires"], ["inspiredBy"])
    assert made.shape == (1, 1, 1)


def test_no_entities():
    cues = role_cues(TEXT, 17, [], frozenset(), ROLES)
    assert cues.shape == (0, len(ROLES))
    assert relation_cues(TEXT, 17, [], cues, ROLES, PREDICATES).shape == (0, 0, len(PREDICATES))
