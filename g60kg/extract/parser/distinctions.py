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
    sentence = reading.sentence
    for token in sentence.doc:
        figure = sentence.word(token).figure
        if figure is not None and figure.is_rank:
            _state_rank(reading, token, figure.value.value)
            continue
        best = token.tag_ == "JJS" or (token.pos_ == "NOUN" and _is_superlative(reading, token))
        for found in reading.mentions.identified(token, _THINGS)[:1] if best and _is_said(token) else ():
            _state(reading, token, found)


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
    modifiers = [c for c in sentence.children(noun, "amod", "nummod", "advmod") if c.i < noun.i]
    whole = sentence.children(noun, "poss", "prep", "relcl", "acl") or sentence.children(noun, "nmod")
    for word in modifiers:
        best = word.tag_ == "JJS" and word.lower_ not in _PLAIN
        most = any(below.lower_ == "most" for below in sentence.children(word))
        if best or most or (word.lower_ in _SINGULAR and whole):
            return True
    return False


def _state(reading: SentenceReading, noun: "Token", found: Found) -> None:
    """Propose that a thing is what a noun says; "the second largest" is a rank."""
    sentence = reading.sentence
    words = [token.lower_ for token in sentence.doc[noun.left_edge.i : noun.i + 1]]
    best = any(token.tag_ == "JJS" for token in sentence.doc[noun.left_edge.i : noun.i + 1])
    rank = next((str(n) for n, word in enumerate(ORDINALS, 1) if best and word in words), None)
    _propose(reading, found, noun.left_edge, noun, rank)


def _state_rank(reading: SentenceReading, token: "Token", rank: str) -> None:
    """Propose the rank of a clause's subject, or of whose figure that is: "its GDP ranks third"."""
    sentence = reading.sentence
    verb = sentence.clause_of(token)
    subject = sentence.subject(verb) if sentence.is_verb(verb) else None
    of_figure = verb.tag_ == "VBG" and rank_beside(sentence, verb.head) and _has_figure(sentence, verb.head)
    ranks = sentence.lemma(verb) in reading.lexicon.tables["acts"]["rank"]
    if subject is None or not ranks or of_figure or subject.i > verb.i:
        return
    found, start = reading.mentions.of(subject, _THINGS, "subj"), verb
    if not found:
        owners = [*sentence.children(subject, "poss"), *sentence.objects(subject, "of", "in")]
        found = [one for owner in owners for one in reading.mentions.of(owner, _THINGS)]
        start = subject if sentence.objects(subject) or not found else sentence.doc[subject.i]
    for each in found[:1]:
        _propose(reading, each, start, token, rank)


def _has_figure(sentence: Sentence, verb: "Token") -> bool:
    figures = (sentence.word(token).figure for token in verb.subtree)
    return any(figure is not None and not figure.is_rank for figure in figures)


def _propose(reading: SentenceReading, found: Found, first: "Token", last: "Token", rank: str | None) -> None:
    """Propose the words from one token to what limits another as a distinction."""
    sentence = reading.sentence
    start, end = sentence.word(first).start, sentence.word(last).end
    limits: Qualifiers = {} if rank is None else {"rank": rank}
    clause = sentence.clause_of(last)
    beside = sentence.children(clause, "prep") if rank is not None and sentence.is_verb(clause) else []
    for child in (*sentence.children(last, "prep", "acl"), *(each for each in beside if each.i > last.i)):
        near = child.right_edge.i - last.i <= _LONGEST
        figure = rank is None and any(sentence.is_figure(token) for token in child.subtree)
        if near and not figure and (child.lower_ in _WITHIN or child.dep_ == "acl"):
            end = max(end, sentence.word(child.right_edge).end)
            places = [one for each in child.subtree for one in reading.mentions.named(each, _REGION)]
            if rank is not None and len(places) == 1 and places[0].entity.iri != found.entity.iri:
                limits["region"] = places[0].entity
    if rank is None and _goes_on(reading, end):
        return
    modality = reading.modality.of(clause) if sentence.is_verb(clause) and last.dep_ != "appos" else None
    time = reading.times.of(clause) if rank is not None and sentence.is_verb(clause) else None
    said = Literal(Value(reading.words(start, end), "rdf:langString", None, None, "en"), start, end)
    pattern = "distinction" if rank is None else "rank"
    reading.state(
        Statement(
            pattern, found, "distinction", said, [last], modality=modality, qualifiers=limits, time=time
        )
    )


def _goes_on(reading: SentenceReading, end: int) -> bool:
    """Tell whether more of what limits a distinction follows: "the only district in Shanghai in the …"."""
    following = next((t for t in reading.sentence.doc if reading.sentence.word(t).start >= end), None)
    return following is not None and following.pos_ == "ADP"
