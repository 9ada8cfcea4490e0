"""The articles held: listed, found by what a user writes, and what is known of one."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.lookup import iris, text, value
from g60kg.errors import UnknownArticle
from g60kg.query import Rows
from g60kg.store import Store, Term
from g60kg.terms import ARTICLE, DCTERMS, G60, RDF, RDFS, STATISTIC, article_graph, claims_graph

_WEB: Final = ("http://", "https://")
"""What the address of an article that a page links to begins with: no script."""
_COLUMNS: Final = ("article", "title", "date", "claims", "facts", "proposed")


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an article; `claims` is how many it gives."""

    id: str
    title: str
    date: str
    url: str
    note: str
    language: str
    claims: int


def articles(store: Store) -> Rows:
    """Return the articles held, sorted by id, with how many claims and direct facts each gives.

    `proposed` counts the claims that await a person's word.
    """
    return Rows(_COLUMNS, tuple(_row(store, name) for name in article_ids(store)))


def article_ids(store: Store) -> tuple[str, ...]:
    """Return the ids of the articles held, sorted."""
    found = store.select("SELECT ?article { ?article a g60:Article }").rows
    return tuple(sorted(each.value.removeprefix(ARTICLE.base) for each in iris(row[0] for row in found)))


def find_article(store: Store, name: str) -> str:
    """Return the id of the article that an id, an IRI or a CURIE names.

    Raises `UnknownArticle` with the nearest ids.
    """
    wanted = name.strip("<>").removeprefix(ARTICLE.base).removeprefix("article:")
    held = article_ids(store)
    if wanted not in held:
        raise UnknownArticle(name, get_close_matches(wanted, held, 3, 0.3) or held[:3])
    return wanted


def about_article(store: Store, name: str) -> About:
    """Return what is known of an article, by its id."""
    node = ARTICLE[name]
    url = value(store, node, DCTERMS.source)
    return About(
        name,
        text(store, node, DCTERMS.title),
        text(store, node, DCTERMS.date),
        url.value if isinstance(url, NamedNode) and url.value.lower().startswith(_WEB) else "",
        text(store, node, RDFS.comment),
        text(store, node, DCTERMS.language) or "en",
        _claims(store, name),
    )


def _row(store: Store, name: str) -> tuple[Term | None, ...]:
    title, date = (value(store, ARTICLE[name], each) for each in (DCTERMS.title, DCTERMS.date))
    quads = store.match(graph=article_graph(name))
    # what describes a figure is no fact of its own
    facts = sum(not str(quad.subject).startswith(f"<{STATISTIC.base}") for quad in quads)
    proposed = sum(1 for _ in store.match(None, G60.status, G60.Proposed, claims_graph(name)))
    return (Literal(name), title, date, *map(Literal, (_claims(store, name), facts, proposed)))


def _claims(store: Store, name: str) -> int:
    return sum(1 for _ in store.match(None, RDF.type, G60.Claim, claims_graph(name)))
