"""Decisions written into ``curation.yaml``, and taken back: the file whole or as it was, comments and all.

What is written is read again before it replaces anything, so that a decision which contradicts
another, or could be read as something else, changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kgraph.errors import ReadError
from kgraph.files import write_whole
from kgraph.ontology import Ontology
from kgraph.resolution.curation import Curation, Ruling
from kgraph.resolution.curation_file import curation_in

__all__ = ["decide", "entry", "pending", "read_or_empty", "withdraw"]

_LEADS = {"merge": "into", "split": "into", "retype": "to", "rename": "to"}


def decide(path: Path, ruling: Ruling, ontology: Ontology) -> Curation:
    """Write a ruling behind those of the file, which is made where there is none; give all rulings.

    Raises :class:`~kgraph.errors.ReadError` for one that is no ruling, is there already or
    contradicts another, and :class:`~kgraph.errors.ExportError` where the file cannot be written.
    """
    before = _content(path)
    known = curation_in(before.encode(), str(path), ontology)
    if any(_same(ruling, other) for other in known.rulings):
        raise ReadError(str(path), None, "this has been decided already")
    text = f"{before.rstrip()}\n\n{entry(ruling)}".lstrip()
    after = curation_in(text.encode(), str(path), ontology)
    if len(after.rulings) != len(known.rulings) + 1 or not any(_same(ruling, other) for other in after.rulings):
        raise ReadError(str(path), None, "this decision cannot be written so that it is read as it is meant")
    write_whole(path, text)
    return after


def withdraw(path: Path, ruling: Ruling, ontology: Ontology) -> Curation:
    """Take the entry of a ruling out of the file; give the rulings that are left.

    Raises :class:`~kgraph.errors.ReadError` where it is not there (any more), or stands so that it
    cannot be taken out without touching others.
    """
    lines = _content(path).splitlines(keepends=True)
    known = curation_in("".join(lines).encode(), str(path), ontology)
    found = next((other for other in known.rulings if _same(ruling, other)), None)
    if found is None:
        raise ReadError(str(path), None, "this decision is not in the file any more")
    end = found.line
    while end < len(lines) and lines[end].startswith((" ", "\t")):
        end += 1
    text = "".join([*lines[: found.line - 1], *lines[end:]])
    after = curation_in(text.encode(), str(path), ontology)
    left = [other for other in known.rulings if replace(other, about=found.about) != found]  # but those of its entry
    if not (len(left) == len(after.rulings) and all(map(_same, left, after.rulings))):
        raise ReadError(str(path), found.line, "this entry cannot be taken out alone: edit the file by hand")
    write_whole(path, text)
    return after


def pending(path: Path, built_with: str, ontology: Ontology) -> tuple[Ruling, ...]:
    """The rulings of the file that the build, whose curation was that text, did not know yet; in the file's order."""
    done = curation_in(built_with.encode(), "the build's curation", ontology).rulings
    found = (r for r in read_or_empty(path, ontology).rulings if not any(_same(r, other) for other in done))
    return tuple(sorted(found, key=lambda ruling: ruling.line))


def read_or_empty(path: Path, ontology: Ontology) -> Curation:
    """The rulings of the file; none where there is no file yet."""
    return curation_in(_content(path).encode(), str(path), ontology)


def entry(ruling: Ruling) -> str:
    """The ruling as an entry of the file.

    >>> print(entry(Ruling("retype", ("method/pytorch",), "one installs it", to="Software")), end="")
    - retype: method/pytorch
      to: Software
      reason: one installs it
    """
    import yaml

    about = list(ruling.about) if ruling.action == "reject" else ruling.about[0]
    said: dict[str, object] = {ruling.action: about}
    said |= {name: sorted(held) for name, held in (("papers", ruling.papers), ("names", ruling.names)) if held}
    said |= {_LEADS[ruling.action]: ruling.to} if ruling.to else {}
    return str(yaml.safe_dump([said | {"reason": ruling.reason}], sort_keys=False, allow_unicode=True, width=110))


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ReadError(str(path), None, (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise ReadError(str(path), None, "it is no text in UTF-8") from error


def _same(ruling: Ruling, other: Ruling) -> bool:
    return replace(ruling, line=0) == replace(other, line=0)
