"""A dataset's description as RDF: DCAT 3, VoID and PROV-O.

Goes in: a description. Comes out: quads of `graph:dataset`, sorted. There is no clock in them, and no
engine's version: what they say follows from the graph and from the version of g60kg alone, so that the same
inputs give the same bytes. No node is blank.
Sources: DCAT 3, section 6; VoID, sections 2 to 4; PROV-O, section 3.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, Triple

from g60kg.dataset.model import DatasetDescription, Part, Source
from g60kg.terms import (
    DATASET,
    DATASET_GRAPH,
    DCAT,
    DCTERMS,
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


def dataset_quads(description: DatasetDescription) -> list[Quad]:
    """Return a description as quads of `graph:dataset`, sorted."""
    triples = {
        *_catalogue(description),
        *_counts(description),
        *(triple for graph in description.graphs for triple in _graph(graph)),
        *(triple for part in description.classes for triple in _class(part)),
        *(triple for part in description.properties for triple in _property(part)),
        *(triple for source in description.sources for triple in _source(source)),
        *_building(description),
    }
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
    for base in sorted(_vocabularies(description)):
        yield Triple(DATASET, VOID.vocabulary, NamedNode(base))


def _vocabularies(description: DatasetDescription) -> set[str]:
    """Return the namespaces whose classes and properties are used."""
    used = {curie(part.iri).partition(":")[0] for part in (*description.classes, *description.properties)}
    return {PREFIXES[prefix] for prefix in used if prefix in PREFIXES}


def _graph(graph: Part) -> Iterator[Triple]:
    node = NamedNode(graph.iri)
    yield Triple(DATASET, VOID.subset, node)
    yield Triple(node, RDF.type, VOID.Dataset)
    yield Triple(node, VOID.triples, _whole(graph.count))


def _class(part: Part) -> Iterator[Triple]:
    node = _partition("class", part)
    yield Triple(DATASET, VOID.classPartition, node)
    yield Triple(node, VOID["class"], NamedNode(part.iri))
    yield Triple(node, VOID.entities, _whole(part.count))


def _property(part: Part) -> Iterator[Triple]:
    node = _partition("property", part)
    yield Triple(DATASET, VOID.propertyPartition, node)
    yield Triple(node, VOID.property, NamedNode(part.iri))
    yield Triple(node, VOID.triples, _whole(part.count))


def _partition(kind: str, part: Part) -> NamedNode:
    return NamedNode(f"{DATASET.value}/{kind}/{quote(curie(part.iri), safe=':')}")


def _source(source: Source) -> Iterator[Triple]:
    node = NamedNode(source.iri)
    yield Triple(DATASET, PROV.wasDerivedFrom, node)
    yield Triple(_BUILD, PROV.used, node)
    yield Triple(node, RDF.type, PROV.Entity)
    if source.title:
        title = Literal(source.title, language=source.language or None)
        yield Triple(node, DCTERMS.title, title)
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
