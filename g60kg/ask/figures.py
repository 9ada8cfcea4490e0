"""Questions for figures and times: how many, how much, how long, when."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final

from g60kg.ask.asked import Asked, Match
from g60kg.ask.model import Choice, Fact
from g60kg.ask.wording import COUNTS, number_of
from g60kg.ask.words import group, ideas, keys

_NEAR: Final = 0.07
"""What fits this much less than the best is a reading, too."""
_ROUND: Final = Decimal("1.02")
"""Figures nearer to each other than this may be one, said again in round numbers."""
_SERIES: Final = 0.2
"""Other figures of one series may fit this much less."""
Rated = tuple[float, Fact]


def figure_choices(q: Asked, *, newest: bool = True) -> list[Choice]:
    """Return the figures that a question asks for, those of one thing over time as one reading."""
    groups: dict[tuple[object, ...], list[Rated]] = defaultdict(list)
    rated = rate_figures(q)
    if rated and "total" in q.values("idea"):
        return [_all_of(q, rated)]
    rated = _counted_as(q, rated) or rated
    for score, fact in rated:
        same = (fact.subject, fact.predicate, fact.limits.get("industry", ()), _counted(q, fact))
        if score >= rated[0][0] - (_SERIES if same in groups else _NEAR):
            groups[same].append((score, fact))
    return [_figure_choice(q, group, newest) for group in list(groups.values())[:4]]


def _all_of(q: Asked, rated: list[Rated]) -> Choice:
    """Return all figures of the measure that is asked for altogether: added up where they are of a kind."""
    (best, first), *_ = rated
    same = [(score, f) for score, f in rated if f.predicate == first.predicate and score >= best * 0.6]
    choice = _figure_choice(q, same)
    if len({fact.where for _, fact in same}) < 2:
        return choice
    total = _total(q, [fact for _, fact in same if q.is_in_unit(fact.limits.get("unit"))])
    text = q.say("added", total=total, what=choice.text) if total else q.say("listed_all", what=choice.text)
    return replace(choice, text=text)


def _total(q: Asked, facts: list[Fact]) -> str:
    """Return the sum of the figures of one thing, one unit and no part of it; nothing where they are not.

    Of each sentence there is one; what is said twice is not added, nor are levels at several times.
    """
    values = sorted(Decimal(fact.limits["value"][0]) for fact in facts)
    is_each = len(facts) == len({fact.where for fact in facts}) > 1
    if (
        not is_each
        or len({(fact.subject, fact.limits.get("unit")) for fact in facts}) > 1
        or not all(fact.plain and {*fact.limits}.isdisjoint(group("parts")) for fact in facts)
        or not all(high > low * _ROUND for low, high in pairwise(values))
        or facts[0].predicate not in group("summed")
        or q.index.is_of(facts[0].subject, group("placed"))  # a project has one
    ):
        return ""
    about = "" if all(fact.limits.get("comparator") == ("exact",) for fact in facts) else "about"
    return q.number(str(sum(values)), facts[0].limits["unit"][0], about)


def _counted_as(q: Asked, rated: list[Rated]) -> list[Rated]:
    """Return the figures that are said of a number of things in a question: "the fifty projects"."""
    numbers = q.of("number", least=1)
    return [each for each in rated if any(q.match(each[1]).covered[term] >= 0.5 for term in numbers)]


def rate_figures(q: Asked) -> list[Rated]:
    """Return the figures that fit a question, the best first."""
    wanted, rated = q.mean("measures"), []
    if q.kind == "how_much" and not wanted and not q.of("number"):
        return []
    for fact in q.index.facts:
        if fact.is_figure and _is_wanted(q, fact, wanted):
            score = _score(q, fact, q.match(fact))
            if score > (0.33 if fact.predicate in wanted else 0.4):
                rated.append((round(score, 4), fact))
    return sorted(rated, key=lambda each: (-each[0], _time(q, each[1])))


def _time(q: Asked, fact: Fact) -> str:
    """Return the time of a figure: its own, else that of its article."""
    return min(fact.times, default=q.index.date_of(fact))


def _counted(q: Asked, fact: Fact) -> frozenset[str]:
    """Return what a figure counts, without the words that say no more than its measure and industry."""
    if fact.predicate not in (*COUNTS, "share", "growth"):
        return frozenset()
    words = {key for kind in fact.limits.get("countedKind", ()) for key in keys(kind)}
    told = {key for each in fact.limits.get("industry", ()) for key in keys(q.index.label(each))}
    return frozenset(words - _general(fact.predicate) - told)


@cache
def _general(measure: str) -> frozenset[str]:
    held = [idea for idea in ideas().values() if measure in idea.measures]
    words = [word for idea in held if idea.classes and not idea.entities for word in idea.en]
    return frozenset(key for word in (*words, "national", "level") for key in keys(word))


def _is_wanted(q: Asked, fact: Fact, wanted: list[str]) -> bool:
    """Whether a figure is of the kind that is asked for."""
    counts = fact.predicate in COUNTS
    if counts and any(idea.unit for idea in q.ideas()):
        return False
    if q.kind == "how_many":
        if counts and not (wanted or q.mean("classes") or q.mean("entities")):  # then by its word alone
            asked = {key for term in q.of("idea", "word") for key in keys(term.text)}
            kinds = {key for kind in fact.limits.get("countedKind", ()) for key in keys(kind)}
            is_of = not {*q.values("thing")}.isdisjoint(fact.limits.get("industry", ()))
            return is_of or not asked or not asked.isdisjoint(kinds)
        return counts
    if q.kind == "how_much" and counts:
        return bool(wanted) and set(wanted) <= {*COUNTS, *group("people")}
    return not wanted or fact.predicate in wanted or (counts and not set(wanted).isdisjoint(COUNTS))


def _score(q: Asked, fact: Fact, match: Match) -> float:
    """Return how well a figure fits: what is asked and not covered, or covered and not asked, takes away."""
    score = q.weakened(match, "figure") * (1.0 if "proposed" not in fact.marks else 0.9)
    score *= 1.0 if fact.where is None or q.is_of_then(fact.where) else 0.6
    if fact.predicate in (*COUNTS, "population") and q.asks("present") and not q.of("year", "month"):
        years = [int(time[:4]) for time in fact.times if time[:4].isdigit()]
        date = q.index.date_of(fact)[:4]
        is_past = years and (not date or max(years) + 1 < int(date))  # an article need not have a date
        score *= 0.6 if is_past else 1.0
    owners = fact.things | q.index.owners.get(fact.subject, set())
    changes = {idea.change for idea in q.ideas()} - {""}
    other = bool(changes) and changes.isdisjoint(fact.limits.get("change", changes))
    for term, share in match.covered.items():
        if q.is_when(term) and not q.is_change(term):
            continue
        if term.kind == "thing" and term.weight >= 1 and owners.isdisjoint(term.values):
            placed = q.any_of(q.index.above.get(fact.subject, ()), ("Region",))
            lies = q.at_home(term) and not owners.isdisjoint(q.values("thing")) and not placed
            score *= 0.8 if lies or (share >= 0.5 and fact.predicate not in group("own")) else 0.0
        if term.kind == "idea":
            missed = other if q.is_change(term) else term.weight >= 1 and share < 0.3
            score *= 0.6 if missed else 1.0
    asked = {*q.values("thing"), *q.mean("entities")}
    score *= 1.0 if asked.issuperset(fact.limits.get("industry", ())) else 0.75
    words = _counted(q, fact)
    if fact.predicate not in COUNTS or not words:
        return score
    named = {key for idea in q.ideas() for word in (*idea.en, *idea.asks) for key in keys(word)}
    named |= {key for term in q.terms for key in keys(term.text)}
    return score * (1.0 if words <= named else 0.85 if words & named else 0.6)


def _figure_choice(q: Asked, group: list[Rated], newest: bool = True) -> Choice:
    facts = sorted((fact for _, fact in group), key=lambda fact: "after" in fact.limits.get("change", ()))
    facts.sort(key=lambda fact: _time(q, fact).ljust(10, "~"), reverse=newest)  # the end of a year
    if "superlative" in q.values("idea"):
        facts.sort(key=number_of, reverse=True)
    lines: dict[object, list[Fact]] = defaultdict(list)
    for fact in facts:
        lines[_time(q, fact)[:4], fact.where, fact.limits.get("change")].append(fact)
    told, differ = [], len({q.value(fact) for fact in facts}) > len({f.limits.get("unit") for f in facts})
    for same in lines.values():
        same.sort(key=lambda fact: not q.is_in_unit(fact.limits.get("unit")))
        others = [fact for fact in same if fact.limits.get("unit") != same[0].limits.get("unit")]
        text = q.value(same[0]) + "".join(f" ({q.value(other)})" for other in others[:1])
        time = f" ({when})" if differ and not same[0].times and (when := _time(q, same[0])) else ""
        told.append(f"{text}{q.say('colon')}{q.measured(same[0])}{time}")
    return q.choice(q.say("semicolon").join(dict.fromkeys(told)), facts, group[0][0] + 0.05)


def time_choices(q: Asked) -> list[Choice]:
    """Return the times that a question asks for, each time a reading."""
    asked, wanted, rated = q.values("thing", least=1), q.mean("predicates"), []
    for fact in (each for each in q.index.facts if each.times and each.layer != "inferred"):
        score = q.weakened(q.match(fact), "moment" if fact.predicate in group("times") else "time")
        score *= 0.8 if asked and fact.things.isdisjoint(asked) else 1.0
        rated.append((score * (0.8 if wanted and fact.predicate not in wanted else 1.0), fact))
    best = max((score for score, _ in rated), default=0.0)
    by_time: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for score, fact in sorted(rated, key=lambda each: -each[0]):
        if score > 0.45 and score >= best - _NEAR:
            by_time[tuple(fact.times)].append(fact)
    return [_time_choice(q, facts, best) for facts in list(by_time.values())[:3]]


def _time_choice(q: Asked, facts: list[Fact], score: float) -> Choice:
    """Return a time with what was then; from the year of a beginning to that of the end."""
    first = facts[0]
    held = q.index.facts_of[first.subject] if first.predicate == "startYear" else []
    ends = [fact.object for fact in held if fact.predicate == "endYear"]
    several = len({fact.object for fact in facts if fact.predicate == first.predicate}) > 1
    told = f"{q.label(first.subject)} {q.label(first.predicate)}"
    is_time = several or first.object in first.times
    told = q.marked(told, q.marks([first])) if is_time else f"{told} {q.value(first)}"
    return q.choice(f"{'-'.join([first.times[0], *ends[:1]])}{q.say('colon')}{told}", facts, score)
