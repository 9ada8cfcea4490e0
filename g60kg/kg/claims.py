"""What is read in articles, for a user to see: claims as lines of JSON or as a table, how a text is read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from g60kg.article import Article
from g60kg.errors import G60Error
from g60kg.kg.overlays import Overlays
from g60kg.kg.stages import PACKAGED, claims_of, extractor, lexicon
from g60kg.later import later
from g60kg.model import Claim, Entity
from g60kg.query import Rows

if TYPE_CHECKING:
    from g60kg import extract
else:
    (extract,) = later("g60kg", "extract")


@dataclass(frozen=True)
class Claims:
    """The claims of articles, in the order of their texts."""

    claims: tuple[Claim, ...]

    def __len__(self) -> int:
        return len(self.claims)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    @property
    def accepted(self) -> "Claims":
        """Those that await no person's word."""
        return Claims(tuple(claim for claim in self.claims if claim.status == "accepted"))

    def to_jsonl(self) -> str:
        """Return one JSON object a line."""
        return "".join(json.dumps(claim.to_json(), ensure_ascii=False) + "\n" for claim in self.claims)

    @cached_property
    def rows(self) -> Rows:
        """The claims as rows to look at: subject, predicate, object, quote, its place, their status."""
        cells = (_cells(claim) for claim in self.claims)
        return Rows(("subject", "predicate", "object", "quote", "start", "status"), tuple(cells))


def _cells(claim: Claim) -> tuple[Literal, ...]:
    value = claim.object
    if isinstance(value, Entity):
        shown = value.label
    else:
        comparator = "" if value.comparator == "exact" else value.comparator
        shown = " ".join(part for part in (comparator, value.value, value.unit) if part)
    limits = ((name, it if isinstance(it, str) else it.label) for name, it in claim.qualifiers)
    if told := ", ".join(f"reported on {it}" if name == "reportedOn" else it for name, it in limits):
        shown += f" ({told})"
    said = claim.subject.label, claim.predicate, shown, claim.quote, claim.start, claim.status
    return tuple(Literal(each) for each in said)


def read_claims(article: Article, overlays: Overlays) -> tuple[Article, tuple[Claim, ...]]:
    """Return an article with its claims."""
    return article, claims_of(article, overlays)


def explanation_of(article: Article, overlays: Overlays) -> "extract.Explained":
    """Return how an article is read, sentence by sentence."""
    return extract.explain(article, extractor(overlays))


def rejections_of(article: Article, overlays: Overlays) -> tuple["extract.Refused", ...]:
    """Return what was proposed for an article and failed a check."""
    return tuple(extract.refused_of(extractor(overlays).verified(article).rejections))


def marked_sentences(article: Article, overlays: Overlays) -> tuple["extract.MarkedSentence", ...]:
    """Return a text's sentences with what is marked in them; by packaged names where a user's are gone."""
    try:
        return _marked(article, overlays)
    except G60Error:
        return _marked(article, PACKAGED)


@lru_cache(maxsize=32)
def _marked(article: Article, overlays: Overlays) -> tuple["extract.MarkedSentence", ...]:
    return extract.mark(article, lexicon(overlays))
