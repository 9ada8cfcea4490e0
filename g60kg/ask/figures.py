"""Questions for figures: how many, how much, how long.

Goes in: a `Question` and an `Index`. Comes out: choices, each a figure or a series of figures of one thing over time.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final

from g60kg.ask.index import Index, things_in
from g60kg.ask.match import Match, is_of, match_fact, same_number, times_of
from g60kg.ask.model import Choice, Fact, Question, Term
from g60kg.ask.words import ideas, keys, table
from g60kg.ask.wording import command, evidence_of, figure_text, measured, measures_of, parts_of, say, value_text

COUNTS: Final = ("companyCount", "projectCount", "count")
_PLACES: Final = ("Region", "CorridorArea", "Park", "IndustryCategory", "Company")
_NEAR: Final = 0.07
"""Figures that fit this much less than the best are readings, too."""
_SERIES: Final = 0.2
"""Other figures of one series may fit this much less."""
Rated = tuple[float, Fact]


def figure_choices(question: Question, index: Index) -> list[Choice]:
    """Return the figures that a question asks for, each reading a choice."""
    rated = rate_figures(question, index)
    if not rated:
        return []
    best = rated[0][0]
    groups: dict[tuple[object, ...], list[Rated]] = defaultdict(list)
    for score, fact in rated:
        if score >= best - (_NEAR if _same(fact) not in groups else _SERIES):
            groups[_same(fact)].append((score, fact))
    return [_choice(question, index, group) for group in list(groups.values())[:4]]


def _same(fact: Fact) -> tuple[object, ...]:
    """Return what figures of one series have in common."""
    return fact.subject, fact.predicate, fact.limits.get("industry", ()), _counted(fact)


def _counted(fact: Fact) -> str:
    kinds = fact.limits.get("countedKind", ()) if fact.predicate in COUNTS or fact.predicate in ("share", "growth") else ()
    words = (key for kind in kinds for key in keys(kind))
    return " ".join(sorted({key for key in words if key not in _general(fact.predicate)}))


@cache
def _general(measure: str) -> frozenset[str]:
    """Return the words that name what a measure counts and nothing narrower."""
    general = (idea for idea in ideas().values() if measure in idea.measures and idea.classes and not idea.entities)
    return frozenset(key for idea in general for word in idea.en for key in keys(word)) | {"national", "level"}


def rate_figures(question: Question, index: Index) -> list[Rated]:
    """Return the figures that fit a question, the best first."""
    wanted = measures_of(question)
    rated = []
    for fact in index.facts:
        if "value" in fact.limits and _is_wanted(question, fact, wanted):
            match = match_fact(question, fact, index)
            score = _score(question, fact, match, index)
            if score > (0.33 if fact.predicate in wanted else 0.4):
                rated.append((round(score, 4), fact))
    return sorted(rated, key=lambda each: (-each[0], min(times_of(each[1]), default=_date(each[1], index))))


def _date(fact: Fact, index: Index) -> str:
    return index.sentences[fact.where].date if fact.where is not None else ""


def _is_wanted(question: Question, fact: Fact, wanted: tuple[str, ...]) -> bool:
    """Whether a figure is of the kind that is asked for."""
    counts = fact.predicate in COUNTS
    if question.kind == "how_many":
        return counts or fact.predicate == "population"
    if question.kind in ("how_much", "when") and counts:
        return any(measure in COUNTS for measure in wanted) and not any(measure not in COUNTS for measure in wanted)
    return not wanted or fact.predicate in wanted or (counts and bool(set(wanted) & set(COUNTS)))


def _score(question: Question, fact: Fact, match: Match, index: Index) -> float:
    """Return how well a figure fits: what is asked and not covered, or covered and not asked, takes away."""
    score = match.score
    for term, share in match.covered.items():
        if term.kind == "thing" and term.weight >= 1 and not _owns(term, fact, share, index):
            return 0.0
        if term.kind == "thing" and term.weight >= 1 and not things_in(fact).intersection(term.values):
            score *= 0.8
        if term.kind == "idea" and term.weight >= 1 and share < 0.3:
            score *= 0.6
        if term.kind == "idea" and any(ideas()[name].change not in ("", *fact.limits.get("change", (ideas()[name].change,))) for name in term.values):
            score *= 0.6
        if term.kind in ("year", "month") and share <= 0:
            score *= 0.5
    if not fact.plain and "modality" not in fact.limits:
        score *= 0.9
    asked = {thing for term in question.of("thing") for thing in term.values}
    asked |= {thing for term in question.of("idea") for name in term.values for thing in ideas()[name].entities}
    if any(industry not in asked for industry in fact.limits.get("industry", ())):
        score *= 0.75
    return score * _of_asked_kind(question, fact)


def _of_asked_kind(question: Question, fact: Fact) -> float:
    """Return 1 for a count of what is asked for, less where it counts something narrower or else."""
    words = set(_counted(fact).split())
    if fact.predicate not in COUNTS or not words:
        return 1.0
    named = {key for term in question.of("idea") for name in term.values for word in ideas()[name].en for key in keys(word)}
    named |= {key for term in question.terms for key in keys(term.text)}
    return 1.0 if words <= named else 0.85 if words & named else 0.6


def _owns(term: Term, fact: Fact, share: float, index: Index) -> bool:
    """Whether a figure may be that of a thing: it is its own, its owner's, or a count around the home of the articles."""
    inside = things_in(fact)
    if any(value in inside or value in index.owners.get(fact.subject, ()) for value in term.values):
        return True
    if any(is_of(value, _PLACES, index) for value in term.values) and is_of(fact.subject, _PLACES, index):
        return fact.predicate in (*COUNTS, "clusterValue", "output", "investment") and any(value in index.home for value in term.values)
    return share >= 0.5


def _choice(question: Question, index: Index, group: list[Rated]) -> Choice:
    language = question.language
    facts = sorted((fact for _, fact in group), key=lambda fact: (min(times_of(fact), default=_date(fact, index)), "after" in fact.limits.get("change", ())))
    lines: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        lines[_time(fact, index), fact.quote + "".join(fact.limits.get("change", ()))].append(fact)
    shown: dict[str, str] = {}
    for same in lines.values():
        first = _asked_unit_first(question, same)
        text = figure_text(first[0], language) + "".join(f" ({figure_text(other, language)})" for other in first[1:2] if other.limits.get("unit") != first[0].limits.get("unit"))
        shown.setdefault(f"{text}{say('colon', language)}{measured(first[0], index, language)}", "")
    return Choice(
        say("semicolon", language).join(shown),
        evidence=evidence_of(facts, index, language),
        columns=figure_columns(language),
        rows=figure_rows(facts, index, language),
        parts=parts_of(question, index),
        query=command(facts[0], index, question),
        score=group[0][0] + 0.05,
    )


def _time(fact: Fact, index: Index) -> str:
    return min(times_of(fact), default=_date(fact, index))[:4]


def _asked_unit_first(question: Question, facts: list[Fact]) -> list[Fact]:
    units = [ideas()[name].unit.rpartition("_")[2] for term in question.of("idea") for name in term.values if ideas()[name].unit]
    return sorted(facts, key=lambda fact: (not any(unit in fact.limits.get("unit", ("",))[0] for unit in units), "USD" in fact.limits.get("unit", ("",))[0]))


def figure_columns(language: str) -> tuple[str, ...]:
    """Return the columns of a table of figures."""
    return tuple(say(name, language) for name in ("what", "relation", "value", "time", "article"))


def figure_rows(facts: Iterable[Fact], index: Index, language: str) -> tuple[tuple[str, ...], ...]:
    """Return a row for each fact: of what, which relation, its value, its time and its article."""
    rows = []
    for fact in facts:
        each = index.sentences[fact.where] if fact.where is not None else None
        what = measured(fact, index, language) if "value" in fact.limits else index.label(fact.subject, language)
        time = ", ".join(times_of(fact)) or (each.date if each else "")
        rows.append((what, index.label(fact.predicate, language), value_text(fact, index, language), time, each.article if each else say("register", language)))
    return tuple(dict.fromkeys(rows))


def compared(question: Question, index: Index) -> bool | None:
    """Tell whether a figure is as a question has it: its number, or more or less than that; None where there is none.

    The number of the question is left out when its figure is looked for.
    """
    return None if not rate_figures(question, index) else any(
        same_number(value, fact) for _, fact in rate_figures(question, index)[:1] for term in question.of("number") for value in term.values
    )


__all__ = ["COUNTS", "compared", "figure_choices", "figure_columns", "figure_rows", "rate_figures", "table"]
