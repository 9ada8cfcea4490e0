"""The ontology as a language model is told of it: classes, predicates and measures, a line each.

Goes in: the path of the ontology. Comes out: a `Vocabulary`. Properties that keep the record, those whose
inverse is listed, and classes that reasoning fills are left out.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from g60kg.terms import G60, OWL, RDF, RDFS, SCHEMA, SKOS

_FROM: Final = (RDFS.domain, SCHEMA.domainIncludes)
_TO: Final = (RDFS.range, SCHEMA.rangeIncludes)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Lines that describe the classes, the predicates and the measures, in the order of the ontology."""

    classes: tuple[str, ...]
    predicates: tuple[str, ...]
    measures: tuple[str, ...]


def read_vocabulary(path: Path, record: Collection[str], dates: Collection[str]) -> Vocabulary:
    """Return what an ontology says of its own terms.

    `record` names the classes that keep the record, `dates` the properties whose values are years and dates.
    """
    said: dict[str, list[Triple]] = {}
    filled: set[str] = set()
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, BlankNode) and quad.predicate == RDFS.subClassOf:
            filled |= set(_own_name(quad.object))
        for name in _own_name(quad.subject):
            said.setdefault(name, []).append(quad.triple)
    terms = [_Term(name, tuple(triples), name in dates) for name, triples in said.items()]
    inverses = {name for term in terms for name in term.names(OWL.inverseOf)}
    known = [each for each in terms if each.is_a(OWL.ObjectProperty) or each.is_a(OWL.DatatypeProperty)]
    groups = (
        [each for each in terms if each.is_class and each.name not in filled and each.name not in record],
        [
            each
            for each in known
            if not each.is_a(G60.Measure) and each.name not in inverses and each.is_of_news(record)
        ],
        [each for each in known if each.is_a(G60.Measure)],
    )
    return Vocabulary(*(tuple(each.line() for each in group) for group in groups))


def _own_name(term: object) -> Iterator[str]:
    if isinstance(term, NamedNode) and term.value.startswith(G60.base):
        yield term.value.removeprefix(G60.base)


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the ontology, and what is said of it."""

    name: str
    triples: tuple[Triple, ...]
    dated: bool

    def is_a(self, kind: NamedNode) -> bool:
        """Tell whether it is declared to be of a kind."""
        return any(each.predicate == RDF.type and each.object == kind for each in self.triples)

    @property
    def is_class(self) -> bool:
        """Whether it is a class that a thing is said to be of, not one that reasoning fills."""
        return self.is_a(OWL.Class) and not any(
            each.predicate == OWL.equivalentClass for each in self.triples
        )

    def names(self, *predicates: NamedNode) -> list[str]:
        """Return the ontology's own terms that these predicates lead to, each once."""
        found = (
            name for each in self.triples if each.predicate in predicates for name in _own_name(each.object)
        )
        return list(dict.fromkeys(found))

    def is_of_news(self, record: Collection[str]) -> bool:
        """Tell whether it joins things that news speaks of."""
        sides = [self.names(*_FROM), self.names(*_TO)]
        return any(sides) and all(not side or set(side).difference(record) for side in sides)

    def line(self) -> str:
        """Return the term as `name (from A or B, to C): definition`."""
        to = self.names(*_TO)
        if self.is_a(OWL.DatatypeProperty):
            to = ["a date" if self.dated else "words"]
        parts = (("from", self.names(*_FROM)), ("to", to), ("a kind of", self.names(RDFS.subClassOf)))
        ends = ", ".join(f"{word} {' or '.join(names)}" for word, names in parts if names)
        return f"{self.name}{f' ({ends})' if ends else ''}: {self._definition()}"

    def _definition(self) -> str:
        texts = (
            each.object.value
            for each in self.triples
            if each.predicate == SKOS.definition
            and isinstance(each.object, Literal)
            and each.object.language == "en"
        )
        return next(texts, self.name)
