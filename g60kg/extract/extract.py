"""An article to its claims: the one way through this room.

Goes in: an article and a grammar. Comes out: claims in the order of the text, each once, with the words that say it.
"""

from collections.abc import Iterable, Iterator

from ..model import Article, Claim
from .claims import Claimant, object_key, qualifier_key
from .grammar import Grammar
from .matching import find
from .reading import Sentence


def extract(article: Article, grammar: Grammar) -> tuple[Claim, ...]:
    """Return the claims that an article states, sorted by where they stand."""
    reading = grammar.read(article)
    claimant = Claimant(reading, grammar)
    claims: list[Claim] = []
    for sentence in reading.sentences:
        claims += _fullest(_of_sentence(sentence, grammar, claimant))
    return tuple(
        sorted(
            claims, key=lambda claim: (claim.start, claim.end, claim.predicate, claim.subject.iri, claim.id)
        )
    )


def _of_sentence(sentence: Sentence, grammar: Grammar, claimant: Claimant) -> Iterator[Claim]:
    if not sentence.at:
        return
    called, always = grammar.by_word
    numbers = {number for word in sentence.words for number in called.get(word, ())}.union(always)
    for number in sorted(numbers):
        pattern, form = grammar.forms[number]
        if not claimant.allows(pattern, sentence):
            continue
        for match in find(grammar.compiled(form), grammar.codes, sentence):
            yield from claimant.claims(pattern, match)


def _fullest(claims: Iterable[Claim]) -> list[Claim]:
    """Keep of the claims of a sentence that state one triple the one with the most qualifiers, then the shortest quote."""
    kept: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        rivals = kept.setdefault((claim.subject.iri, claim.predicate, *object_key(claim.object)), [])
        mine = set(qualifier_key(claim.qualifiers))
        if any(_covers(other, mine, claim) for other in rivals):
            continue
        rivals[:] = [
            other for other in rivals if not _covers(claim, set(qualifier_key(other.qualifiers)), other)
        ]
        rivals.append(claim)
    return [claim for rivals in kept.values() for claim in rivals]


def _covers(claim: Claim, qualifiers: set[str], other: Claim) -> bool:
    """Tell whether a claim says all that the other one does, from words that overlap."""
    mine = set(qualifier_key(claim.qualifiers))
    if not qualifiers <= mine or claim.end <= other.start or other.end <= claim.start:
        return False
    return qualifiers < mine or claim.end - claim.start <= other.end - other.start
