"""The articles held, and finding one.

Goes in: a store. Comes out: `Rows`, or an article's id.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.errors import UnknownArticle
from g60kg.query import Rows
from g60kg.store import Store, Term
from g60kg.terms import ARTICLE, DCTERMS, G60, RDF, STATISTIC, article_graph, claims_graph

_COLUMNS: Final = ("article", "title", "date", "claims", "facts", "proposed")


def articles(store: Store) -> Rows:
    """Return the articles held, sorted by id, with how many claims and direct facts each gives.

    `proposed` counts the claims that await a person's word.
    """
    return Rows(_COLUMNS, tuple(_row(store, name) for name in article_ids(store)))


def article_ids(store: Store) -> tuple[str, ...]:
    """Return the ids of the articles held, sorted."""
    found = (quad.subject for quad in store.match(None, RDF.type, G60.Article))
    nodes = (node.value for node in found if isinstance(node, NamedNode))
    return tuple(sorted({node.removeprefix(ARTICLE.base) for node in nodes}))


def find_article(store: Store, name: str) -> str:
    """Return the id of the article that an id, an IRI or a CURIE names.

    Raises `UnknownArticle` with the nearest ids.
    """
    wanted = name.strip("<>").removeprefix(ARTICLE.base).removeprefix("article:")
    held = article_ids(store)
    if wanted not in held:
        raise UnknownArticle(name, get_close_matches(wanted, held, 3, 0.3) or held[:3])
    return wanted


def _row(store: Store, name: str) -> tuple[Term | None, ...]:
    node = ARTICLE[name]
    claims = sum(1 for _ in store.match(None, RDF.type, G60.Claim, claims_graph(name)))
    facts = sum(1 for _ in _facts(store, name))
    proposed = sum(1 for _ in store.match(None, G60.status, G60.Proposed, claims_graph(name)))
    return (
        Literal(name),
        _value(store, node, DCTERMS.title),
        _value(store, node, DCTERMS.date),
        *map(Literal, (claims, facts, proposed)),
    )


def _facts(store: Store, name: str) -> Iterator[object]:
    """Yield the direct facts of an article; what describes a figure is no fact of its own."""
    quads = store.match(graph=article_graph(name))
    return (quad for quad in quads if not str(quad.subject).startswith(f"<{STATISTIC.base}"))


def _value(store: Store, node: NamedNode, predicate: NamedNode) -> Literal | None:
    found = (quad.object for quad in store.match(node, predicate))
    return min((value for value in found if isinstance(value, Literal)), key=str, default=None)
