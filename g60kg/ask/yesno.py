"""Questions whose answer is yes, with what says so, or no, with what is said instead."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from g60kg.ask.asked import COUNTS, Asked, Match, number_of
from g60kg.ask.compare import compares, is_more, size_of
from g60kg.ask.figures import rate_figures, time_choices
from g60kg.ask.heed import heeds
from g60kg.ask.model import Choice, Fact, Term
from g60kg.ask.relations import asked_predicates, relation_choices
from g60kg.ask.sentences import quoting, rate_sentences
from g60kg.ask.words import group, ideas, keys, table

_MORE: Final = re.compile(r"\b(?:over|more than|above|exceed\w*|at least)\b|超过|多于|不止|以上|大于", re.I)
_FEWER: Final = re.compile(r"\b(?:fewer|less|smaller|lower|shorter)\b|比.*[少小低短]|[少小低]于", re.I)
_FUTURE: Final = re.compile(r"\b(?:will|going to|plan\w*|expected|to be)\b|将|会|计划|打算|准备", re.I)
_OF_A_ROW: Final = re.compile(
    r"\b(?:the|of) (?:one|two|three|four|five|six|seven|eight|nine|ten)\b|\bone of\b|之一|第[一二三]", re.I
)
_LESS: Final = re.compile(r"\b(?:under|less than|fewer than|below|at most)\b|不到|少于|不足|以下|小于", re.I)


def yes_or_no(q: Asked) -> list[Choice]:
    """Return whether it is so."""
    if q.question.unknown:
        return [no_name(q)]
    if compares(q):
        return [_compared(q)]
    return [_by_figure(q) or _by_relation(q) or _by_sentence(q) or _not_so(q)]


def _compared(q: Asked) -> Choice:
    """Return whether the first side of a comparison has more, or fewer, than the second."""
    found = is_more(q.but(terms=tuple(term for term in q.terms if term.kind != "number")))
    if found is None:
        return q.choice(q.say("no_fact"), verdict="no")
    more, facts, told = found
    less = not more and size_of(facts[0]) != size_of(facts[1])
    return _verdict(q, less if _FEWER.search(q.question.plain) else more, told, facts, 1.0)


def no_name(q: Asked) -> Choice:
    """Return that nothing is known by a name, with names that are like it and are not taken for it."""
    name = q.question.unknown[0]
    names = {label: thing for thing, labels in q.index.labels.items() for label in labels.values()}
    near = sorted(get_close_matches(name, names, 20, 0.7), key=lambda each: not q.index.said_of(names[each]))[
        :3
    ]
    more = q.say("near_names", names=", ".join(near)) if near else ""
    return q.choice(q.say("no_name", name=name) + more, verdict="no")


def _verdict(q: Asked, is_so: bool, what: str, facts: list[Fact], score: float) -> Choice:
    text, verdict = _worded(q, is_so, what, q.marks(facts[:1]))
    return q.choice(text, facts[:8], score, verdict=verdict)


def _worded(q: Asked, is_so: bool, what: str, marks: Sequence[str]) -> tuple[str, str]:
    """Return yes or no in words, and which it is: what is no plain fact is no plain yes."""
    name = f"yes_{marks[0]}" if is_so and marks else "yes" if is_so else "no"
    if name == "yes_planned" and _FUTURE.search(q.question.plain):
        name = "is_planned"
    verdict = "no" if name in ("no", "yes_planned", "yes_denied") else "yes"
    return q.say(name, what=what).rstrip(": ："), verdict


def _by_figure(q: Asked) -> Choice | None:
    """Return whether a figure, or the number of things, is as a question has it."""
    numbers = [t for t in q.of("number") if t.weight > 1 or not _OF_A_ROW.search(q.question.plain)]
    if not numbers:
        return None
    rest = tuple(term for term in q.terms if term not in numbers)
    counted = relation_choices(q.but(kind="how_many", terms=rest)) if q.mean("predicates") else []
    if counted and counted[0].score > 0.6:
        is_so = _holds(q, numbers[0], len({row[2] for row in counted[0].rows}))
        return _verdict(q, is_so, counted[0].text, [], 1.0)
    wanted = set(q.mean("measures"))
    kinds = ["how_many"] if wanted <= set(COUNTS) else ["how_much"] if wanted.isdisjoint(COUNTS) else []
    kinds = kinds or ["how_many", "how_much"]
    rated = [each for kind in kinds for each in rate_figures(q.but(kind=kind, terms=rest)) if each[0] > 0.45]
    best = [fact for score, fact in rated if score >= max(each[0] for each in rated) - 0.07]
    holding = [fact for fact in best if _holds(q, numbers[0], number_of(fact))]
    if best:
        fact = (holding or best)[0]
        return _verdict(q, bool(holding), q.figure(fact), [fact], 1.0)
    return None


def _holds(q: Asked, term: Term, figure: float) -> bool:
    number = float(term.values[0])
    if _MORE.search(q.question.plain):
        return figure >= number
    return figure < number if _LESS.search(q.question.plain) else figure == number


def _by_relation(q: Asked) -> Choice | None:
    """Return yes where a fact joins the things of a question by a relation of its."""
    named = asked_predicates(q)
    things = [term.values for term in q.of("thing", least=1)]
    things += [
        ideas()[name].entities for term in q.of("idea") for name in term.values if ideas()[name].entities
    ]
    if not things or (len(things) < 2 and not named):
        return None
    rated = []
    for fact in q.index.facts:
        ends = sum(not set(values).isdisjoint(fact.ends) for values in things)
        if ends >= min(len(things), 2) and not fact.is_figure:
            match = q.match(fact)
            if _is_meant(fact, named, len(things)) and not _misses(q, match):
                order = (bool(q.marks([fact])), -match.score, fact.layer == "inferred", fact.layer)
                rated.append((*order, fact))
    facts = [each[-1] for each in sorted(rated, key=lambda each: each[:4])]
    return _verdict(q, True, q.told(facts[0]), facts, 1.0) if facts else None


def _is_meant(fact: Fact, named: list[str], things: int) -> bool:
    """Whether a fact is of a relation that a question names; "in" may be any, between two things."""
    return not named or fact.predicate in named or (things > 1 and fact.predicate in group("where"))


def _misses(q: Asked, match: Match) -> bool:
    """Whether a fact lacks something that a question wants."""
    least = {"thing": 1.0, "year": 1.5, "number": 1.5, "idea": 1.2}
    named = {key for thing in q.values("thing") for key in keys(q.index.label(thing, "en"))}
    lost = [t for t, share in match.covered.items() if share < 0.5 and t.weight >= least.get(t.kind, 9)]
    lost = [t for t in lost if t.kind != "idea" or not named.issuperset(keys(t.text))]  # "smart" of a name
    return any(term.kind != "thing" or not q.at_home(term) for term in lost)


def _by_sentence(q: Asked) -> Choice | None:
    """Return yes where one sentence states what is asked of the things that are named, in its own words."""
    for score, number, match in rate_sentences(q)[:5]:
        alone = q.match_sentence(number, near=False).covered
        telling = [
            term for term in alone if term.weight >= 0.9 and not (term.kind == "thing" and q.at_home(term))
        ]
        classes = {t for t in telling if t.kind == "idea" and all(ideas()[name].classes for name in t.values)}
        stated = [term for term in telling if term.kind in ("idea", "word") and term not in classes]
        near = all(match.covered[term] >= (0.5 if term in classes else 0.6) for term in telling)
        near = near and all(_is_named(q, term, number) for term in q.of("thing", least=1))
        if stated and near and all(alone[term] >= 0.5 and _is_worded(q, term, number) for term in stated):
            text, verdict = _worded(q, True, "", _standing(q, number))
            text = q.say("yes_plain") if text == q.say("yes", what="").rstrip(": ：") else text
            return quoting(q, text, [number], score, verdict=verdict)
    return None


def _is_named(q: Asked, term: Term, number: int) -> bool:
    """Whether a sentence speaks of a thing itself, not of what lies in it."""
    words = q.index.keys[number]
    homes = (q.index.home_words.get(each, ()) for each in term.values)
    return not q.index.things[number].isdisjoint(term.values) or any(not words.isdisjoint(h) for h in homes)


def _is_worded(q: Asked, term: Term, number: int) -> bool:
    """Whether a sentence says what words mean; where they may mean several things, in the same words."""
    return len(term.values) == 1 or q.index.keys[number].issuperset(keys(term.text))


def _standing(q: Asked, number: int) -> tuple[str, ...]:
    """Return what makes a sentence no plain statement: as it was read, else by its words."""
    asked = set(q.values("thing", least=1))
    facts = [fact for fact in q.index.facts_in[number] if asked & fact.things]
    marks = tuple(dict.fromkeys(mark for fact in facts for mark in fact.marks))
    text, forms = q.index.sentences[number].text, table("graph")["modal"]
    said = (name for name, form in forms.items() if re.search(form, text, re.I))
    return marks or (() if facts else tuple(said))


def _not_so(q: Asked) -> Choice:
    """Return no where another year or value is said of the very thing; else that it is not known."""
    rest = tuple(term for term in q.terms if term.kind != "year")
    then = q.but(kind="when", terms=rest)
    things = q.values("thing", least=1)
    for choice in time_choices(then) if q.of("year") else []:  # another year of the same
        first = choice.facts[0]
        if (
            first.predicate in group("once")
            and first.subject in things
            and first.plain
            and heeds(then, choice)
        ):
            return replace(choice, text=q.say("no", what=choice.text), verdict="no", parts=q.parts())
    things.sort(key=lambda thing: q.index.is_of(thing, ("Corridor", *group("administrative"))))
    facts = _instead(q, things) if things else []
    if not facts:
        return q.choice(q.say("no_fact"), verdict="no")
    first, values = facts[0], list(dict.fromkeys(map(q.value, facts)))[:12]
    inside = not q.index.above.get(first.object, {}).keys().isdisjoint(things[1:])
    if (first.predicate in group("functional") or _is_placed(q, first)) and not inside:
        return _verdict(q, False, q.told(first, values[:1]), facts[:1], 0.5)
    held = q.say("held", what=q.told(first, values))
    return q.choice(q.say("no_fact") + held, facts, 0.5, verdict="no")


def _is_placed(q: Asked, fact: Fact) -> bool:
    return fact.predicate == "locatedIn" and q.index.is_of(fact.subject, group("placed"))


def _instead(q: Asked, things: list[str]) -> list[Fact]:
    """Return what is held of the first thing by the relation asked, of the classes of the others."""
    regions = group("administrative")
    classes = {each for other in things[1:] for each in q.index.types[other].intersection(regions)}
    wanted = {*asked_predicates(q), *(group("where") if classes else ())}
    classes |= {"Municipality"} if "Province" in classes else set()
    local = {"City", "District", "Municipality"}
    classes |= local if classes & local else set()
    thing = min(things, key=lambda each: q.index.is_of(each, ("Corridor", "Country", "Province")))
    held = [f for f in q.index.facts_of[thing] if f.subject == thing and f.predicate in wanted and f.plain]
    held = [f for f in held if len(f.ends) == 2 and (not classes or q.index.is_of(f.object, classes))]
    places = group("where")[1:]
    held.sort(key=lambda f: (f.predicate not in places, -len(q.index.above.get(f.object, ()))))
    return [fact for fact in held if fact.predicate == held[0].predicate]
