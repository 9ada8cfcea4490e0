"""What a dataset says of itself: values that read as text. `read` fills them in, `rdf` writes them as RDF."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from g60kg.terms import GRAPH, curie

_MOST: Final = 12
"""So many graphs, classes and properties are named in a text, the largest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the dataset and how much it holds: a graph or a property its triples, a class its members."""

    iri: str
    count: int


@dataclass(frozen=True, slots=True)
class Source:
    """An article that the dataset was built from."""

    iri: str
    title: str | None = None
    language: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class DatasetDescription:
    """A dataset: version, licence, sources, and what it holds.

    A triple that stands in two graphs counts twice in `triples` and `properties`. `ontology` is the IRI of
    the version of the ontology, `licence` that of the licence which it states.
    """

    version: str
    ontology: str | None
    licence: str | None
    publisher: str | None
    entities: int
    claims: int
    subjects: int
    objects: int
    graphs: tuple[Part, ...]
    classes: tuple[Part, ...]
    properties: tuple[Part, ...]
    sources: tuple[Source, ...]

    @property
    def triples(self) -> int:
        """How many triples all graphs hold together."""
        return sum(graph.count for graph in self.graphs)

    @property
    def period(self) -> tuple[str, str] | None:
        """The dates of the first and of the last article, where any has one."""
        dates = sorted(source.date for source in self.sources if source.date)
        return (dates[0], dates[-1]) if dates else None

    def to_json(self) -> dict[str, Any]:
        """Return a structure that JSON can hold."""
        return {"triples": self.triples, "period": self.period} | asdict(self)

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def _lines(description: DatasetDescription) -> Iterator[str]:
    yield f"g60kg {description.version}, licence {description.licence or 'unknown'}"
    yield (
        f"{description.triples:,} triples in {len(description.graphs)} graphs; {description.entities:,} "
        f"entities; {description.claims:,} claims; sources: {len(description.sources)}"
    )
    for title, parts in (
        ("graphs", description.graphs),
        ("classes", description.classes),
        ("properties", description.properties),
    ):
        yield f"\n{title}"
        yield from _parts(parts)
    yield "\nsources"
    yield from map(_source, description.sources)


def _parts(parts: Iterable[Part]) -> Iterator[str]:
    ordered = sorted(parts, key=lambda part: (-part.count, part.iri))
    yield from (f"  {part.count:>9,}  {_short(part.iri)}" for part in ordered[:_MOST])
    if len(ordered) > _MOST:
        yield f"  and {len(ordered) - _MOST} more"


def _short(iri: str) -> str:
    """Return a CURIE, also of a graph whose name has several parts."""
    return f"graph:{iri.removeprefix(GRAPH.base)}" if iri.startswith(GRAPH.base) else curie(iri)


def _source(source: Source) -> str:
    told = (source.date, source.title, source.url)
    return f"  {curie(source.iri)}  {', '.join(part for part in told if part)}"
