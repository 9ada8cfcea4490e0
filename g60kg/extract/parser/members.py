"""The cities of a corridor: what a corridor and several cities say of each other, whatever joins them.

"The corridor takes in A, B and C", "the nine cities along the corridor, namely A, B and C", "A, B and C, the
members of the corridor", "A and B joined in".
"""

from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.frames import Found, Wanted
from g60kg.extract.parser.reading import SentenceReading, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

_CITY: Final = Wanted("City|Municipality|District", carried=False)
_CORRIDOR: Final = Wanted("Corridor|CorridorPhase")
_WITHIN: Final = ("of", "in", "along", "on", "to")
_LEAST: Final = 3
"""So many cities, and a corridor that takes in such a list: they are its members."""
_NEAR: Final = 8
"""How many tokens behind a list its noun may stand."""


def read_members(reading: SentenceReading) -> None:
    """Propose the cities that a sentence gives to a corridor."""
    for token in reading.sentence.doc:
        if reading.sentence.is_verb(token):
            _of_clause(reading, token)
        _of_phrase(reading, token)


def _of_clause(reading: SentenceReading, verb: "Token") -> None:
    """ "The corridor consists of A, B and C", "A, B and C formed the corridor"."""
    sentence, mentions = reading.sentence, reading.mentions
    acts, lemma = reading.lexicon.tables["acts"], sentence.lemma(verb)
    subject = sentence.subject(verb)
    if subject is None or reading.modality.of(verb) == "denied":
        return
    corridors, cities = list[Found](), list[Found]()
    if lemma in acts["comprise"] or lemma in acts["lead"]:
        below = (token for token in sentence.doc if _leads_to(reading, token, verb))
        cities = [each for token in below for each in mentions.named(token, _CITY)]
        corridors = mentions.of(subject, _CORRIDOR, "surf") if len(cities) >= _LEAST else []
    elif lemma in acts["enter"]:
        cities, done_to = mentions.of(subject, _CITY, "surf"), sentence.roles(verb).get("obj", [])
        corridors = [each for token in done_to for each in mentions.of(token, _CORRIDOR)]
        if len(cities) > 1 and not done_to:
            corridors = reading.coreference.salient(mentions, verb, "Corridor")
    _state(reading, corridors, cities, verb)


def _leads_to(reading: SentenceReading, token: "Token", verb: "Token") -> bool:
    """Tell whether nothing but joints and nouns such as "cities" stands between a city and a verb."""
    above = token.head
    while above.i != verb.i and token.i != verb.i:
        lemma = above.lemma_.lower()
        places = lemma == "member" or "Region" in reading.mentions.generic.get(lemma, ())
        plain = above.pos_ in ("ADP", "CCONJ", "VERB", "ADV") or bool(reading.sentence.word(above).entities)
        if above.head.i == above.i or not (plain or places):
            return False
        above = above.head
    return token.i > verb.i


def _of_phrase(reading: SentenceReading, token: "Token") -> None:
    """ "The corridor's nine members: A, B and C", "A, B and C, the nine cities of the corridor"."""
    sentence, mentions = reading.sentence, reading.mentions
    cities = mentions.named(token, _CITY) if len(sentence.word(token).marks) >= _LEAST else []
    said = sentence.subject(token.head) if token.dep_ == "attr" else token.head
    behind = sentence.doc[token.i + 1 : token.i + _NEAR]
    beside = [*(behind if behind and behind[0].lower_ == "," else ()), *([said] if said is not None else [])]
    for noun in (token, *(each for each in beside if each.lemma_.lower() in ("city", "member"))):
        owners = [*sentence.children(noun, "poss"), *sentence.objects(noun, *_WITHIN)] if cities else []
        corridors = [each for owner in owners for each in mentions.of(owner, _CORRIDOR)]
        _state(reading, corridors, cities, noun)


def _state(reading: SentenceReading, corridors: list[Found], cities: list[Found], word: "Token") -> None:
    sentence = reading.sentence
    verb = word if sentence.is_verb(word) else None
    modality = reading.modality.of(verb) if verb is not None else None
    time = reading.times.of(verb) if verb is not None else None
    for corridor in corridors:
        for city in cities:
            reading.state(
                Statement("members", corridor, "memberCity", city, [word], modality=modality, time=time)
            )
