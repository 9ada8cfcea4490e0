"""What supports a fact: the claims that state it, where the register has it from, the ontology."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from g60kg.describe.claims import Claimed, claims_of
from g60kg.describe.lookup import Memo, literals, value
from g60kg.reason.explanation import Evidence
from g60kg.store import Store, Term
from g60kg.terms import (
    CLAIM,
    DCTERMS,
    GRAPH,
    ONTOLOGY_GRAPH,
    RDF,
    REGISTER,
    REGISTER_GRAPH,
    claims_graph,
)

Parts = tuple[NamedNode, NamedNode, Term]
"""Subject, property and object of a fact."""
MOST: Final = 300
"""So many nodes about a thing are read at once; where there are more, they are asked for fact by fact."""
SHOWN: Final = 20
"""The words of so many articles are read for a fact."""
_PARTS: Final = (RDF.subject, RDF.predicate, RDF.object)
_ARTICLES: Final = GRAPH["article/"].value
_CLAIMS: Final = GRAPH["claims/"].value
_STATING: Final = "SELECT ?node { ?node rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"


class Supports:
    """The supports of facts; of those about a `thing`, where one is given, all are read at once."""

    def __init__(self, store: Store, thing: NamedNode | None = None) -> None:
        self._store = Memo.over(store)
        self._thing = thing

    def claims(self, fact: Parts) -> tuple[Claimed, ...]:
        """Return the plain claims that state a fact, in the order of the articles and their texts."""
        return tuple(claim for claim in self._claims(fact) if claim.is_fact)

    def sources(self, fact: Parts) -> tuple[str, ...]:
        """Return where the register has a fact from: the source of the fact, else that of its subject."""
        entries = [node for node in self._stating(fact) if node.value.startswith(REGISTER.base)]
        found = (literals(self._store, node, DCTERMS.source) for node in entries or [fact[0]])
        return tuple(sorted({each.value for sources in found for each in sources}))

    def evidence(self, triple: Triple) -> tuple[Evidence, ...]:
        """Return the places that say a triple, articles first: what stands at the leaf of a proof.

        Of many articles the words of the first are read, and the others counted.
        """
        fact = _fact(triple)
        if fact is None:
            return (Evidence("axiom"),)
        names = {quad.graph_name for quad in self._store.match(*fact)}
        graphs = sorted(name.value for name in names if isinstance(name, NamedNode))
        articles = [graph.removeprefix(_ARTICLES) for graph in graphs if graph.startswith(_ARTICLES)]
        found = [one for name in articles[:SHOWN] for one in self._in_article(fact, name)]
        if len(articles) > SHOWN:
            found.append(Evidence("said", more=len(articles) - SHOWN))
        rest = (graph for graph in graphs if not graph.startswith(_ARTICLES))
        return (*found, *(one for graph in rest for one in self._in_graph(fact, graph)))

    def proposed(self, triple: Triple) -> tuple[Evidence, ...]:
        """Return the words of the claims that state a triple and that nobody has confirmed."""
        fact = _fact(triple)
        claims = self._claims(fact) if fact else ()
        return tuple(_evidence(claim for claim in claims if claim.is_proposed))

    def _in_article(self, fact: Parts, article: str) -> Iterator[Evidence]:
        """Return the words of the claims of an article that state a fact, or else name its subject."""
        said = {part: self._saying(article, part, term) for part, term in zip(_PARTS, fact, strict=True)}
        stating = claims_of(self._store, said[RDF.subject] & said[RDF.predicate] & said[RDF.object])
        plain = tuple(claim for claim in stating if claim.is_fact)
        return _evidence(plain or self._naming(article, fact[0]))

    def _saying(self, article: str, part: NamedNode, term: Term) -> set[NamedNode]:
        """Return the claims of an article that have a term as their subject, property or object."""
        found = self._store.match(None, part, term, claims_graph(article))
        return {quad.subject for quad in found if isinstance(quad.subject, NamedNode)}

    def _in_graph(self, fact: Parts, graph: str) -> Iterable[Evidence]:
        if graph == REGISTER_GRAPH.value:
            return [Evidence("register", source=each) for each in self.sources(fact) or (None,)]
        if graph.startswith(_CLAIMS) and fact[1] == RDF.type:
            return self._record(fact[0], graph.removeprefix(_CLAIMS))
        return [Evidence("axiom")] if graph == ONTOLOGY_GRAPH.value else []

    def _record(self, node: NamedNode, article: str) -> list[Evidence]:
        """Return where a record of an article stands: a claim with its words, else the article."""
        words = [*_evidence(claims_of(self._store, [node]))] if node.value.startswith(CLAIM.base) else []
        return words or [Evidence("said", article=article)]

    def _naming(self, article: str, term: NamedNode) -> tuple[Claimed, ...]:
        """Return the claims that a thing was taken from: plain ones that it is the object of, else others."""
        named = []
        for part in (RDF.object, RDF.subject):
            claims = claims_of(self._store, self._saying(article, part, term))
            if plain := tuple(claim for claim in claims if claim.is_fact):
                return plain
            named.append(claims)
        return named[0] or named[1]

    def _claims(self, fact: Parts) -> tuple[Claimed, ...]:
        """Return the claims that state a fact, of many those of the first articles."""
        nodes = [node for node in self._stating(fact) if node.value.startswith(CLAIM.base)]
        if len(nodes) > SHOWN:
            nodes = sorted(nodes, key=self._place)[:SHOWN]
        return claims_of(self._store, nodes)

    def _place(self, node: NamedNode) -> tuple[str, str]:
        graphs = (str(quad.graph_name) for quad in self._store.match(node, RDF.object))
        return min(graphs, default=""), node.value

    def _stating(self, fact: Parts) -> tuple[NamedNode, ...]:
        """Return the nodes that state a fact."""
        if self._about is not None:
            return tuple(self._about.get(fact, ()))
        subject, predicate, said = fact
        if isinstance(said, BlankNode):
            return ()
        answer = self._store.select(_STATING, {"s": subject, "p": predicate, "o": said})
        return tuple({row[0]: None for row in answer.rows if isinstance(row[0], NamedNode)})

    @cached_property
    def _about(self) -> dict[Parts, dict[NamedNode, None]] | None:
        """The nodes about the thing by what they state; None where there is no thing, or too many of them."""
        if self._thing is None:
            return None
        nodes: dict[NamedNode, None] = {}
        for part in (RDF.subject, RDF.object):
            for quad in islice(self._store.match(None, part, self._thing), MOST + 1):
                if isinstance(quad.subject, NamedNode):
                    nodes[quad.subject] = None
        if len(nodes) > MOST:
            return None
        found: dict[Parts, dict[NamedNode, None]] = {}
        for node in nodes:
            subject, predicate, said = (
                value(self._store, node, part) for part in (RDF.subject, RDF.predicate, RDF.object)
            )
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and said is not None:
                found.setdefault((subject, predicate, said), {})[node] = None
        return found


def _fact(triple: Triple) -> Parts | None:
    """Return a triple as a fact about a named thing, if it is one."""
    subject, said = triple.subject, triple.object
    if not isinstance(subject, NamedNode) or isinstance(said, Triple):
        return None
    return subject, triple.predicate, said


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
