"""What an ontology's page tells of each term.

Goes in: a graph. Comes out: a `Vocabulary`: the ontology's own words about itself, and its terms, each with
its place in the hierarchy, what holds of it, how often the graph uses it, and which stored queries do. Made
once for each version of the graph.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

from g60kg.kg import KnowledgeGraph
from g60kg.serve.linked.axioms import Axioms, Sentence, of_class, of_property
from g60kg.serve.linked.dataset import described
from g60kg.terms import G60, ONTOLOGY_GRAPH, OWL, RDF, RDFS, SKOS

KINDS: Final = ("class", "relation", "measure", "attribute", "individual")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the ontology's own. `aligned` are the terms of others that it is below, or is like."""

    iri: NamedNode
    kind: str
    labels: dict[str, str]
    definitions: dict[str, str]
    parents: tuple[NamedNode, ...]
    children: tuple[NamedNode, ...]
    aligned: tuple[NamedNode, ...]
    sentences: tuple[Sentence, ...]
    uses: int
    queries: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """What follows `#` in its IRI, and in its address."""
        return self.iri.value.removeprefix(G60.base)

    def definition(self, language: str) -> tuple[str, str] | None:
        """Return the language and the words of what it means: in a language, else in English, else in any."""
        for each in (language, "en", *self.definitions):
            if each in self.definitions:
                return each, self.definitions[each]
        return None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An ontology: its axioms, itself, and its terms."""

    axioms: Axioms
    ontology: NamedNode
    entries: dict[NamedNode, Entry]

    def of(self, kind: str) -> list[Entry]:
        """Return the terms of a kind."""
        return [entry for entry in self.entries.values() if entry.kind == kind]

    def below(self, entry: Entry) -> list[Entry]:
        """Return the terms below a term."""
        return [self.entries[each] for each in entry.children if each in self.entries]

    def tops(self, kind: str) -> list[Entry]:
        """Return the terms of a kind that have no parent among the ontology's own."""
        return [entry for entry in self.of(kind) if not entry.parents]


@lru_cache(maxsize=1)
def vocabulary(kg: KnowledgeGraph, version: str) -> Vocabulary:
    """Return the vocabulary of a graph in one version of it; the last asked for is kept."""
    axioms = Axioms(kg.store.match(graph=ONTOLOGY_GRAPH))
    counts = described(kg, version)
    uses = {part.iri: part.count for part in (*counts.classes, *counts.properties)}
    queries = _queries(kg)
    kinds = {iri: kind for kind, iri in _own(axioms)}
    above = {iri: _above(axioms, kind, iri) for iri, kind in kinds.items()}
    entries = {
        iri: _entry(axioms, kind, iri, above, uses.get(iri.value, 0), queries.get(iri.value, ()))
        for iri, kind in kinds.items()
    }
    ontology = next(iter(axioms.of_type(OWL.Ontology)), NamedNode(G60.base.rstrip("#")))
    return Vocabulary(axioms, ontology, entries)


def _own(axioms: Axioms) -> Iterator[tuple[str, NamedNode]]:
    """Yield the terms in the ontology's own namespace, each once, with their kinds."""
    classes = axioms.of_type(OWL.Class)
    measures = axioms.of_type(G60.Measure)
    kinds = (
        ("class", classes),
        ("measure", measures),
        ("relation", [each for each in axioms.of_type(OWL.ObjectProperty) if each not in measures]),
        ("attribute", axioms.of_type(OWL.DatatypeProperty, OWL.AnnotationProperty)),
        ("individual", axioms.of_type(OWL.NamedIndividual)),
    )
    for kind, terms in kinds:
        yield from ((kind, term) for term in terms if _is_own(term))


def _is_own(term: NamedNode) -> bool:
    return term.value.startswith(G60.base)


def _above(axioms: Axioms, kind: str, iri: NamedNode) -> list[NamedNode]:
    """Return what a term is directly below; a class also below those that its definition narrows."""
    if kind != "class":
        return axioms.named(iri, RDF.type if kind == "individual" else RDFS.subPropertyOf)
    same = axioms.all(iri, OWL.equivalentClass)
    narrowed = (part for node in same for part in axioms.members(axioms.one(node, OWL.intersectionOf)))
    found = [*axioms.named(iri, RDFS.subClassOf), *(each for each in narrowed if isinstance(each, NamedNode))]
    return list(dict.fromkeys(found))


def _entry(
    axioms: Axioms,
    kind: str,
    iri: NamedNode,
    places: Mapping[NamedNode, list[NamedNode]],
    uses: int,
    queries: Iterable[str],
) -> Entry:
    """Return what is told of a term; `places` are the terms that each is directly below."""
    above = places[iri]
    sentences = of_class(axioms, iri) if kind == "class" else of_property(axioms, iri)
    return Entry(
        iri=iri,
        kind=kind,
        labels=axioms.texts(iri, RDFS.label),
        definitions=axioms.texts(iri, SKOS.definition),
        parents=tuple(each for each in above if _is_own(each)),
        children=tuple(each for each, those in places.items() if iri in those),
        aligned=tuple(_aligned(axioms, iri, above)),
        sentences=tuple(sentences),
        uses=uses,
        queries=tuple(queries),
    )


def _aligned(axioms: Axioms, iri: NamedNode, above: Iterable[NamedNode]) -> Iterator[NamedNode]:
    """Yield the terms of other vocabularies that a term is below, the same as, or like."""
    like = (RDFS.seeAlso, OWL.equivalentClass, OWL.equivalentProperty, SKOS.closeMatch)
    for other in dict.fromkeys((*above, *(each for way in like for each in axioms.named(iri, way)))):
        if not (_is_own(other) or other.value.startswith(OWL.base)):
            yield other


def _queries(kg: KnowledgeGraph) -> dict[str, tuple[str, ...]]:
    """Return the names of the stored queries that name a term, by the term's IRI."""
    found: dict[str, tuple[str, ...]] = {}
    for stored in kg.catalogue:
        for name in sorted(set(re.findall(r"\bg60:(\w+)", stored.text))):
            iri = G60.base + name
            found[iri] = (*found.get(iri, ()), stored.name)
    return found
