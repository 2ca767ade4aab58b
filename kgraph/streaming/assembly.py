"""From annotations to the files of a graph, whatever its size."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.engines.by_size import BySizeEngine
from kgraph.engines.local import LocalEngine
from kgraph.engines.processes import ProcessesEngine
from kgraph.exporters.tables import ROWS_AT_ONCE, TABLES, Table, write_table
from kgraph.files import whole
from kgraph.graph import Tally, added
from kgraph.iri import DATA, data_base
from kgraph.model import Annotation
from kgraph.ontology import Ontology
from kgraph.rdf import Notation
from kgraph.stages import Engine, Progress
from kgraph.streaming.contributing import Contribute
from kgraph.streaming.database import MEMORY, database
from kgraph.streaming.entities import sum_up
from kgraph.streaming.files import groups
from kgraph.streaming.sections import TEXTS, Place, Write, Written, piece_name
from kgraph.streaming.sorting import sort
from kgraph.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Streamed", "assemble_on_disk"]


_HERE = (LocalEngine, ProcessesEngine, BySizeEngine)


@dataclass(frozen=True, slots=True)
class Streamed:
    """What was written: the files, and how much there is in them of what."""

    paths: tuple[Path, ...]
    counted: Tally


def assemble_on_disk(
    annotations: Iterable[Annotation],
    folder: Path,
    *,
    ontology: Ontology,
    vocabulary: Vocabulary,
    base_iri: str = DATA,
    engine: Engine | None = None,
    memory: str = MEMORY,
    progress: Progress | None = None,
) -> Streamed:
    """Write ``graph.ttl``, ``evidence.ttl``, ``annotations.jsonl`` and the tables of all annotations into the folder.

    The bytes are those that :func:`kgraph.graph.assemble` and the exporters give. Memory is bounded:
    by ``memory`` for DuckDB, and by some thousand papers and the vocabulary for each process of
    the ``engine``; only records of one paper that came twice are held together. On the disk it
    takes about twice what it writes, in the folder. Time grows as sorting does.

    The disk is this machine's: an engine of other machines is not asked, its place is taken by
    this machine's cores.
    """
    base = data_base(base_iri)
    folder.mkdir(parents=True, exist_ok=True)
    run = _shown(engine if isinstance(engine, _HERE) else BySizeEngine(), progress)
    with (
        tempfile.TemporaryDirectory(prefix=".assembly-", dir=folder) as place,
        database(Path(place), memory=memory) as store,
    ):
        aside = Path(place)
        papers = sort(annotations, aside, store)
        contribute = Contribute(papers, aside, ontology, vocabulary)
        contributed = list(run(contribute, range(max(1, groups(papers))), "adding up papers"))
        summed = sum_up(contributed, aside, store, ontology=ontology, vocabulary=vocabulary)
        files = {"before": summed.before, "papers": papers, "behind": summed.behind}
        places = [Place(where, number) for where, file in files.items() for number in range(groups(file))]
        write = Write(papers, summed, aside, base, ontology, vocabulary)
        written: list[Written] = list(run(write, places, "writing"))
        pieces = _Pieces(aside, places, frozenset().union(*(part.pieces for part in written)))
        paths = (*_join_texts(pieces, folder, base), *_join_tables(pieces, folder))
        return Streamed(paths, added(part.counted for part in written))


def _shown(engine: Engine, progress: Progress | None) -> Callable[[Callable[[Any], Any], Sequence[Any], str], Any]:
    """The engine's map, and how far it is."""

    def run(work: Callable[[Any], Any], items: Sequence[Any], what: str) -> Iterable[Any]:
        made = engine.map(work, items)
        return progress(made, len(items), what) if progress else made

    return run


@dataclass(frozen=True, slots=True)
class _Pieces:
    folder: Path
    places: list[Place]
    written: frozenset[str]

    def of(self, file: str, section: int) -> Iterator[Path]:
        """The pieces of a section in their order; each goes away when the next is asked for."""
        for place in self.places:
            name = piece_name(place, file, section)
            if name in self.written:
                yield self.folder / name
                (self.folder / name).unlink()


def _join_texts(pieces: _Pieces, folder: Path, base_iri: str) -> Iterator[Path]:
    for file, sections in TEXTS.items():
        with whole(folder / file) as stream:
            if file.endswith(".ttl"):
                stream.write(Notation(base_iri, relative=file == "evidence.ttl").header.encode())
            for number in range(len(sections)):
                for piece in pieces.of(file, number):
                    with piece.open("rb") as source:
                        shutil.copyfileobj(source, stream, 1 << 20)
        yield folder / file


def _join_tables(pieces: _Pieces, folder: Path) -> Iterator[Path]:
    for name, table in TABLES.items():
        path = folder / "tables" / f"{name}.parquet"
        write_table(path, table, _regrouped(_read_tables(pieces, name, table)))
        yield path


def _read_tables(pieces: _Pieces, name: str, table: Table) -> Iterator[pyarrow.Table]:
    from pyarrow.parquet import ParquetFile

    for number in range(len(table.sections)):
        for piece in pieces.of(name, number):
            with ParquetFile(piece) as file:
                yield file.read(use_threads=False)


def _regrouped(tables: Iterable[pyarrow.Table]) -> Iterator[pyarrow.Table]:
    """The same rows in groups of the size that every table has."""
    import pyarrow

    left: list[pyarrow.Table] = []
    for table in tables:
        left.append(table)
        while sum(part.num_rows for part in left) >= ROWS_AT_ONCE:
            joined = pyarrow.concat_tables(left)
            yield joined.slice(0, ROWS_AT_ONCE).combine_chunks()
            left = [joined.slice(ROWS_AT_ONCE)]
    if rest := [part for part in left if part.num_rows]:
        yield pyarrow.concat_tables(rest).combine_chunks()
