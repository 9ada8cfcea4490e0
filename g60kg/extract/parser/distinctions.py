"""What a thing is the first, the largest or the only one of, and which rank it has.

"X, the second largest port in China", "X ranks third among the cities of Anhui"; the rank of a figure is said
of the figure ("output reached …, ranking third"): `rank_beside`.
"""

from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.frames import Found, Wanted
from g60kg.extract.parser.graph import Sentence
from g60kg.extract.parser.reading import Literal, Qualifiers, SentenceReading, Statement
from g60kg.model import Value
from g60kg.text.figures import ORDINALS

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINGS: Final = Wanted("Organization|Facility|Park|Project|Region|Corridor|Conference|Route", unknown=True)
_REGION: Final = Wanted("Region", carried=False)
_SINGULAR: Final = frozenset({"first", "only", "sole", "second", "third"})
_PLAIN: Final = frozenset({"latest", "last", "next", "most", "least", "best"})
_WITHIN: Final = frozenset({"of", "in", "for", "to", "on", "outside", "within", "among", "by"})
_LONGEST: Final = 16
"""How many tokens a distinction may have behind its noun."""


def read_distinctions(reading: SentenceReading) -> None:
    """Propose the distinctions and ranks that a sentence gives to things."""
    sentence, ranks = reading.sentence, reading.lexicon.tables["acts"]["rank"]
    for token in sentence.doc:
        best = token.tag_ == "JJS" or (token.pos_ == "NOUN" and _is_superlative(reading, token))
        for found in reading.mentions.identified(token, _THINGS)[:1] if best and _is_said(token) else ():
            said = sentence.doc[token.left_edge.i : token.i + 1]
            words = [each.lower_ for each in said if any(other.tag_ == "JJS" for other in said)]
            rank = next((str(n) for n, word in enumerate(ORDINALS, 1) if word in words), None)
            _state(reading, token.left_edge, token, found, rank)
        figure, verb = sentence.word(token).figure, sentence.clause_of(token)
        subject = sentence.subject(verb)
        if figure is not None and figure.is_rank and subject is not None and sentence.lemma(verb) in ranks:
            for found in reading.mentions.of(subject, _THINGS, "subj")[:1]:
                _state(reading, verb, token, found, figure.value.value)


def rank_beside(sentence: Sentence, verb: "Token") -> "Token | None":
    """Return the rank that a clause below a verb gives to the verb's figure: "reached …, ranking third"."""
    for below in sentence.children(verb, "advcl", "acl", "conj"):
        if below.tag_ == "VBG" and sentence.is_verb(below):
            for token in below.subtree:
                figure = sentence.word(token).figure
                if figure is not None and figure.is_rank:
                    return token
    return None


def _is_said(noun: "Token") -> bool:
    """Tell whether a noun is said of something: "X is the …", "X, the …", "X as the …"."""
    return noun.dep_ in ("attr", "appos", "oprd") or (noun.dep_ == "pobj" and noun.head.lower_ == "as")


def _is_superlative(reading: SentenceReading, noun: "Token") -> bool:
    """Tell whether a noun is the first, only or most of its kind, of a whole that is named."""
    sentence = reading.sentence
    if any(child.tag_ in ("PRP$", "WP$") for child in sentence.children(noun, "poss")):
        return False  # "its first large expansion" is that of another, as is "whose second line"
    modifiers = [c for c in sentence.children(noun, "amod", "nummod", "advmod") if c.i < noun.i]
    whole = sentence.children(noun, "poss", "prep", "relcl", "acl") or sentence.children(noun, "nmod")
    for word in modifiers:
        best = word.tag_ == "JJS" and word.lower_ not in _PLAIN
        most = any(below.lower_ == "most" for below in sentence.children(word))
        if best or most or (word.lower_ in _SINGULAR and whole):
            return True
    return False


def _state(reading: SentenceReading, first: "Token", noun: "Token", found: Found, rank: str | None) -> None:
    """Propose the words from one token to what limits another as what a thing is, or as its rank."""
    sentence = reading.sentence
    start, end = sentence.word(first).start, sentence.word(noun).end
    clause = sentence.clause_of(noun)
    beside = [each for each in sentence.children(clause, "prep") if each.i > noun.i and first.i == clause.i]
    limits: Qualifiers = {} if rank is None else {"rank": rank}
    for child in (*sentence.children(noun, "prep", "acl"), *beside):
        near = child.right_edge.i - noun.i <= _LONGEST
        figure = rank is None and any(sentence.is_figure(token) for token in child.subtree)
        if near and not figure and (child.lower_ in _WITHIN or child.dep_ == "acl"):
            end = max(end, sentence.word(child.right_edge).end)
            places = [one for each in child.subtree for one in reading.mentions.named(each, _REGION)]
            if rank is not None and len(places) == 1 and places[0].entity.iri != found.entity.iri:
                limits["region"] = places[0].entity
    if rank is None and _goes_on(reading, end):
        return
    modality = reading.modality.of(clause) if sentence.is_verb(clause) and noun.dep_ != "appos" else None
    time = reading.times.of(clause) if rank is not None else None
    text = Literal(Value(reading.words(start, end), "rdf:langString", None, None, "en"), start, end)
    pattern = "distinction" if rank is None else "rank"
    reading.state(
        Statement(pattern, found, "distinction", text, [noun], modality, qualifiers=limits, time=time)
    )


def _goes_on(reading: SentenceReading, end: int) -> bool:
    """Tell whether more of what limits a distinction follows: "the only district in Shanghai in the …"."""
    following = next((t for t in reading.sentence.doc if reading.sentence.word(t).start >= end), None)
    return following is not None and following.pos_ == "ADP"
