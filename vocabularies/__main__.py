"""Makes the vocabularies: ``python -m vocabularies ../shared/gazetteers [-o ontology/vocabulary]``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from kgraph.files import write_whole
from kgraph.ontology import folder, load_ontology
from vocabularies.build import FILES, build
from vocabularies.turtle import generate_turtle


def main() -> None:
    """Build, write and say what was made."""
    parser = argparse.ArgumentParser(prog="python -m vocabularies", description=__doc__)
    parser.add_argument("gazetteers", type=Path, help="folder of the gazetteers")
    parser.add_argument("-o", "--output", type=Path, default=folder() / "vocabulary", help="folder to write into")
    parser.add_argument("-v", "--verbose", action="store_true", help="tell every label that was given up")
    given = parser.parse_args()
    made, remarks = build(given.gazetteers)
    for name, entries in made.items():
        title, license = FILES[name]
        lines = generate_turtle(name, title, license, entries, load_ontology())
        path = write_whole(given.output / f"{name}.ttl", "\n".join(lines) + "\n")
        print(f"{path.name}: {len(entries):,} concepts, {path.stat().st_size / 1e6:.2f} MB", file=sys.stderr)
    totals = Counter(item.concept.type for entries in made.values() for item in entries)
    print(", ".join(f"{count:,} {type}" for type, count in sorted(totals.items())), file=sys.stderr)
    print(f"{len(remarks):,} labels given up to another concept", file=sys.stderr)
    if given.verbose:
        print("\n".join(remarks), file=sys.stderr)


main()
