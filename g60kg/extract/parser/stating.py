"""How frames and relations state a claim: by the predicate that its ends allow, and once in a sentence."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.found import EXPLICIT, WEAKER, Found, weakest
from g60kg.extract.parser.frames import WITHIN
from g60kg.extract.parser.reading import Literal, Qualifiers, SentenceReading
from g60kg.extract.proposals import Mention, Proposal
from g60kg.model import Entity, Value
from g60kg.text.lexicon import Lexicon
from g60kg.text.marks import Mark

if TYPE_CHECKING:
    from spacy.tokens import Token

PLACES: Final = "Region|Park|Corridor"
PLACED: Final = "Organization|Park|Facility|Project|Corridor|Conference"
_SYMMETRIC: Final = frozenset({"cooperatesWith"})


def state(
    reading: SentenceReading,
    pattern: str,
    subject: Found,
    predicate: str,
    said: Found | Literal,
    tokens: Iterable["Token"] = (),
    *,
    modality: str | None = None,
    qualifiers: Qualifiers | None = None,
    time: Mark | None = None,
    basis: str | None = None,
) -> None:
    """Propose a claim, unless the sentence proposes it already or its ends do not allow it."""
    if isinstance(said, Found):
        chosen = _predicate(reading.lexicon, subject.entity, predicate, said.entity)
        if chosen is None:
            return
        predicate = chosen
    if any(_is_generic(reading, end) for end in (subject, said)):
        return
    modality = modality or _described_modality(reading, subject, said)
    before = _same(reading, subject, predicate, said)
    if before is not None:
        surer = _is_surer(before.basis, subject, said, basis)
        if not surer and (time is None or before.qualifiers):
            return
        reading.proposals.remove(before)
    reading.propose(
        pattern,
        subject,
        predicate,
        said,
        tokens,
        modality=modality,
        qualifiers=qualifiers,
        time=time,
        basis=basis,
    )


def _is_surer(known: str, subject: Found, said: Found | Literal, basis: str | None) -> bool:
    """Tell whether a claim stands on a surer basis than the one of which it is known already."""
    bases = [subject.basis, basis or EXPLICIT, *([said.basis] if isinstance(said, Found) else [])]
    return WEAKER.index(weakest(*bases)) < WEAKER.index(known)


def _predicate(lexicon: Lexicon, subject: Entity, predicate: str, said: Entity) -> str | None:
    """Return the predicate that two things allow; None where they allow none."""
    if predicate == "partOf" and _are_unranked(lexicon, subject, said):
        return predicate
    if predicate in (WITHIN, "locatedIn", "partOf"):
        return place_predicate(lexicon, subject, said)
    if predicate == "headquarteredIn" and not lexicon.is_a(subject, "Organization"):
        return place_predicate(lexicon, subject, said)
    return predicate


def _are_unranked(lexicon: Lexicon, part: Entity, whole: Entity) -> bool:
    """Tell whether nothing but the text says which of two regions is the larger one."""
    both = lexicon.is_a(part, "Region") and lexicon.is_a(whole, "Region")
    ranks = lexicon.tables["feeding"]["ranks"]
    return both and part.candidate and whole.candidate and not _rank(ranks, whole) < _rank(ranks, part) > 2


def place_predicate(lexicon: Lexicon, part: Entity, whole: Entity) -> str | None:
    """Return what it means that one thing is in another: `partOf`, `locatedIn`, or nothing."""
    if part.iri == whole.iri or not lexicon.is_a(whole, PLACES):
        return None
    if lexicon.is_a(part, "Region"):
        return "partOf" if lexicon.is_a(whole, "Region") and _may_contain(lexicon, part, whole) else None
    if part.iri in lexicon.above(whole.iri, "g60:locatedIn"):
        return None
    return "locatedIn" if lexicon.is_a(part, PLACED) else None


def _may_contain(lexicon: Lexicon, part: Entity, whole: Entity) -> bool:
    """Tell whether a region ranks below another, and the register knows of no other whole."""
    ranks = lexicon.tables["feeding"]["ranks"]
    above = lexicon.above(part.iri)
    if whole.iri in above:
        return True
    if not _rank(ranks, part) < _rank(ranks, whole):
        return False
    return not above or lexicon.is_a(whole, "MacroRegion")


def _rank(ranks: Mapping[str, int], entity: Entity) -> int:
    return max((ranks.get(name.removeprefix("g60:"), 0) for name in entity.types), default=0)


def _is_generic(reading: SentenceReading, end: Found | Literal) -> bool:
    """Tell whether what is described is several things, none in particular: "runs science parks"."""
    if not isinstance(end, Found) or not end.is_described or reading.lexicon.is_a(end.entity, "Technology"):
        return False
    noun = reading.sentence.doc[end.token]
    return noun.tag_ == "NNS" and not noun.lemma_.lower().startswith("headquarter")


def _described_modality(reading: SentenceReading, *ends: Found | Literal) -> str | None:
    """Return what the clauses above a described thing make of it: "plans for a new plant"."""
    found: str | None = None
    for end in ends:
        if isinstance(end, Found) and end.is_described:
            made = reading.modality.of_noun(reading.sentence.doc[end.token])
            if made == "denied":
                return made
            found = found or made
    return found


def _same(reading: SentenceReading, subject: Found, predicate: str, said: Found | Literal) -> Proposal | None:
    """Return the proposal of the sentence that states the same already."""
    for other in reading.proposals:
        if other.predicate != f"g60:{predicate}" or other.subject.entity is None:
            continue
        pair = (other.subject.entity.iri, _iri_or_value(other))
        same = (subject.entity.iri, said.entity.iri if isinstance(said, Found) else said.value)
        if pair == same or (predicate in _SYMMETRIC and pair == same[::-1]):
            return other
    return None


def _iri_or_value(proposal: Proposal) -> str | Value | None:
    said = proposal.object
    if isinstance(said, Mention):
        return said.entity.iri if said.entity is not None else None
    return said.value
