"""What a thing did, or what happened to it, at a time: what no other mechanism dates, in the text's words.

What the subject of a dated clause did is stated; a time that is left goes to the nearest thing.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.frames import EXPLICIT, NEAREST, Found, Wanted
from g60kg.extract.parser.graph import RELATIVE, Sentence
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
                _of_subject(reading, verb, times[0])
    for token in reading.sentence.doc:
        if reading.sentence.word(token).time is not None and not _is_dated(reading, token):
            _of_nearest(reading, token)


def _is_dated(reading: SentenceReading, token: "Token", found: Found | None = None) -> bool:
    """Tell whether a claim of the sentence, or one about a thing, has a time already."""
    time = reading.sentence.word(token).time
    limits = set(time_qualifier(time).values()) if time is not None else set()
    for made in reading.proposals:
        about = made.subject.entity
        if found is not None and about is not None and about.iri != found.entity.iri:
            continue
        said = getattr(made.object, "value", None)
        if limits.intersection([limit for _, limit in made.qualifiers if isinstance(limit, str)]) or (
            said is not None and said.value in limits
        ):
            return True
    return False


def _of_subject(reading: SentenceReading, verb: "Token", at: "Token") -> None:
    sentence = reading.sentence
    subject = _spoken_of(sentence, verb)
    if subject is not None and _is_of_whose(sentence, subject, verb):
        return  # "X, whose second line went into operation in March"
    compared = any(each.lower_ == "than" for each in sentence.doc[verb.i : at.i])
    # "spent 2 billion on its third phase, completed in May", "X, in operation since 2018, draws scientists"
    apart = verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.head.i < verb.i
    aside = subject is not None and subject.i < at.i < verb.i and sentence.doc[at.i - 1].lower_ == "since"
    if subject is None or compared or apart or aside:
        return
    start, end = sentence.word(verb).start, _end(reading, verb, at)
    if any(word.figure is not None for word in sentence.words if start <= word.start < end):
        return  # that is a statistic
    empty = (*reading.mentions.words["telling"], *reading.lexicon.tables["modality"]["planning_verbs"])
    if end == sentence.word(verb).end and sentence.lemma(verb) in empty:
        return  # "announced today that …", "decided in May to …"
    if reading.words(start, end).endswith((" it", " them", " us", " me")):
        return
    for found in reading.mentions.of(subject, _THINGS, "surf") if verb.dep_ != "pcomp" else ():
        if not _is_dated(reading, at, found):
            _state(reading, found, verb, at, end)


def _is_of_whose(sentence: Sentence, subject: "Token", verb: "Token") -> bool:
    """Tell whether it is as likely what "whose" has between a subject and a verb that is told of."""
    owned = [each.head for each in sentence.doc[subject.left_edge.i : verb.i] if each.tag_ == "WP$"]
    return any(each == subject or each.head.dep_ != "relcl" for each in owned)


def _spoken_of(sentence: Sentence, verb: "Token") -> "Token | None":
    """Return what a clause is about: its subject; in "the park that X laid out", the park."""
    subject = sentence.subject(verb)
    own = subject is not None and subject.head.i == verb.i and verb.dep_ == "relcl"
    is_gap = all(each.lower_ in RELATIVE for each in sentence.children(verb, "dobj"))
    led = [*sentence.children(verb, "advmod"), *(sentence.children(subject, "poss") if subject else ())]
    is_gap = is_gap and not any(each.tag_ in ("WRB", "WP$") for each in led)  # "where X …", "whose X …"
    return verb.head if own and is_gap else subject


def _of_nearest(reading: SentenceReading, at: "Token") -> None:
    """Give a time to what stands nearest: subject or object of its clause, else what is named before it."""
    sentence = reading.sentence
    clause, time = reading.times.verb(at), sentence.word(at).time
    told = reading.mentions.words["telling"]
    compared = any(each.lower_ == "than" for each in sentence.doc[clause.i : at.i])
    if time is None or time.end is not None or compared or sentence.lemma(clause) in {*told, "be"}:
        return
    for token in _near(reading, clause, at):
        found = reading.mentions.of(token, _THINGS, "surf")[:1] if token.i != at.i else []
        if found and token.i + 1 < len(sentence.doc):
            first = clause if sentence.is_verb(clause) and clause.i < at.i else sentence.doc[token.i + 1]
            if not any(sentence.is_figure(each) for each in sentence.doc[first.i : at.i]):
                _state(reading, found[0], first, at, _end(reading, first, at), NEAREST)
            return


def _near(reading: SentenceReading, clause: "Token", at: "Token") -> Iterator["Token"]:
    sentence = reading.sentence
    if sentence.is_verb(clause):
        subject = _spoken_of(sentence, clause)
        yield from [subject] if subject is not None else []
        yield from sentence.roles(clause).get("obj", [])
    yield from reversed(list(sentence.doc[: at.i]))


def _state(
    reading: SentenceReading, found: Found, first: "Token", at: "Token", end: int, basis: str = EXPLICIT
) -> None:
    start = reading.sentence.word(first).start
    alone = first.dep_ in _LOOSE and end == reading.sentence.word(first).end  # "partners since 1999"
    if alone or not any(letter.isalpha() for letter in reading.words(start, end)):
        return
    text = Literal(Value(reading.words(start, end), "rdf:langString", None, None, "en"), start, end)
    clause = reading.sentence.clause_of(first)
    modality = reading.modality.of(clause) if reading.sentence.is_verb(clause) else None
    time = reading.sentence.word(at).marks[0]
    reading.state(Statement("milestone", found, "milestone", text, [first], modality, time=time, basis=basis))


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
