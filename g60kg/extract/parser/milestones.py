"""What a thing did, or what happened to it, at a time: what no other mechanism dates, in the text's words."""

from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.frames import Found, Wanted
from g60kg.extract.parser.reading import Literal, SentenceReading, Statement, time_qualifier
from g60kg.model import Value

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINGS: Final = Wanted(
    "Organization|Facility|Park|Project|Route|Corridor|CorridorPhase|Conference|Plan",
    unknown=True,
    described=True,
)
_LONGEST: Final = 16
"""How many tokens the words of a happening may have."""
_LOOSE: Final = frozenset({"prep", "cc", "det", "punct", "mark"})


def read_milestones(reading: SentenceReading) -> None:
    """Propose what happened to the things that the dated clauses of a sentence are about."""
    silent = frozenset(reading.lexicon.tables["acts"]["no_happening"])
    for verb in reading.sentence.doc:
        if reading.sentence.is_verb(verb) and reading.sentence.lemma(verb) not in silent:
            times = reading.times.tokens(verb)
            if times and verb.is_ancestor(times[0]):
                _state(reading, verb, times[0])


def _is_dated(reading: SentenceReading, token: "Token", found: Found) -> bool:
    """Tell whether a claim of the sentence about a thing has a time already."""
    time = reading.sentence.word(token).time
    limits = set(time_qualifier(time).values()) if time is not None else set()
    for made in reading.proposals:
        if made.subject.entity is not None and made.subject.entity.iri != found.entity.iri:
            continue
        said = getattr(made.object, "value", None)
        if limits.intersection([limit for _, limit in made.qualifiers if isinstance(limit, str)]) or (
            said is not None and said.value in limits
        ):
            return True
    return False


def _state(reading: SentenceReading, verb: "Token", at: "Token") -> None:
    sentence = reading.sentence
    subject = sentence.subject(verb)
    compared = any(each.lower_ == "than" for each in sentence.doc[verb.i : at.i])
    if subject is None or subject.i == at.i or compared:
        return
    start, end = sentence.word(verb).start, _end(reading, verb, at)
    if any(word.figure is not None for word in sentence.words if start <= word.start < end):
        return  # that is a statistic
    words = reading.words(start, end)
    if words.endswith((" it", " them")):
        return
    for found in reading.mentions.of(subject, _THINGS, "surf") if verb.dep_ != "pcomp" else ():
        if _is_dated(reading, at, found):
            continue
        text = Literal(Value(words, "rdf:langString", None, None, "en"), start, end)
        time, modality = sentence.word(at).marks[0], reading.modality.of(verb)
        reading.state(Statement("milestone", found, "milestone", text, [verb], modality=modality, time=time))


def _end(reading: SentenceReading, verb: "Token", at: "Token") -> int:
    """Return where the words end that say what happened: before the time, the next clause or a comma."""
    sentence = reading.sentence
    end, led = sentence.word(verb).end, at
    while led.head.i > verb.i and led.dep_ in ("pobj", "prep", "pcomp"):
        led = led.head  # "by the end of 2023"
    for token in sentence.doc[verb.i + 1 : verb.i + _LONGEST]:
        clause = sentence.is_verb(token) and token.dep_ in ("conj", "advcl", "ccomp")
        if token.i in (led.left_edge.i, at.i) or token.lower_ in (",", ";", ":", "(") or clause:
            break
        if token.dep_ not in _LOOSE:
            end = sentence.word(token).end
    return end
