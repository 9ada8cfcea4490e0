"""What supports facts, and what says the rows of a stored query: claims, the register, the ontology.

A row that states something gets five columns more: the words, their article and date, and how that is known.
A fact that follows has the words of the first claim that its smallest proof rests on.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from g60kg.describe.claims import Claimed, claims_of, words_of
from g60kg.describe.lookup import Memo, iris, literals, node, value
from g60kg.errors import LimitError
from g60kg.later import later
from g60kg.model import Evidence
from g60kg.query import Column, Rows, StoredQuery, Text
from g60kg.query.model import EVIDENCE
from g60kg.resources import query_text, resource
from g60kg.store import Store, Term
from g60kg.terms import ARTICLE, DCTERMS, G60, GRAPH, ONTOLOGY_GRAPH, RDF, REGISTER_GRAPH, claims_graph, iri

if TYPE_CHECKING:
    from g60kg import reason
    from g60kg.reason import RuleSet, Why
else:
    (reason,) = later("g60kg", "reason")

Parts = tuple[NamedNode, NamedNode, Term]
"""Subject, property and object of a fact."""
SHOWN: Final = 20
"""The words of so many articles are read for the proof of a fact."""
FEW: Final = 2
"""The words of so many articles stand beside a fact; its proof is a link away."""
_PARTS: Final = (RDF.subject, RDF.predicate, RDF.object)
ARTICLES: Final = GRAPH["article/"].value
_CLAIMS: Final = GRAPH["claims/"].value
MOST: Final = 200
"""So many rows of an answer that were inferred are proved, which takes some milliseconds each."""
Said = tuple[Term | None, ...]


class Supports:
    """The supports of facts in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store = Memo.over(store)

        @cache
        def saying(graph: NamedNode, part: NamedNode, term: Term) -> frozenset[NamedNode]:
            return frozenset(iris(quad.subject for quad in store.match(None, part, term, graph)))

        self._saying = saying
        """The nodes of a graph that have a term as their subject, property or object."""

    def claims(self, fact: Parts, graphs: Iterable[object]) -> tuple[Claimed, ...]:
        """Return the plain claims that state a fact which these graphs hold, in the order of the articles and
        their texts; of many articles the claims of the first `FEW`.
        """
        return tuple(claim for name in _articles(graphs)[:FEW] for claim in self._plain(fact, name))

    def sources(self, fact: Parts) -> tuple[str, ...]:
        """Return where the register has a fact from: the source of the fact, else that of its subject."""
        entries = self._stating(fact, REGISTER_GRAPH) or [fact[0]]
        found = {each.value for entry in entries for each in literals(self._store, entry, DCTERMS.source)}
        return tuple(sorted(found))

    def evidence(self, triple: Triple, most: int = SHOWN) -> tuple[Evidence, ...]:
        """Return the places that say a triple, articles first: what stands at the leaf of a proof.

        Of many articles the words of the first `most` are read, and the others counted.
        """
        fact = fact_of(*triple)
        if fact is None:
            return (Evidence("axiom"),)
        names = iris(quad.graph_name for quad in self._store.match(*fact))
        articles, found = _articles(names), list[Evidence]()
        for name in articles[:most]:
            found += _evidence(self._plain(fact, name) or self._naming(name, fact[0]))
        if len(articles) > most:
            found.append(Evidence("said", more=len(articles) - most))
        rest = sorted(name.value for name in names if not name.value.startswith(ARTICLES))
        return (*found, *(one for graph in rest for one in self._in_graph(fact, graph)))

    def proposed(self, triple: Triple) -> tuple[Evidence, ...]:
        """Return the words of the claims that state a triple and that nobody has confirmed."""
        fact = fact_of(*triple)
        if fact is None or isinstance(fact[2], BlankNode):
            return ()
        parts = {"s": fact[0], "p": fact[1], "o": fact[2]}
        rows = islice(self._store.select(query_text("proposed-claims"), parts).rows, SHOWN)
        return tuple(_evidence(claims_of(self._store, (row[0] for row in rows))))

    def _plain(self, fact: Parts, article: str) -> tuple[Claimed, ...]:
        """Return the plain claims of an article that state a fact."""
        stating = claims_of(self._store, self._stating(fact, claims_graph(article)))
        return tuple(claim for claim in stating if claim.is_fact)

    def _stating(self, fact: Parts, graph: NamedNode) -> frozenset[NamedNode]:
        """Return the nodes of a graph that state a fact."""
        parts = (self._saying(graph, part, term) for part, term in zip(_PARTS, fact, strict=True))
        return frozenset.intersection(*parts)

    def _in_graph(self, fact: Parts, graph: str) -> Iterable[Evidence]:
        if graph == REGISTER_GRAPH.value:
            return [Evidence("register", source=each) for each in self.sources(fact) or (None,)]
        if graph.startswith(_CLAIMS) and fact[1] == RDF.type:  # a claim with its words, else the article
            claims = _evidence(claims_of(self._store, [fact[0]]))
            return [*claims] or [Evidence("said", article=graph.removeprefix(_CLAIMS))]
        return [Evidence("axiom")] if graph == ONTOLOGY_GRAPH.value else []

    def _naming(self, article: str, term: NamedNode) -> tuple[Claimed, ...]:
        """Return the claims that a thing was taken from: plain ones that it is the object of, else others."""
        saying = (self._saying(claims_graph(article), part, term) for part in (RDF.object, RDF.subject))
        of, about = (claims_of(self._store, found) for found in saying)
        plain = (tuple(claim for claim in claims if claim.is_fact) for claims in (of, about))
        return next(filter(None, plain), of or about)


def _articles(graphs: Iterable[object]) -> list[str]:
    """Return the ids of the articles whose graphs are among these, sorted."""
    names = sorted(graph.value for graph in iris(graphs))
    return [name.removeprefix(ARTICLES) for name in names if name.startswith(ARTICLES)]


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


@cache
def evidence_columns() -> tuple[Column, ...]:
    """Return the columns that every query has whose header says what a row states."""
    import yaml

    texts = yaml.safe_load(resource("ontology", "describe", "evidence.yaml").read_text("utf-8"))
    return tuple(Column(name, Text(**texts[name])) for name in EVIDENCE)


def columns_of(query: StoredQuery) -> tuple[Column, ...]:
    """Return the columns of a query's answer, those of its evidence last."""
    return query.columns + (evidence_columns() if query.evidence else ())


def with_evidence(store: Store, query: StoredQuery, rows: Rows, rules: Callable[[], "RuleSet"]) -> Rows:
    """Return rows with what says each of them, where the query's header says what they state.

    `rules` is called where a row was inferred; of more than `MOST` such rows the further ones have no words.
    """
    if not query.evidence:
        return rows
    found = _Evidence(store, rules)
    said = (found.of(_parts(query.evidence, rows.columns, row)) for row in rows.terms)
    terms = tuple((*row, *more) for row, more in zip(rows.terms, said, strict=True))
    return Rows((*rows.columns, *EVIDENCE), terms)


def _parts(evidence: Sequence[str], columns: Sequence[str], row: Said) -> list[Term | None]:
    return [row[columns.index(each)] if each in columns else iri(each) for each in evidence]


def stated(store: Store, query: StoredQuery, columns: Sequence[str], row: Said) -> Parts | None:
    """Return the fact that a row states, that of its claim where it has one; None where it states none."""
    parts = _parts(query.evidence, columns, row)
    if len(parts) == 1 and isinstance(parts[0], NamedNode):
        parts = [value(store, parts[0], each) for each in _PARTS]
    return fact_of(*parts) if len(parts) == 3 else None


class _Evidence(Supports):
    """What says facts and claims of one store; a proof is looked for where it is needed, up to `MOST`."""

    def __init__(self, store: Store, rules: Callable[[], "RuleSet"]) -> None:
        super().__init__(store)
        self._rules, self._left = rules, MOST

    def of(self, parts: Sequence[Term | None]) -> Said:
        """Return the terms of the columns for a claim, or for a fact."""
        claim, fact = parts[0], fact_of(*parts) if len(parts) == len(_PARTS) else None
        if fact is not None:
            held = [each for each in self.evidence(Triple(*fact), 1) if each.kind in ("said", "register")]
            first = next((each for each in held or self._leaves(fact) if each.quote), Evidence("said"))
            return self._row(first.quote, first.article, held[0].kind if held else "inferred")
        if len(parts) == 1 and isinstance(claim, NamedNode) and (words := words_of(self._store, claim)):
            is_proposed = node(self._store, claim, G60.status) == G60.Proposed
            return self._row(words.quote, words.article, "said", "proposed" if is_proposed else "accepted")
        return (None,) * len(EVIDENCE)

    def _row(self, quote: str | None, article: str | None, basis: str, status: str = "accepted") -> Said:
        place = ARTICLE[article] if article else None
        date = value(self._store, place, DCTERMS.date) if place is not None else None
        return Literal(quote) if quote else None, place, date, Literal(basis), Literal(status)

    def _leaves(self, fact: Parts) -> list[Evidence]:
        """Return what a fact that was inferred rests on; nothing where its proof takes too much work."""
        self._left -= 1
        if self._left < 0:
            return []
        try:
            proof = self._why.of(fact)
        except LimitError:
            return []
        return [one for part in getattr(proof, "parts", tuple)() for one in part.evidence]

    @cached_property
    def _why(self) -> "Why":
        return reason.Why(self._rules(), reason.StoreFacts(self._store), lambda fact: self.evidence(fact, 1))
