"""What an extraction depends on beside the text, as one digest: what was found with another is found anew."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kgraph.errors import ReadError

__all__ = ["CODE", "fingerprint"]

_HERE = Path(__file__).parent
CODE = ("completions.py", "iri.py", "model.py", "ontology.py", "sentences.py", "skos.py", "text.py", "vocabulary.py")
"""The modules beside this package that what is found depends on."""

_LIBRARIES = ("ahocorasick-rs", "numpy", "onnxruntime", "spacy", "tokenizers")
_QUOTED = re.compile(r'"([^"\n]+)"')


def fingerprint(config: Path | None, vocabulary: str) -> str:
    """The digest of an extraction: its code and configuration, the model's weights, a vocabulary's digest.

    Files that a configuration names count with what they hold. Of a component that is none of kgraph's
    only its name and settings are known here: who changes its code says so with ``--fresh``. Raises
    :class:`~kgraph.errors.ReadError` for a file that cannot be read.

    >>> fingerprint(None, "one") == fingerprint(None, "one"), fingerprint(None, "one") == fingerprint(None, "other")
    (True, False)
    """
    parts = [_code(), vocabulary, *map(_version, _LIBRARIES), *(_configured(config) if config else ())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    files = [*_HERE.rglob("*.py"), *_HERE.rglob("*.cfg"), *(_HERE.parent / name for name in CODE)]
    files += (_HERE.parent / "data" / "model").iterdir()
    return _contents(sorted(files))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _configured(config: Path) -> Iterator[str]:
    """Digests of a configuration, or of a model's folder, and of every file that the configuration names."""
    if config.is_dir():
        yield _contents(_files(config))
        return
    yield _contents([config])
    for named in sorted(set(_QUOTED.findall(config.read_text(encoding="utf-8", errors="replace")))):
        place = Path(named)
        if place.exists():
            yield named + _contents(_files(place))


def _files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else [place]


def _contents(files: list[Path]) -> str:
    whole = hashlib.sha256()
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise ReadError(str(file), None, f"cannot be read: {(error.strerror or str(error)).lower()}") from error
        whole.update(f"{file.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()
