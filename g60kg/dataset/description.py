"""What a dataset says of itself: as values, as text for a terminal, and as RDF (DCAT 3, VoID and PROV-O).

There is no clock in it, and no engine's version: what it says follows from the graph and from the version of
g60kg alone, so that the same inputs give the same bytes. No node is blank.
Sources: DCAT 3, section 6; VoID, sections 2 to 4; PROV-O, section 3.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, Triple

from g60kg.terms import (
    DATASET,
    DATASET_GRAPH,
    DCAT,
    DCTERMS,
    GRAPH,
    ID,
    PREFIXES,
    PROV,
    RDF,
    REGISTER_GRAPH,
    SOFTWARE,
    VOID,
    XSD,
    curie,
)

_MOST: Final = 12
"""So many parts of a kind are shown as text."""
_TITLES: Final = {
    "en": "g60kg: what news says of a region's economy",
    "zh": "g60kg：新闻所述的区域经济知识图谱",
}
_ABOUT: Final = {
    "en": "A knowledge graph built from articles: what they say with the words that say it, what a register "
    "adds, and what an ontology entails. A triple that stands in two graphs is counted in each.",
    "zh": "由文章构建的知识图谱：文章所述及其原文、名录所补充、本体所推得。同一三元组在每个图中各计一次。",
}
_BUILD: Final = NamedNode(f"{DATASET.value}/build")
_PUBLISHER: Final = NamedNode(f"{DATASET.value}/publisher")
_PERIOD: Final = NamedNode(f"{DATASET.value}/period")


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
        return [quad.triple for quad in dataset_quads(self)]

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
    yield from map(_source_line, description.sources)


def _parts(parts: Iterable[Part]) -> Iterator[str]:
    ordered = sorted(parts, key=lambda part: (-part.count, part.iri))
    yield from (f"  {part.count:>9,}  {_short(part.iri)}" for part in ordered[:_MOST])
    if len(ordered) > _MOST:
        yield f"  and {len(ordered) - _MOST} more"


def _short(iri: str) -> str:
    """Return a CURIE, also of a graph whose name has several parts."""
    return f"graph:{iri.removeprefix(GRAPH.base)}" if iri.startswith(GRAPH.base) else curie(iri)


def _source_line(source: Source) -> str:
    told = (source.date, source.title, source.url)
    return f"  {curie(source.iri)}  {', '.join(part for part in told if part)}"


def dataset_quads(description: DatasetDescription) -> list[Quad]:
    """Return a description as quads of `graph:dataset`, sorted."""
    parts = (_catalogue, _counts, _contents, _sources, _building)
    triples = {triple for part in parts for triple in part(description)}
    quads = (Quad(each.subject, each.predicate, each.object, DATASET_GRAPH) for each in triples)
    return sorted(quads, key=str)


def _catalogue(description: DatasetDescription) -> Iterator[Triple]:
    """Yield what a catalogue of datasets needs."""
    for kind in (DCAT.Dataset, VOID.Dataset, PROV.Entity):
        yield Triple(DATASET, RDF.type, kind)
    for language, title in _TITLES.items():
        yield Triple(DATASET, DCTERMS.title, Literal(title, language=language))
    for language, text in _ABOUT.items():
        yield Triple(DATASET, DCTERMS.description, Literal(text, language=language))
    yield Triple(DATASET, DCAT.version, Literal(description.version))
    if description.licence:
        yield Triple(DATASET, DCTERMS.license, NamedNode(description.licence))
    if description.publisher:
        yield Triple(DATASET, DCTERMS.publisher, _PUBLISHER)
        yield Triple(_PUBLISHER, RDF.type, PROV.Agent)
        yield Triple(_PUBLISHER, DCTERMS.title, Literal(description.publisher))
    if description.ontology:
        yield Triple(DATASET, DCTERMS.conformsTo, NamedNode(description.ontology))
    if description.period:
        yield Triple(DATASET, DCTERMS.temporal, _PERIOD)
        yield Triple(_PERIOD, RDF.type, DCTERMS.PeriodOfTime)
        for end, day in zip((DCAT.startDate, DCAT.endDate), description.period, strict=True):
            yield Triple(_PERIOD, end, Literal(day, datatype=XSD.date))


def _counts(description: DatasetDescription) -> Iterator[Triple]:
    counts = {
        VOID.triples: description.triples,
        VOID.entities: description.entities,
        VOID.distinctSubjects: description.subjects,
        VOID.distinctObjects: description.objects,
        VOID.classes: len(description.classes),
        VOID.properties: len(description.properties),
    }
    for property_, count in counts.items():
        yield Triple(DATASET, property_, _whole(count))
    yield Triple(DATASET, VOID.uriSpace, Literal(ID.base))
    used = {curie(part.iri).partition(":")[0] for part in (*description.classes, *description.properties)}
    for base in sorted(PREFIXES[prefix] for prefix in used if prefix in PREFIXES):
        yield Triple(DATASET, VOID.vocabulary, NamedNode(base))


def _contents(description: DatasetDescription) -> Iterator[Triple]:
    """Yield how much each graph, each class and each property holds."""
    for graph in description.graphs:
        node = NamedNode(graph.iri)
        yield Triple(DATASET, VOID.subset, node)
        yield Triple(node, RDF.type, VOID.Dataset)
        yield Triple(node, VOID.triples, _whole(graph.count))
    for kind, parts, counts in (
        ("class", description.classes, VOID.entities),
        ("property", description.properties, VOID.triples),
    ):
        for part in parts:
            node = NamedNode(f"{DATASET.value}/{kind}/{quote(curie(part.iri), safe=':')}")
            yield Triple(DATASET, VOID[f"{kind}Partition"], node)
            yield Triple(node, VOID[kind], NamedNode(part.iri))
            yield Triple(node, counts, _whole(part.count))


def _sources(description: DatasetDescription) -> Iterator[Triple]:
    for source in description.sources:
        node = NamedNode(source.iri)
        yield Triple(DATASET, PROV.wasDerivedFrom, node)
        yield Triple(_BUILD, PROV.used, node)
        yield Triple(node, RDF.type, PROV.Entity)
        if source.title:
            yield Triple(node, DCTERMS.title, Literal(source.title, language=source.language or None))
        if source.date:
            yield Triple(node, DCTERMS.date, Literal(source.date, datatype=XSD.date))
        if source.url:
            yield Triple(node, DCTERMS.source, NamedNode(source.url))


def _building(description: DatasetDescription) -> Iterator[Triple]:
    """Yield the activity that made the dataset, and by what."""
    yield Triple(DATASET, PROV.wasGeneratedBy, _BUILD)
    yield Triple(_BUILD, RDF.type, PROV.Activity)
    yield Triple(_BUILD, PROV.wasAssociatedWith, SOFTWARE)
    if any(graph.iri == REGISTER_GRAPH.value for graph in description.graphs):
        yield Triple(_BUILD, PROV.used, REGISTER_GRAPH)
    if description.ontology:
        yield Triple(_BUILD, PROV.used, NamedNode(description.ontology))
    yield Triple(SOFTWARE, RDF.type, PROV.SoftwareAgent)
    yield Triple(SOFTWARE, DCTERMS.title, Literal("g60kg"))
    yield Triple(SOFTWARE, DCAT.version, Literal(description.version))


def _whole(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
