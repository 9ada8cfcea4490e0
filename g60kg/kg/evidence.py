"""The evidence of what is said: the words of articles, the entries of the register, the ontology.

Goes in: a store and a triple that is held. Comes out: every place that says it, in one order.
"""

from collections.abc import Callable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from g60kg.kg.rows import rows_of
from g60kg.reason import Evidence
from g60kg.store import Store
from g60kg.terms import ARTICLE, DCTERMS, G60, GRAPH, ONTOLOGY_GRAPH, RDF, REGISTER_GRAPH

Fact = tuple[NamedNode, NamedNode, NamedNode | BlankNode | Literal]
_ARTICLES: Final = GRAPH["article/"].value
_WORDS: Final = """
SELECT DISTINCT ?entity ?article ?start ?end ?quote ?reader ?basis {
  ?entity prov:wasQuotedFrom ?article ; oa:hasTarget/oa:hasSelector ?place, ?words .
  ?place oa:start ?start ; oa:end ?end .
  ?words oa:exact ?quote .
  OPTIONAL { ?entity g60:reader ?reader ; g60:basis ?basis }
}
"""


class Sources:
    """The evidence of held triples in a store: what `why` asks for at the leaves of a proof."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, triple: Triple) -> tuple[Evidence, ...]:
        """Return every place that says a triple, articles first."""
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or isinstance(value, Triple):
            return (Evidence("axiom"),)
        fact = (subject, triple.predicate, value)
        quads = self._store.match(*fact)
        graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
        return tuple(one for graph in sorted(graphs) for one in self._in_graph(fact, graph))

    def proposed(self, triple: Triple) -> tuple[Evidence, ...]:
        """Return the words of the claims that state a triple and that nobody has confirmed."""
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or isinstance(value, Triple):
            return ()
        claims = self._claims(RDF.subject, subject, (subject, triple.predicate, value), self._is_proposed)
        words = (word for claim in claims for word in self._words(claim))
        return tuple(sorted(words, key=lambda word: (word.article or "", _place(word))))

    def _in_graph(self, fact: Fact, graph: str) -> list[Evidence]:
        if graph.startswith(_ARTICLES):
            return self._said(fact, graph.removeprefix(_ARTICLES))
        if graph == REGISTER_GRAPH.value:
            return self._registered(fact)
        return [Evidence("axiom")] if graph == ONTOLOGY_GRAPH.value else []

    def _said(self, fact: Fact, article: str) -> list[Evidence]:
        """Return the words of an article that state a fact, or that its subject was taken from."""
        stating = self._claims(RDF.subject, fact[0], fact)
        claims = stating or self._naming(fact[0], self._is_plain) or self._naming(fact[0], self._is_claim)
        words = {word for claim in claims for word in self._words(claim) if word.article == article}
        return sorted(words, key=_place)

    def _naming(self, term: NamedNode, kind: Callable[[NamedNode], bool]) -> list[NamedNode]:
        return self._claims(RDF.object, term, kind=kind) or self._claims(RDF.subject, term, kind=kind)

    def _claims(
        self,
        part: NamedNode,
        term: NamedNode,
        whole: Fact | None = None,
        kind: Callable[[NamedNode], bool] | None = None,
    ) -> list[NamedNode]:
        """Return the plain claims that have a term as this part, and, where given, state a whole fact.

        `kind` tells those that are wanted where it is not the plain ones.
        """
        found = (quad.subject for quad in self._store.match(None, part, term))
        nodes = [node for node in found if isinstance(node, NamedNode) and (kind or self._is_plain)(node)]
        return [node for node in nodes if whole is None or self._states(node, whole)]

    def _is_plain(self, node: NamedNode) -> bool:
        """Whether a node is a claim that is accepted, and neither planned nor denied nor reported."""
        is_plain = not any(self._store.match(node, G60.modality)) and not self._is_proposed(node)
        return is_plain and self._is_claim(node)

    def _is_claim(self, node: NamedNode) -> bool:
        return any(self._store.match(node, RDF.type, G60.Claim))

    def _is_proposed(self, node: NamedNode) -> bool:
        return any(self._store.match(node, G60.status, G60.Proposed))

    def _states(self, node: NamedNode, fact: Fact) -> bool:
        parts = ((RDF.predicate, fact[1]), (RDF.object, fact[2]))
        return all(any(self._store.match(node, part, term)) for part, term in parts)

    def _words(self, claim: NamedNode) -> Iterator[Evidence]:
        for row in rows_of(self._store, _WORDS, claim):
            yield Evidence(
                "said",
                article=row["article"].value.removeprefix(ARTICLE.base),
                quote=row["quote"].value,
                start=int(row["start"].value),
                end=int(row["end"].value),
                claim=claim.value,
                reader=row["reader"].value if "reader" in row else None,
                basis=row["basis"].value if "basis" in row else None,
            )

    def _registered(self, fact: Fact) -> list[Evidence]:
        """Return the register's entry: the source of the fact, else that of its subject."""
        found = (quad.subject for quad in self._store.match(None, RDF.subject, fact[0], REGISTER_GRAPH))
        stating = [node for node in found if isinstance(node, NamedNode) and self._states(node, fact)]
        sources = {source for node in stating or [fact[0]] for source in self._sources(node)}
        return [Evidence("register", source=source) for source in sorted(sources)] or [Evidence("register")]

    def _sources(self, node: NamedNode) -> Iterator[str]:
        quads = self._store.match(node, DCTERMS.source, None, REGISTER_GRAPH)
        return (quad.object.value for quad in quads if isinstance(quad.object, Literal))


def _place(word: Evidence) -> tuple[int, int, str]:
    return word.start or 0, word.end or 0, word.claim or ""
