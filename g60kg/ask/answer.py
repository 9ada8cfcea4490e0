"""From a question to its answer: its kind says who answers, and the best readings are shown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from g60kg.ask.asked import Asked
from g60kg.ask.compare import both, comparison, difference, most, phases
from g60kg.ask.figures import figure_choices, time_choices
from g60kg.ask.heed import heeds, is_about
from g60kg.ask.index import Index
from g60kg.ask.model import Answer, Choice, Source, Term
from g60kg.ask.relations import relation_choices
from g60kg.ask.sentences import closest, nearly_said, sentence_choices
from g60kg.ask.stored import again, disagreements, tables
from g60kg.ask.things import descriptions, garbled, nearest, proof, published, repairs, source, timeline
from g60kg.ask.understand import changed, kind_of, parts_of, understand
from g60kg.ask.words import keys, table
from g60kg.ask.yesno import no_name, yes_or_no
from g60kg.errors import ParameterError

Way = Callable[[Asked], list[Choice]]
_AS_READ: Final[Mapping[str, str]] = {}
_DATE: Final = re.compile(r"\b(?:19|20)\d\d(?:-\d\d)*")
_NEAR: Final = 0.06
"""A reading that fits this much less than the best is shown as a further choice."""


class Asker:
    """Answers questions about one store."""

    def __init__(self, source: Source) -> None:
        self.index = Index(source)

    def ask(self, text: str, kind: str = "", instead: Mapping[str, str] = _AS_READ) -> Answer:
        """Return the answer of a question, with other parts where they are given (see `changed`).

        Raises `ParameterError` for one without a word.
        """
        if not keys(text[:1000]):
            raise ParameterError(
                "the question is empty", mend='ask one, such as "how many AI companies are there?"'
            )
        read = understand(text, self.index)
        whole = Asked(changed(read, kind, instead, self.index), self.index)
        q = _at_time(whole if kind else _headed(whole))
        if q.kind == "table" and not tables(q):
            q = q.but(kind=kind_of(q.question.plain, besides="table"))
        found = _choices(q)
        is_heeded = q.kind in table("graph")["heeded"]
        choices = [each for each in found if not is_heeded or heeds(q, each)]
        if not choices or choices[0].verdict == "none":
            choices = _wider(q) or (nearly_said(q) if q.kind != "yes_no" else []) or choices
        is_none = not choices or choices[0].verdict == "none"
        first = (choices := choices or [_none(q)])[0]
        known = _known(q, found) if is_none else []
        if not (known or first.evidence or first.verdict in ("found", "yes")):
            known = closest(q)
        is_read = bool(q.of("thing", "idea", least=1) or q.question.unknown)
        nearest = _nearest(q) if first.verdict == "none" and not is_read else ()
        readings, others = (
            tuple(replace(each, query=again(q, each)) for each in some)
            for some in (_with_tail(q, whole, choices), known)
        )
        about = _about(q) if all(is_about(q, each, strict=True) for each in known) else ""
        parts = tuple(parts_of(read, q.question, self.index))
        return Answer(text, q.language, readings, nearest, others, about, parts)


def _headed(q: Asked) -> Asked:
    """Return the first question of two: of "who …, and when?" it is who."""
    tail = q.asks("tail")
    head = q.question.plain[: tail.start()] if tail else ""
    rest = tuple(term for term in q.terms if term.text in head)
    return q.but(kind=kind_of(head), terms=rest) if rest else q


def _at_time(q: Asked) -> Asked:
    """Return a question with the year of the event that a clause tells: "how many … when it began"."""
    clause = q.asks("then") if q.kind in ("how_many", "how_much", "which", "who", "timeline") else None
    inside = tuple(term for term in q.terms if clause and term.text in clause.group())
    then = q.but(kind="when", terms=inside)
    found = [each for each in time_choices(then) if heeds(then, each)] if inside and not q.of("year") else []
    if not found or not clause:
        return q
    year = int(found[0].facts[0].times[0][:4]) - any(clause.groupdict().values())  # or the year before
    rest = (term for term in q.terms if term not in inside)
    return q.but(terms=(*rest, Term("year", clause.group(), (str(year),), 2.0)))


def sooner(q: Asked) -> list[Choice]:
    """Return which of two was first, and when each was: "which came first, … or …?"."""
    form = q.asks("sooner")
    sides = [each for each in form.groups() if each] if form else []
    times: dict[str, tuple[str, Choice]] = {}
    for side in sides:
        read = replace(understand(side, q.index), kind="when", language=q.language)
        for found in _answering(Asked(read, q.index))[:1]:
            times |= dict.fromkeys(_DATE.findall(found.text)[:1], (side, found))
    if len(times) < 2:
        return []
    told = [f"{side} ({time})" for time, (side, _) in sorted(times.items())]
    evidence = tuple(dict.fromkeys(each for _, found in times.values() for each in found.evidence[:1]))
    return [q.choice(q.say("sooner", first=told[0], second=told[1]), score=1.0, evidence=evidence)]


def _with_tail(q: Asked, whole: Asked, choices: list[Choice]) -> list[Choice]:
    """Return the readings, the first with what a question asks besides: "who …, and in which year?"."""
    tail, first = q.asks("tail"), choices[0]
    if not tail or first.verdict != "found":
        return choices
    own = tuple(term for term in whole.of("idea", "word", least=1) if term.text in tail.group())
    rest = (term for term in q.terms if term.kind != "idea" or not own)
    found = _answering(q.but(kind=kind_of(tail.group()), terms=(*rest, *own)))
    if not found or found[0].text in first.text:
        return choices
    second = found[0]
    rows, evidence = dict.fromkeys(first.rows + second.rows), dict.fromkeys(first.evidence + second.evidence)
    text, columns = f"{first.text}{q.say('semicolon')}{second.text}", first.columns or second.columns
    same = all(len(row) == len(columns) for row in rows)
    both = replace(first, text=text, columns=columns, evidence=tuple(evidence))
    return [replace(both, rows=tuple(rows) if same else first.rows), *choices[1:]]


def _choices(q: Asked) -> list[Choice]:
    """Return the readings of a question that fit best; one that says no where none does."""
    ways = _WAYS["thing"] if q.kind in ("who", "which") and _asks_what(q) else _WAYS[q.kind]
    found: list[Choice] = []
    for way in ways:
        if found and q.asks("difference"):
            break
        if not ((way is both or q.kind in _ONE) and any(heeds(q, each) for each in found)):
            found += way(q)
    found = [each for each in found if heeds(q, each)] or found
    best = max((choice.score for choice in found), default=0.0)
    ordered = sorted(found, key=lambda each: -each.score)
    kept = {each.text: each for each in ordered if each.score >= best - _NEAR}.values()
    said = [set(each.evidence) for each in found if not each.quoted]
    choices = [c for c in kept if not (c.quoted and any(said_ >= set(c.evidence) for said_ in said))]
    return choices[:4] or list(kept)[:1] or [_none(q)]


def _answering(q: Asked) -> list[Choice]:
    """Return the readings of a question that say what it asks."""
    return [each for each in _choices(q) if each.verdict == "found" and heeds(q, each)]


def _none(q: Asked) -> Choice:
    """Return that there is no answer, and of what."""
    if q.kind == "yes_no":
        return q.choice(q.say("no_fact"), verdict="no")
    if q.question.unknown and (q.question.unknown[0].isascii() or not q.of("thing", "idea", least=1)):
        return no_name(q)
    text = q.say("none_of", name=_about(q)) if _about(q) else q.say("none")
    return q.choice(text, verdict="none")


def _known(q: Asked, found: list[Choice]) -> list[Choice]:
    """Return what is known of what a question names: its readings that are of that, else what it is."""
    readings = [each for each in found if each.verdict != "none" and is_about(q, each)]
    known = []
    for each in readings[:3]:
        if each.verdict == "yes":  # it says no more than its fact
            told = q.told(each.facts[0]) if each.facts else q.say("said")
            each = replace(each, text=told, verdict="found")
        elif each.number:  # alone it says not what it is of: its sentence does
            each = replace(each, text=q.say("said"))
        known.append(each)
    return known or nearest(q)


def _wider(q: Asked) -> list[Choice]:
    """Return what is said of the next wider industry, where nothing is said of the one that is asked for."""
    for term in q.of("thing", least=1):
        above = {up for value in term.values for up in q.index.above.get(value, ())}
        wide = [up for up in above if q.index.is_of(up, ("IndustryCategory",))]
        if wide and not any(map(q.index.said_of, term.values)):
            nearest = max(sorted(wide), key=lambda each: len(q.index.above.get(each, ())))
            other = q.but(terms=tuple(replace(t, values=(nearest,)) if t is term else t for t in q.terms))
            names = {"name": q.label(term.values[0]), "wide": q.label(nearest)}
            found = _answering(other)[:1]
            return [replace(each, text=q.say("wider", what=each.text, **names)) for each in found]
    return []


def _about(q: Asked) -> str:
    """Return the name of the thing that a question is about; nothing where it names none."""
    things = [*q.values("thing", least=1), *q.mean("entities")]
    return q.label(things[0]) if things else ""


def examples(language: str, *kinds: str) -> list[str]:
    """Return questions that the packaged graph answers, in a language: of some kinds, or of all."""
    known = {str(entry["kind"]): entry["examples"] for entry in table("kinds") if entry.get("packaged", True)}
    asked = (each for kind in kinds or known for each in known[kind])
    return [each for each in asked if each.isascii() == (language == "en")]


def _nearest(q: Asked) -> tuple[str, ...]:
    """Return the three questions that can be answered and are most like one that cannot."""
    plain = q.question.plain.lower()
    rated = sorted(examples(q.language), key=lambda each: -SequenceMatcher(None, each.lower(), plain).ratio())
    return tuple(rated[:3])


def _asks_what(q: Asked) -> bool:
    """Whether a question asks what a thing is: "which company is X?", "which park is for film?"."""
    things = q.of("thing", least=1)
    rest = [term for term in q.terms if term.weight >= 0.9 and term not in things]
    meant = [idea for term in rest for idea in term.ideas]
    if len(things) != 1 or any(idea.predicates for idea in meant):
        return False
    if things[0].note == "part":  # by words of its name
        return q.index.is_of(things[0].values[0], [each for idea in meant for each in idea.classes])
    return q.kind == "who" and all(term.is_class for term in rest)


def _stated(q: Asked) -> list[Choice]:
    """Return the ends of a relation that a question names; a class names none, but with an industry."""
    if any(idea.predicates for idea in q.ideas(least=1.0001)):
        return relation_choices(q)
    is_of_industry = q.any_of(q.values("thing"), ("IndustryCategory",))
    return relation_choices(q.but(kind="which")) if is_of_industry else []


def _measured(q: Asked) -> list[Choice]:
    """Return the figure that a question without "how much" asks for: "what does it cost?"."""
    asked = any(idea.measures and not idea.classes for idea in q.ideas(least=1))
    return figure_choices(q.but(kind="how_much")) if asked else []


_WAYS: Final[Mapping[str, tuple[Way, ...]]] = {
    "repairs": (repairs,),
    "disagreements": (disagreements,),
    "published": (published,),
    "how_known": (repairs, proof, source),
    "source": (source,),
    "compare": (sooner, difference, comparison),
    "table": (tables,),
    "timeline": (timeline,),
    "related": (proof, sentence_choices),
    "why": (repairs, proof, sentence_choices),
    "rank": (both, sentence_choices),
    "how_many": (difference, most, figure_choices, relation_choices, both, sentence_choices),
    "how_much": (difference, most, figure_choices, both, sentence_choices),
    "when": (time_choices, sentence_choices),
    "where": (relation_choices, sentence_choices),
    "who": (most, relation_choices, sentence_choices),
    "which": (phases, most, relation_choices, sentence_choices),
    "yes_no": (yes_or_no,),
    "thing": (garbled, phases, most, _measured, _stated, descriptions, sentence_choices),
}
_ONE: Final = ("how_known", "why", "related")
"""Of these kinds, and of `both`, only the first that has an answer is asked."""
