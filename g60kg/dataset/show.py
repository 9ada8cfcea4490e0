"""A dataset's description as text for a terminal.

Goes in: a description. Comes out: lines, the largest parts first.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from g60kg.dataset.model import DatasetDescription, Part, Source
from g60kg.terms import GRAPH, curie

_MOST: Final = 12


def dataset_text(description: DatasetDescription) -> str:
    """Return a description as lines to read."""
    return "\n".join(_lines(description))


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
