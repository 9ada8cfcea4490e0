"""What is built, on disk as it comes: so that building needs no more memory than its largest article.

Goes in: quads, a part at a time. Comes out: a file of them, one of the facts among them that are reasoned
over, and how many there are of each kind. What has no name stays in memory, since an engine that reads it
from a file gives it another label: the ontology has some, articles and the register none.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, parse, serialize

from g60kg.errors import StoreError
from g60kg.kg import stages
from g60kg.store.base import has_blank

_PART: Final = 20_000


class Spool:
    """Two files that grow in a folder: `path` (N-Quads) and `facts` (N-Triples); `counts` by kind."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "quads.nq"
        self.facts = folder / "facts.nt"
        self.counts: Counter[str] = Counter()
        self.unnamed: list[Quad] = []
        self.write(())

    def write(self, quads: Iterable[Quad]) -> None:
        """Add quads; raises `StoreError` where the disk is full."""
        stream = iter(quads)
        try:
            with self.path.open("ab") as whole, self.facts.open("ab") as facts:
                while part := list(islice(stream, _PART)):
                    self.counts.update(stages.counts_of(part))
                    self.unnamed += filter(has_blank, part)
                    named = (quad for quad in part if not has_blank(quad))
                    serialize(named, whole, RdfFormat.N_QUADS)
                    serialize(stages.facts_of(part), facts, RdfFormat.N_TRIPLES)
        except OSError as error:
            message = f"{self.path.parent}: cannot be written: {error}"
            raise StoreError(message, mend="free space or set TMPDIR") from error

    def __iter__(self) -> Iterator[Quad]:
        """Yield all quads."""
        yield from self.unnamed
        yield from parse(path=str(self.path), format=RdfFormat.N_QUADS)
