"""Proposals for short texts, and what the verifier makes of them."""

from functools import cache
from typing import Any

from g60kg.article import Article
from g60kg.extract.proposals import Mention, Proposal, Stated, Verified
from g60kg.extract.reply import unit_code
from g60kg.extract.verify import Verifier, load_bases
from g60kg.model import Claim, Value
from g60kg.register import load_register
from g60kg.text.lexicon import load_lexicon


@cache
def verifier() -> Verifier:
    """Return the verifier over the packaged register."""
    return Verifier(load_lexicon(load_register()), load_bases())


def thing(name: str, kind: str, mention: str | None = None) -> Mention:
    """Return a mention, by default in the words of the name."""
    return Mention(name, name if mention is None else mention, kind)


def figure(words: str, value: str, unit: str = "count", comparator: str = "exact", of: str = "") -> Stated:
    """Return a figure in the units of replies."""
    return Stated(
        Value(value, "xsd:decimal", unit_code(unit) or "unit:NUM", comparator), words, of=of or None
    )


def proposal(
    quote: str, subject: Mention, predicate: str, object_: Mention | Stated, **more: Any
) -> Proposal:
    """Return a proposal of a person, whose claims are accepted."""
    limits = tuple(sorted(more.pop("limits", {}).items()))
    row = {"reader": "recorded", "pattern": "reply", "basis": "recorded"} | more
    return Proposal(
        quote=quote, subject=subject, predicate=f"g60:{predicate}", object=object_, qualifiers=limits, **row
    )


def verified(text: str, *proposals: Proposal, date: str | None = "2023-07-11", **known: Any) -> Verified:
    """Return what becomes of proposals for a text."""
    article = Article("a", text, date=date, **known)
    result = verifier().verify(article, proposals)
    for claim in result.claims:
        assert text[claim.start : claim.end] == claim.quote
    return result


def kept(text: str, one: Proposal, **more: Any) -> Claim:
    """Return the claim that a proposal becomes."""
    result = verified(text, one, **more)
    assert not result.rejections, [f"{row.check}: {row.reason}" for row in result.rejections]
    (claim,) = result.claims
    return claim


def refused(text: str, one: Proposal, **more: Any) -> str:
    """Return the check that a proposal fails."""
    result = verified(text, one, **more)
    assert not result.claims, result.claims[0]
    (rejection,) = result.rejections
    assert rejection.reason
    return rejection.check
