"""What supports a fact: the claims that state it, where the register has it from, the ontology."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from g60kg.describe.claims import Claimed, claims_of
from g60kg.describe.lookup import Memo, iris, literals
from g60kg.reason.explanation import Evidence
from g60kg.store import Store, Term
from g60kg.terms import CLAIM, DCTERMS, GRAPH, ONTOLOGY_GRAPH, RDF, REGISTER_GRAPH, claims_graph

Parts = tuple[NamedNode, NamedNode, Term]
"""Subject, property and object of a fact."""
SHOWN: Final = 20
"""The words of so many articles are read for the proof of a fact."""
FEW: Final = 2
"""The words of so many articles stand beside a fact; its proof is a link away."""
_PARTS: Final = (RDF.subject, RDF.predicate, RDF.object)
_ARTICLES: Final = GRAPH["article/"].value
_CLAIMS: Final = GRAPH["claims/"].value
_PROPOSED: Final = """
SELECT DISTINCT ?claim {
  ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; g60:status g60:Proposed
}
"""


class Supports:
    """The supports of facts in a store."""

    def __init__(self, store: Store) -> None:
        self._store = Memo.over(store)
        self._said: dict[tuple[object, ...], frozenset[NamedNode]] = {}

    def claims(self, fact: Parts, graphs: Iterable[object]) -> tuple[Claimed, ...]:
        """Return the plain claims that state a fact which these graphs hold, in the order of the articles and
        their texts; of many articles the claims of the first `FEW`.
        """
        return tuple(claim for name in _articles(graphs)[:FEW] for claim in self._plain(fact, name))

    def sources(self, fact: Parts) -> tuple[str, ...]:
        """Return where the register has a fact from: the source of the fact, else that of its subject."""
        entries = self._stating(fact, REGISTER_GRAPH)
        found = (literals(self._store, node, DCTERMS.source) for node in entries or [fact[0]])
        return tuple(sorted({each.value for sources in found for each in sources}))

    def evidence(self, triple: Triple, most: int = SHOWN) -> tuple[Evidence, ...]:
        """Return the places that say a triple, articles first: what stands at the leaf of a proof.

        Of many articles the words of the first `most` are read, and the others counted.
        """
        fact = fact_of(*triple)
        if fact is None:
            return (Evidence("axiom"),)
        names = iris(quad.graph_name for quad in self._store.match(*fact))
        articles = _articles(names)
        found = [one for name in articles[:most] for one in self._in_article(fact, name)]
        if len(articles) > most:
            found.append(Evidence("said", more=len(articles) - most))
        rest = sorted(name.value for name in names if not name.value.startswith(_ARTICLES))
        return (*found, *(one for graph in rest for one in self._in_graph(fact, graph)))

    def proposed(self, triple: Triple) -> tuple[Evidence, ...]:
        """Return the words of the claims that state a triple and that nobody has confirmed."""
        fact = fact_of(*triple)
        if fact is None or isinstance(fact[2], BlankNode):
            return ()
        rows = self._store.select(_PROPOSED, {"s": fact[0], "p": fact[1], "o": fact[2]}).rows
        return tuple(_evidence(claims_of(self._store, (row[0] for row in islice(rows, SHOWN)))))

    def _in_article(self, fact: Parts, article: str) -> Iterator[Evidence]:
        """Return the words of the claims of an article that state a fact, or else name its subject."""
        return _evidence(self._plain(fact, article) or self._naming(article, fact[0]))

    def _plain(self, fact: Parts, article: str) -> tuple[Claimed, ...]:
        """Return the plain claims of an article that state a fact."""
        stating = claims_of(self._store, self._stating(fact, claims_graph(article)))
        return tuple(claim for claim in stating if claim.is_fact)

    def _stating(self, fact: Parts, graph: NamedNode) -> frozenset[NamedNode]:
        """Return the nodes of a graph that state a fact."""
        parts = (self._saying(graph, part, term) for part, term in zip(_PARTS, fact, strict=True))
        return frozenset.intersection(*parts)

    def _saying(self, graph: NamedNode, part: NamedNode, term: Term) -> frozenset[NamedNode]:
        """Return the nodes of a graph that have a term as their subject, property or object; read once."""
        place = (graph, part, term)
        if place not in self._said:
            self._said[place] = frozenset(iris(q.subject for q in self._store.match(None, part, term, graph)))
        return self._said[place]

    def _in_graph(self, fact: Parts, graph: str) -> Iterable[Evidence]:
        if graph == REGISTER_GRAPH.value:
            return [Evidence("register", source=each) for each in self.sources(fact) or (None,)]
        if graph.startswith(_CLAIMS) and fact[1] == RDF.type:  # a claim with its words, else the article
            claims = claims_of(self._store, [fact[0]] if fact[0].value.startswith(CLAIM.base) else ())
            return [*_evidence(claims)] or [Evidence("said", article=graph.removeprefix(_CLAIMS))]
        return [Evidence("axiom")] if graph == ONTOLOGY_GRAPH.value else []

    def _naming(self, article: str, term: NamedNode) -> tuple[Claimed, ...]:
        """Return the claims that a thing was taken from: plain ones that it is the object of, else others."""
        named = []
        for part in (RDF.object, RDF.subject):
            claims = claims_of(self._store, self._saying(claims_graph(article), part, term))
            if plain := tuple(claim for claim in claims if claim.is_fact):
                return plain
            named.append(claims)
        return named[0] or named[1]


def _articles(graphs: Iterable[object]) -> list[str]:
    """Return the ids of the articles whose graphs are among these, sorted."""
    names = sorted(graph.value for graph in iris(graphs))
    return [name.removeprefix(_ARTICLES) for name in names if name.startswith(_ARTICLES)]


def fact_of(subject: object, predicate: object, said: object) -> Parts | None:
    """Return three terms as a fact about a named thing, if they are one."""
    if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(said, Term):
        return subject, predicate, said
    return None


def _evidence(claims: Iterable[Claimed]) -> Iterator[Evidence]:
    for claim in claims:
        words = claim.words
        yield Evidence(
            "said",
            article=words.article,
            quote=words.quote,
            start=words.start,
            end=words.end,
            claim=claim.node.value,
            reader=claim.reader,
            basis=claim.basis,
        )
