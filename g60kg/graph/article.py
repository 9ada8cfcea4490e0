"""An article and its claims to its two graphs.

Goes in: an article, its claims. Comes out: quads, each once, sorted as their N-Quads lines are.
"""

from collections.abc import Iterable

from pyoxigraph import Quad

from ..model import Article, Claim
from .claims import claim_quads
from .facts import fact_quads


def article_quads(article: Article, claims: Iterable[Claim]) -> list[Quad]:
    """Return the quads of `graph:article/ID` and `graph:claims/ID`.

    Raises `ArticleError` when a quote is not what stands at its place.
    """
    listed = tuple(claims)
    quads = {*fact_quads(article, listed), *claim_quads(article, listed)}
    return sorted(quads, key=str)
