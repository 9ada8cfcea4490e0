"""The names of things in the language of a page.

Goes in: a store, a language and terms. Comes out: names with the language that each is in, and the kind of
a thing: what it was said to be.
"""

from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.kg.labels import Labels
from g60kg.serve.pages.saying import figure_words, graph_words
from g60kg.serve.views.figures import figure_of
from g60kg.serve.views.reading import held_kinds
from g60kg.store import Store
from g60kg.terms import G60, RDF, STATISTIC, curie

_GROUPS: Final = ("Place", "Organization", "Project", "Event", "Document", "Concept")
_OTHER: Final = "other"


class Names:
    """Names in one language, each looked up once."""

    def __init__(self, store: Store, language: str) -> None:
        self._store = store
        self._language = language
        self._known: dict[NamedNode, Literal] = {}

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self._store)

    def of(self, term: object) -> str:
        """Return a term as a person reads it; a statistic as its figure, a literal as its text."""
        return self.literal(term).value

    def language_of(self, term: object) -> str | None:
        """Return the language that the name of a term is in where it is not that of the page."""
        found = self.literal(term).language
        return found if found and found != self._language else None

    def literal(self, term: object) -> Literal:
        """Return the name of a term as a literal, with its language where it has one."""
        if isinstance(term, Literal):
            return term
        if not isinstance(term, NamedNode):
            return Literal(str(term))
        if term not in self._known:
            self._known[term] = self._found(term)
        return self._known[term]

    def _found(self, term: NamedNode) -> Literal:
        figure = figure_of(self._store, term) if term.value.startswith(STATISTIC.base) else None
        own = figure_words(figure, self._language) if figure else graph_words(term, self._language)
        if own:
            return Literal(own)
        names = self._labels.all_of(term)
        for language in (self._language, "en", *names):
            if language in names:
                return Literal(names[language], language=language) if language else Literal(names[language])
        return Literal(curie(term))

    def kind(self, term: object) -> NamedNode | None:
        """Return the class that a thing was said to be of, the first by name."""
        if not isinstance(term, NamedNode):
            return None
        return next(iter(held_kinds(self._store, term)), None)

    def group(self, term: object) -> str:
        """Return which of the large classes a thing belongs to, in small letters, or `other`."""
        if not isinstance(term, NamedNode):
            return _OTHER
        types = {quad.object for quad in self._store.match(term, RDF.type)}
        if G60.Statistic in types:
            return "figure"
        return next((name.lower() for name in _GROUPS if G60[name] in types), _OTHER)
