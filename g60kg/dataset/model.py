"""What a dataset says of itself, as values.

Nothing here reads or decides; `read` fills these in, `rdf` and `show` write them.
"""

from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import Triple


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

    def to_triples(self) -> list[Triple]:
        """Return the description as RDF: DCAT, VoID and PROV-O."""
        from g60kg.dataset.rdf import dataset_quads

        return [quad.triple for quad in dataset_quads(self)]

    def __str__(self) -> str:
        from g60kg.dataset.show import dataset_text

        return dataset_text(self)
