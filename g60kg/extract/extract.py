"""An article to its claims: the one way through this room.

Goes in: an article and a grammar. Comes out: claims in the order of the text, each once, with the words that
say it.
"""

from collections.abc import Iterable, Iterator, Set

from ..model import Article, Claim
from .claims import claims_of
from .grammar import Grammar
from .keys import object_key, qualifier_key
from .matching import find
from .patterns import Pattern
from .reading import Reading, Sentence
from .statement import Statement


def extract(article: Article, grammar: Grammar) -> tuple[Claim, ...]:
    """Return the claims that an article states, sorted by where they stand."""
    reading = grammar.read(article)
    claims: list[Claim] = []
    for sentence in reading.sentences:
        if sentence.at:
            claims += fullest(most_exact(list(claims_in(sentence, reading, grammar)), grammar))
    return tuple(sorted(claims, key=lambda c: (c.start, c.end, c.predicate, c.subject.iri, c.id)))


def extract_pattern(article: Article, grammar: Grammar, pattern: str) -> tuple[Claim, ...]:
    """Return the claims that one pattern reads in an article, whether or not another reads them too."""
    reading = grammar.read(article)
    read = (claim for sentence in reading.sentences for claim in claims_in(sentence, reading, grammar))
    return tuple(fullest(claim for claim in read if claim.pattern == pattern))


def claims_in(sentence: Sentence, reading: Reading, grammar: Grammar) -> Iterator[Claim]:
    """Yield the claims that every form reads in a sentence, in the order of the patterns."""
    if sentence.asks:
        return
    called = grammar.called(sentence)
    for pattern, form in grammar.called_forms(sentence, called):
        if _allows(pattern, sentence, reading, called.words):
            for match in find(form, grammar.codes, sentence):
                yield from claims_of(Statement(pattern, match, reading, grammar))


def _allows(pattern: Pattern, sentence: Sentence, reading: Reading, words: Set[str]) -> bool:
    """Tell whether a sentence and the one before it have the words that a pattern asks for, and no others."""
    if pattern.without_words and not pattern.without_words.isdisjoint(words):
        return False
    if pattern.with_words and not any(phrase in sentence.skeleton for phrase in pattern.with_words):
        return False
    if not pattern.after_words:
        return True
    before = reading.sentences[sentence.index - 1].skeleton if sentence.index else ""
    return any(phrase in before for phrase in pattern.after_words)


def most_exact(claims: list[Claim], grammar: Grammar) -> list[Claim]:
    """Leave out the claims of patterns that yield to another which reads
    the same figure of the same subject.
    """
    if not any(grammar.yields_to[claim.pattern] for claim in claims):
        return claims
    said = {(claim.pattern, claim.subject.iri, object_key(claim.object)) for claim in claims}
    return [
        claim
        for claim in claims
        if all(
            (other, claim.subject.iri, object_key(claim.object)) not in said
            for other in grammar.yields_to[claim.pattern]
        )
    ]


def fullest(claims: Iterable[Claim]) -> list[Claim]:
    """Keep of the claims that state one triple those with the most qualifiers, then the shortest quote."""
    kept: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        rivals = kept.setdefault((claim.subject.iri, claim.predicate, *object_key(claim.object)), [])
        if not any(_covers(other, claim) for other in rivals):
            rivals[:] = [other for other in rivals if not _covers(claim, other)]
            rivals.append(claim)
    return [claim for rivals in kept.values() for claim in rivals]


def _covers(claim: Claim, other: Claim) -> bool:
    """Tell whether a claim says all that another does, from words that overlap."""
    mine, theirs = set(qualifier_key(claim.qualifiers)), set(qualifier_key(other.qualifiers))
    if not theirs <= mine or claim.end <= other.start or other.end <= claim.start:
        return False
    return theirs < mine or claim.end - claim.start <= other.end - other.start
