"""Questions whose answer is yes, with what says so, or no, with what is said instead."""

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from g60kg.ask.asked import COUNTS, Asked, Match, number_of
from g60kg.ask.figures import rate_figures, time_choices
from g60kg.ask.model import Choice, Fact, Term
from g60kg.ask.relations import asked_predicates, relation_choices
from g60kg.ask.sentences import quoting, rate_sentences
from g60kg.ask.words import group, ideas

_MORE: Final = re.compile(r"\b(?:over|more than|above|exceed\w*|at least)\b|超过|多于|不止|以上|大于", re.I)
_OF_A_ROW: Final = re.compile(
    r"\b(?:the|of) (?:one|two|three|four|five|six|seven|eight|nine|ten)\b|\bone of\b|之一|第[一二三]", re.I
)
_LESS: Final = re.compile(r"\b(?:under|less than|fewer than|below|at most)\b|不到|少于|不足|以下|小于", re.I)


def yes_or_no(q: Asked) -> list[Choice]:
    """Return whether it is so."""
    if q.question.unknown:
        return [no_name(q)]
    return [_by_figure(q) or _by_relation(q) or _by_sentence(q) or _no(q)]


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
    verdict = "yes" if is_so else "no"
    return q.choice(q.say(verdict, what=what), facts[:8], score, verdict=verdict)


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
        what = f"{q.value(fact)}{q.say('colon')}{q.measured(fact)}"
        return _verdict(q, bool(holding), what, [fact], 1.0)
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
        if ends >= min(len(things), 2) and fact.plain and not fact.is_figure:
            match = q.match(fact)
            if _is_meant(fact, named, len(things)) and not _misses(q, match):
                rated.append((-match.score, fact.layer == "inferred", fact.layer, fact))
    facts = [each[-1] for each in sorted(rated, key=lambda each: each[:3])]
    return _verdict(q, True, q.told(facts[0]), facts, 1.0) if facts else None


def _is_meant(fact: Fact, named: list[str], things: int) -> bool:
    """Whether a fact is of a relation that a question names; "in" may be any, between two things."""
    return not named or fact.predicate in named or (things > 1 and fact.predicate in group("where"))


def _misses(q: Asked, match: Match) -> bool:
    """Whether a fact lacks something that a question wants."""
    least = {"thing": 1.0, "year": 1.5, "number": 1.5, "idea": 1.2}
    lost = [t for t, share in match.covered.items() if share < 0.5 and t.weight >= least.get(t.kind, 9)]
    return any(term.kind != "thing" or not q.at_home(term) for term in lost)


def _by_sentence(q: Asked) -> Choice | None:
    """Return yes where one sentence says all that is asked."""
    for score, number, match in rate_sentences(q)[:5]:
        telling = [term for term in match.covered if term.weight >= 1 and term.kind != "word"]
        words = [term for term in match.covered if term.kind == "word"]
        classes = {t for t in telling if t.kind == "idea" and all(ideas()[name].classes for name in t.values)}
        full = all(match.covered[term] >= (0.5 if term in classes else 0.6) for term in telling)
        said = sum(match.covered[term] >= 0.5 for term in words) * 2 >= len(words)
        beyond_things = any(term.kind != "thing" for term in telling)
        if full and said and beyond_things and len(telling) + len(words) >= 2:
            return quoting(q, q.say("yes_plain"), [number], score, verdict="yes")
    return None


def _no(q: Asked) -> Choice:
    """Return no, with what is so of the thing asked about, where the graph knows that."""
    rest = tuple(term for term in q.terms if term.kind != "year")
    times = time_choices(q.but(terms=rest)) if q.of("year") else []
    if times:  # another year
        return replace(times[0], text=q.say("no", what=times[0].text), verdict="no")
    things = q.values("thing", least=1)
    things.sort(key=lambda thing: q.index.is_of(thing, ["Corridor", *group("administrative")]))
    classes = {
        each for other in things[1:] for each in q.index.types[other].intersection(group("administrative"))
    }
    wanted = {*asked_predicates(q), *(group("where") if classes else ())}
    classes |= {"Municipality"} if "Province" in classes else set()
    local = {"City", "District", "Municipality"}
    classes |= local if classes & local else set()
    for thing in sorted(things, key=lambda thing: q.index.is_of(thing, ("Corridor", "Country", "Province")))[
        :1
    ]:
        facts = [
            f
            for f in q.index.facts_of[thing]
            if f.subject == thing and f.predicate in wanted and len(f.ends) == 2
        ]
        facts = [f for f in facts if f.plain and (not classes or q.index.is_of(f.object, classes))]
        if facts:
            facts.sort(
                key=lambda fact: (
                    fact.predicate not in group("where")[1:],
                    -len(q.index.above.get(fact.object, ())),
                )
            )
            same = [fact for fact in facts if fact.predicate == facts[0].predicate]
            values = list(dict.fromkeys(map(q.value, same)))[
                : 1 if same[0].predicate in group("where") else 12
            ]
            return _verdict(q, False, q.told(same[0], values), same[:1] if len(values) == 1 else same, 0.5)
    return q.choice(q.say("no_fact"), verdict="no")
