"""The formats that can be written: their names, their endings, and whether they hold named graphs.

Goes in: the name of a format, or a path. Comes out: a `Format`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from g60kg.errors import ExportError


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `datasets` says whether it holds named graphs, else their union is written.

    One without endings is only written when it is named: a folder of files, or another reading of RDF.
    """

    name: str
    endings: tuple[str, ...]
    datasets: bool


FORMATS: Final = (
    Format("turtle", (".ttl",), False),
    Format("trig", (".trig",), True),
    Format("ntriples", (".nt",), False),
    Format("nquads", (".nq",), True),
    Format("rdfxml", (".rdf", ".xml", ".owl"), False),
    Format("jsonld", (".jsonld", ".json"), True),
)
"""The formats of RDF."""
NANOPUBS: Final = Format("nanopubs", (), True)
"""TriG: each claim a nanopublication."""
VIEWS: Final = (
    Format("graphml", (".graphml",), False),
    Format("gexf", (".gexf",), False),
    Format("cypher", (".cypher",), False),
    Format("neo4j", (), False),
    Format("parquet", (), False),
    Format("csv", (), False),
)
"""The forms other than RDF."""
_ALL: Final = (*FORMATS, NANOPUBS, *VIEWS)
NAMES: Final = tuple(form.name for form in _ALL)


def named_format(name: str) -> Format:
    """Return the format of a name.

    Raises `ExportError` with the names that there are.

    >>> named_format("turtle").endings
    ('.ttl',)
    """
    for form in _ALL:
        if form.name == name:
            return form
    raise ExportError(f"no format {name!r}", mend=f"choose one of {', '.join(NAMES)}")


def format_of(path: Path) -> Format:
    """Return the format that a path's ending names, before `.gz` where that ends it.

    Raises `ExportError` where no format has the ending.

    >>> format_of(Path("g60.nq.gz")).name
    'nquads'
    """
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    for form in _ALL:
        if plain.suffix.lower() in form.endings:
            return form
    endings = ", ".join(ending for form in _ALL for ending in form.endings)
    raise ExportError(
        f"{path}: no format has this ending", mend=f"end it in one of {endings}, or give --format"
    )
