"""The names of things, as a person reads them."""

from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.figures import figure_of
from g60kg.store import Store
from g60kg.terms import DCTERMS, RDFS, SKOS, curie

_NAMINGS: Final = (SKOS.prefLabel, RDFS.label, DCTERMS.title)


class Names:
    """Names in a store, each looked up once: in one language, else English, else any, else the CURIE."""

    def __init__(self, store: Store, language: str = "en") -> None:
        self._store = store
        self._language = language
        self._known: dict[NamedNode, Literal] = {}

    def of(self, term: object) -> str:
        """Return the name of a term; a literal's is its text."""
        return self.literal(term).value

    def literal(self, term: object) -> Literal:
        """Return the name of a term as a literal, with its language where it has one."""
        if isinstance(term, Literal):
            return term
        if not isinstance(term, NamedNode):
            return Literal(str(term))
        if term not in self._known:
            self._known[term] = self.found(term)
        return self._known[term]

    def found(self, term: NamedNode) -> Literal:
        """Return the name that a store has for a term."""
        names = self.all_of(term)
        for language in (self._language, "en", *names):
            if language in names:
                return Literal(names[language], language=language or None)
        return Literal(curie(term))

    def all_of(self, node: NamedNode) -> Mapping[str, str]:
        """Return the preferred names of a thing by language, sorted by it; first come, first kept."""
        found: dict[str, str] = {}
        for naming in _NAMINGS:
            values = [quad.object for quad in self._store.match(node, naming)]
            literals = [value for value in values if isinstance(value, Literal)]
            for literal in sorted(literals, key=lambda literal: literal.value):
                found.setdefault(literal.language or "", literal.value)
        return dict(sorted(found.items()))


def name_of(store: Store, term: object) -> str:
    """Return a term as a person reads it: a statistic as its figure, anything else by its name."""
    return str(figure_of(store, term) or Names(store).of(term))
