"""Plain questions: ``which methods run on RISC-V?`` turned into one of the named questions.

Offline, by the phrasings that the questions' own files list (:mod:`~kgraph.asking.phrasings`,
:mod:`~kgraph.asking.understanding`); or by a language model, whose SPARQL is checked before it runs
(:mod:`~kgraph.asking.language_model`). What is not understood is refused, with what may be asked instead.
"""

from kgraph.asking.understanding import Understood, understand

__all__ = ["Understood", "understand"]
