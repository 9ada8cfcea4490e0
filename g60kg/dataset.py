"""What a dataset says of itself: as values, as text for a terminal, and as RDF (DCAT 3, VoID and PROV-O).

What a store holds is counted in SPARQL, where the data is, but for the description itself: the queries are in
`ontology/dataset/`, where WITHIN stands for the graphs that count. There is no clock in it, and no engine's
version, so that the same inputs give the same bytes. No node is blank. What a catalogue needs, whatever the
dataset holds, stands in `ontology/dataset.ttl`.
Sources: DCAT 3, section 6; DCAT-AP 3.0; VoID, sections 2 to 4; PROV-O, section 3.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from g60kg.resources import query_text, resource
from g60kg.store import Store
from g60kg.terms import (
    DATASET,
    DATASET_GRAPH,
    GRAPH,
    ID,
    INFERRED_GRAPH,
    PREFIXES,
    REGISTER_GRAPH,
    SOFTWARE,
    XSD,
    curie,
    in_graph,
)
from g60kg.version import __version__

_MOST: Final = 12
"""So many parts of a kind are shown as text."""
_BUILD: Final = NamedNode(f"{DATASET.value}/build")
_PERIOD: Final = NamedNode(f"{DATASET.value}/period")
_COUNTS: Final = ("entities", "claims", "terms")
_WITHIN: Final = f"FILTER(?g != {DATASET_GRAPH} {{without}})"


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
    for title in ("graphs", "classes", "properties"):
        yield f"\n{title}"
        ordered = sorted(getattr(description, title), key=lambda part: (-part.count, part.iri))
        for part in ordered[:_MOST]:
            graph = part.iri.removeprefix(GRAPH.base)  # its name may have several parts, as no CURIE has
            yield f"  {part.count:>9,}  {f'graph:{graph}' if graph != part.iri else curie(part.iri)}"
        if len(ordered) > _MOST:
            yield f"  and {len(ordered) - _MOST} more"
    yield "\nsources"
    for source in description.sources:
        told = (source.date, source.title, source.url)
        yield f"  {curie(source.iri)}  {', '.join(part for part in told if part)}"


def describe_dataset(store: Store, *, inferred: bool = True) -> DatasetDescription:
    """Describe what a store holds, with or without what was inferred.

    Raises `StoreError` where the store cannot be read.
    """
    without = "" if inferred else f"&& ?g != {INFERRED_GRAPH}"
    within = _WITHIN.format(without=without)

    def ask(name: str) -> Iterator[tuple[Any, ...]]:
        for row in store.select(query_text(name, "dataset").replace("WITHIN", within)).rows:
            yield tuple(term.value if term is not None else None for term in row)

    ontology, licence, publisher = next(ask("ontology"), (None, None, None))
    entities, claims, subjects, objects = (int(each) for name in _COUNTS for each in next(ask(name)))
    triples = [(graph or "", property_ or "", int(count)) for graph, property_, count in ask("triples")]
    return DatasetDescription(
        version=__version__,
        ontology=ontology,
        licence=licence,
        publisher=publisher,
        entities=entities,
        claims=claims,
        subjects=subjects,
        objects=objects,
        graphs=_summed((graph, count) for graph, _, count in triples),
        classes=tuple(Part(iri or "", int(count)) for iri, count in ask("classes")),
        properties=_summed((property_, count) for _, property_, count in triples),
        sources=tuple(Source(row[0] or "", *row[1:]) for row in ask("sources")),
    )


def _summed(counts: Iterable[tuple[str, int]]) -> tuple[Part, ...]:
    """Return how many there are of each, sorted by IRI."""
    total: Counter[str] = Counter()
    for iri, count in counts:
        total[iri] += count
    return tuple(Part(iri, total[iri]) for iri in sorted(total))


def dataset_quads(description: DatasetDescription) -> list[Quad]:
    """Return a description as quads of `graph:dataset`, sorted."""
    text = "".join(f"{statement} .\n" for statement in _statements(description))
    head = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
    known = parse(path=resource("ontology", "dataset.ttl"), format=RdfFormat.TURTLE)
    found = {quad.triple for quad in (*known, *parse(head + text, RdfFormat.TURTLE))}
    return sorted((in_graph(triple, DATASET_GRAPH) for triple in found), key=str)


def _statements(it: DatasetDescription) -> Iterator[str]:
    """Yield statements in Turtle: the version, the counts, the sources, and what built it."""
    yield f"{DATASET} dcat:version {Literal(it.version)}"
    if it.licence:
        yield f"{DATASET} dcterms:license {NamedNode(it.licence)}"
    if it.period:
        first, last = (Literal(day, datatype=XSD.date) for day in it.period)
        yield f"{DATASET} dcterms:temporal {_PERIOD}"
        yield f"{_PERIOD} a dcterms:PeriodOfTime ; dcat:startDate {first} ; dcat:endDate {last}"
    yield f"{DATASET} void:triples {it.triples} ; void:entities {it.entities}"
    yield f"{DATASET} void:distinctSubjects {it.subjects} ; void:distinctObjects {it.objects}"
    yield f"{DATASET} void:classes {len(it.classes)} ; void:properties {len(it.properties)}"
    yield f"{DATASET} void:uriSpace {Literal(ID.base)}"
    used = {curie(part.iri).partition(":")[0] for part in (*it.classes, *it.properties)}
    for prefix in used & PREFIXES.keys():
        yield f"{DATASET} void:vocabulary <{PREFIXES[prefix]}>"
    for graph in it.graphs:
        yield f"{DATASET} void:subset {NamedNode(graph.iri)}"
        yield f"{NamedNode(graph.iri)} a void:Dataset ; void:triples {graph.count}"
    for kind, parts, counts in (("class", it.classes, "entities"), ("property", it.properties, "triples")):
        for part in parts:
            node = NamedNode(f"{DATASET.value}/{kind}/{quote(curie(part.iri), safe=':')}")
            yield f"{DATASET} void:{kind}Partition {node}"
            yield f"{node} void:{kind} {NamedNode(part.iri)} ; void:{counts} {part.count}"
    for source in it.sources:
        node = NamedNode(source.iri)
        yield f"{DATASET} prov:wasDerivedFrom {node} . {_BUILD} prov:used {node} . {node} a prov:Entity"
        if source.title:
            yield f"{node} dcterms:title {Literal(source.title, language=source.language or None)}"
        if source.date:
            yield f"{node} dcterms:date {Literal(source.date, datatype=XSD.date)}"
        if source.url:
            yield f"{node} dcterms:source {NamedNode(source.url)}"
    yield f"{DATASET} prov:wasGeneratedBy {_BUILD}"
    yield f"{_BUILD} a prov:Activity ; prov:wasAssociatedWith {SOFTWARE}"
    yield f"{SOFTWARE} a prov:SoftwareAgent ; dcterms:title 'g60kg' ; dcat:version {Literal(it.version)}"
    if any(graph.iri == REGISTER_GRAPH.value for graph in it.graphs):
        yield f"{_BUILD} prov:used {REGISTER_GRAPH}"
    if it.ontology:
        ontology = NamedNode(it.ontology)
        yield f"{DATASET} dcterms:conformsTo {ontology} . {_BUILD} prov:used {ontology}"
        yield f"{ontology} a dcterms:Standard"
