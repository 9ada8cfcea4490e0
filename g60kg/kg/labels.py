"""The names of things, as a person reads them.

Goes in: a store and terms. Comes out: text: the English name, else any name, else the CURIE.
"""

from collections.abc import Mapping
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from g60kg.store import Store
from g60kg.terms import DCTERMS, RDFS, SKOS, curie

Node = NamedNode | BlankNode | Literal | Triple
_NAMINGS: Final = (SKOS.prefLabel, RDFS.label, DCTERMS.title)


class Labels:
    """Names looked up in a store, each once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}

    def of(self, term: Node | str) -> str:
        """Return the name of a term; a literal's is its text."""
        if isinstance(term, Literal):
            return term.value
        node = NamedNode(term) if isinstance(term, str) else term
        if not isinstance(node, NamedNode):
            return str(node)
        if node.value not in self._known:
            names = self.all_of(node)
            self._known[node.value] = names.get("en") or next(iter(names.values()), curie(node))
        return self._known[node.value]

    def all_of(self, node: NamedNode) -> Mapping[str, str]:
        """Return the preferred names of a thing by language, sorted by it; first come, first kept."""
        found: dict[str, str] = {}
        for naming in _NAMINGS:
            values = [quad.object for quad in self._store.match(node, naming)]
            literals = [value for value in values if isinstance(value, Literal)]
            for literal in sorted(literals, key=lambda literal: literal.value):
                found.setdefault(literal.language or "", literal.value)
        return dict(sorted(found.items()))
