"""An article as a page shows it: its text as found, with its names and claims.

Goes in: a store and the id of an article. Comes out: a `Reading`.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from g60kg.kg.own import Own
from g60kg.kg.stages import PACKAGED
from g60kg.kg.texts import article_text
from g60kg.serve.views.claims import Claimed, claim_of
from g60kg.serve.views.memo import Memo
from g60kg.serve.views.reading import text, value
from g60kg.serve.views.segments import Paragraph, paragraphs_of
from g60kg.serve.views.supports import in_text
from g60kg.store import Store
from g60kg.terms import ARTICLE, DCTERMS, G60, RDF, RDFS, claims_graph

PART: Final = 30_000
"""A longer text is shown in parts of about so many characters, at paragraphs where there are any."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an article."""

    id: str
    title: str
    date: str
    url: str
    note: str
    language: str
    claims: int


@dataclass(frozen=True, slots=True)
class Reading:
    """An article: its text in paragraphs, or its claims alone where nobody has the text any more.

    A long text is shown in parts: this is part `part`, from 1, of those that begin at `starts`.
    """

    about: About
    has_text: bool
    paragraphs: tuple[Paragraph, ...] = ()
    claims: tuple[Claimed, ...] = ()
    part: int = 1
    starts: tuple[int, ...] = (0,)


def about_article(store: Store, name: str) -> About:
    """Return what is known of an article."""
    node = ARTICLE[name]
    url = value(store, node, DCTERMS.source)
    title, date = (text(store, node, each) for each in (DCTERMS.title, DCTERMS.date))
    count = sum(1 for _ in store.match(None, RDF.type, G60.Claim, claims_graph(name)))
    language = text(store, node, DCTERMS.language) or "en"
    is_web = isinstance(url, NamedNode) and url.value.lower().startswith(("http://", "https://"))
    source = url.value if is_web and isinstance(url, NamedNode) else ""
    return About(name, title, date, source, text(store, node, RDFS.comment), language, count)


def article_of(store: Store, name: str, own: Own = PACKAGED, at: int = 0) -> Reading:
    """Return an article that is held, in the part that has the character `at`."""
    about, article = about_article(store, name), article_text(store, name)
    if article is None:
        return Reading(about, False, claims=claims_in(Memo.over(store), name))
    starts = part_starts(article.text)
    part = bisect_right(starts, max(at, 0))
    start, end = starts[part - 1], [*starts, len(article.text)][part]
    here = claims_in(Memo.over(store), name, start, end)
    paragraphs = tuple(paragraphs_of(article, start, end, here, own))
    return Reading(about, True, paragraphs, here, part, starts)


def claims_in(store: Store, name: str, start: int = 0, end: int | None = None) -> tuple[Claimed, ...]:
    """Return the claims of an article, or those that begin between two places, in the order of its text."""
    if end is None:
        quads = store.match(None, RDF.type, G60.Claim, claims_graph(name))
        terms: Iterable[object] = (quad.subject for quad in quads)
    else:
        path = f"?claim oa:hasTarget/oa:hasSelector/oa:start ?at FILTER(?at >= {start} && ?at < {end})"
        query = f"SELECT DISTINCT ?claim {{ GRAPH {claims_graph(name)} {{ {path} }} }}"
        terms = (row[0] for row in store.select(query).rows)
    found = (claim_of(store, term) for term in terms if isinstance(term, NamedNode))
    return tuple(sorted((each for each in found if each), key=in_text))


def part_starts(text: str, size: int = PART) -> tuple[int, ...]:
    r"""Return where the parts of a text begin: each at a paragraph, `size` characters or more after the last.

    Where a paragraph is longer than that it is cut after a sentence, else anywhere.

    >>> part_starts("one\ntwo\nthree", 5), part_starts("One. Two. Three. Four.", 5)
    ((0, 8), (0, 9, 16))
    """
    starts = [0]
    while (start := starts[-1]) + size < len(text):
        most = start + 2 * size
        found = text.find("\n", start + size - 1, most)
        if found < 0 and most < len(text):
            found = max(text.rfind(mark, start + size - 1, most) for mark in (".", "。"))
            found = found if found >= 0 else most - 1
        if found < 0 or found + 1 >= len(text):
            break
        starts.append(found + 1)
    return tuple(starts)
