"""Counting what a store holds: all of it in SPARQL, so that it runs where the data is.

The description of the dataset itself is never counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from g60kg.dataset.description import DatasetDescription, Part, Source
from g60kg.store import Store
from g60kg.terms import DATASET_GRAPH, ID, INFERRED_GRAPH, ONTOLOGY_GRAPH

_WITHIN: Final = f"FILTER(?g != {DATASET_GRAPH} {{without}})"
_TRIPLES: Final = "SELECT ?g ?p (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } WITHIN } GROUP BY ?g ?p"
_CLASSES: Final = """
SELECT ?class (COUNT(DISTINCT ?s) AS ?n) {
  GRAPH ?g { ?s rdf:type ?class } WITHIN FILTER(isIRI(?class))
} GROUP BY ?class ORDER BY ?class
"""
_TERMS: Final = """
SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) { GRAPH ?g { ?s ?p ?o } WITHIN }
"""
_ENTITIES: Final = f"""
SELECT (COUNT(DISTINCT ?s) AS ?n) {{
  GRAPH ?g {{ ?s rdf:type ?class }} WITHIN FILTER(STRSTARTS(STR(?s), "{ID.base}"))
}}
"""
_CLAIMS: Final = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s rdf:type g60:Claim }"
_SOURCES: Final = """
SELECT ?article (MIN(?t) AS ?title) (MIN(LANG(?t)) AS ?language) (MIN(?d) AS ?date) (MIN(STR(?u)) AS ?url) {
  ?article rdf:type g60:Article
  OPTIONAL { ?article dcterms:title ?t } OPTIONAL { ?article dcterms:date ?d }
  OPTIONAL { ?article dcterms:source ?u }
} GROUP BY ?article ORDER BY ?article
"""
_ONTOLOGY: Final = f"""
SELECT (MIN(STR(?v)) AS ?version) (MIN(STR(?l)) AS ?licence) (MIN(STR(?p)) AS ?publisher) {{
  GRAPH {ONTOLOGY_GRAPH} {{
    ?ontology rdf:type owl:Ontology
    OPTIONAL {{ ?ontology owl:versionIRI ?v }} OPTIONAL {{ ?ontology dcterms:license ?l }}
    OPTIONAL {{ ?ontology dcterms:publisher ?p }}
  }}
}}
"""
Cells = tuple[str | None, ...]


def describe_dataset(store: Store, *, inferred: bool = True) -> DatasetDescription:
    """Describe what a store holds, with or without what was inferred.

    Raises `StoreError` where the store cannot be read.
    """
    without = "" if inferred else f"&& ?g != {INFERRED_GRAPH}"
    within = _WITHIN.format(without=without)

    def ask(text: str) -> Iterator[Cells]:
        for row in store.select(text.replace("WITHIN", within)).rows:
            yield tuple(term.value if term is not None else None for term in row)

    ontology, licence, publisher = next(ask(_ONTOLOGY), (None, None, None))
    subjects, objects = next(ask(_TERMS))
    triples = [(graph or "", property_ or "", _count(count)) for graph, property_, count in ask(_TRIPLES)]
    return DatasetDescription(
        version=_version(),
        ontology=ontology,
        licence=licence,
        publisher=publisher,
        entities=_count(next(ask(_ENTITIES))[0]),
        claims=_count(next(ask(_CLAIMS))[0]),
        subjects=_count(subjects),
        objects=_count(objects),
        graphs=_summed((graph, count) for graph, _, count in triples),
        classes=tuple(Part(iri or "", _count(count)) for iri, count in ask(_CLASSES)),
        properties=_summed((property_, count) for _, property_, count in triples),
        sources=tuple(Source(row[0] or "", *row[1:]) for row in ask(_SOURCES)),
    )


def _summed(counts: Iterable[tuple[str, int]]) -> tuple[Part, ...]:
    """Return how many there are of each, sorted by IRI."""
    total: Counter[str] = Counter()
    for iri, count in counts:
        total[iri] += count
    return tuple(Part(iri, total[iri]) for iri in sorted(total))


def _count(text: str | None) -> int:
    return int(text or 0)


def _version() -> str:
    try:
        return version("g60kg")
    except PackageNotFoundError:
        return "unknown"
