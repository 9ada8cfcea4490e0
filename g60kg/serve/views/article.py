"""An article as a page shows it: its text as found, with its names and claims.

Goes in: a store and the id of an article. Comes out: a `Reading`.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from g60kg.kg.overlays import Overlays
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
"""A longer text is shown in parts of about so many characters, each a whole number of paragraphs."""


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
    source = url.value if isinstance(url, NamedNode) else ""
    return About(name, title, date, source, text(store, node, RDFS.comment), language, count)


def article_of(store: Store, name: str, own: Overlays = PACKAGED, at: int = 0) -> Reading:
    """Return an article that is held, in the part that has the character `at`."""
    about, claims = about_article(store, name), claims_in(Memo.over(store), name)
    article = article_text(store, name)
    if article is None:
        return Reading(about, False, claims=claims)
    starts = part_starts(article.text)
    part = bisect_right(starts, max(at, 0))
    start, end = starts[part - 1], [*starts, len(article.text)][part]
    here = tuple(each for each in claims if start <= each.words.start < end)
    paragraphs = tuple(paragraphs_of(article, start, end, here, own))
    return Reading(about, True, paragraphs, here, part, starts)


def claims_in(store: Store, name: str) -> tuple[Claimed, ...]:
    """Return the claims of an article, in the order of its text."""
    quads = store.match(None, RDF.type, G60.Claim, claims_graph(name))
    found = (claim_of(store, quad.subject) for quad in quads if isinstance(quad.subject, NamedNode))
    return tuple(sorted((each for each in found if each), key=in_text))


def part_starts(text: str, size: int = PART) -> tuple[int, ...]:
    r"""Return where the parts of a text begin: each at a paragraph, `size` characters or more after the last.

    >>> part_starts("one\ntwo\nthree", 5)
    (0, 8)
    """
    starts = [0]
    while (found := text.find("\n", starts[-1] + size - 1)) >= 0 and found + 1 < len(text):
        starts.append(found + 1)
    return tuple(starts)
