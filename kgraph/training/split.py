"""Which annotated papers are kept from training, to stop on, to set thresholds and to measure."""

from __future__ import annotations

import hashlib

__all__ = ["is_development"]


def is_development(id: str, *, one_in: int = 9) -> bool:
    """Whether a paper is kept from training, by the hash of its id: so for good, whatever else is in the file.

    >>> sum(is_development(str(number)) for number in range(9000))
    1006
    """
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:4]) % one_in == 0
