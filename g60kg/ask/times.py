"""Questions for a time: when, which year, since when.

Goes in: a `Question` and an `Index`. Comes out: choices, each the time of a fact.
"""

from typing import Final

from g60kg.ask.figures import figure_columns, figure_rows
from g60kg.ask.index import Index, things_in
from g60kg.ask.match import match_fact, times_of
from g60kg.ask.model import Choice, Fact, Question
from g60kg.ask.words import ideas
from g60kg.ask.wording import command, evidence_of, parts_of, say, value_text

_NEAR: Final = 0.08
_OWN: Final = ("startYear", "endYear", "startDate", "year", "date", "constructionStart")
"""Relations that are a time of their subject, by whatever verb it is asked for."""
_SPANS: Final = {"startYear": "endYear"}


def time_choices(question: Question, index: Index) -> list[Choice]:
    """Return the times that a question asks for, each fact that has one a reading."""
    wanted = {p for term in question.of("idea") for name in term.values for p in ideas()[name].predicates}
    rated = []
    for fact in index.facts:
        if times_of(fact) and fact.layer != "inferred":
            score = _score(question, fact, index, wanted)
            if score > 0.45:
                rated.append((score, fact))
    if not rated:
        return []
    best = max(score for score, _ in rated)
    kept = sorted((each for each in rated if each[0] >= best - _NEAR), key=lambda each: -each[0])
    by_time: dict[tuple[str, ...], list[Fact]] = {}
    for _, fact in kept:
        by_time.setdefault(tuple(times_of(fact)), []).append(fact)
    return [_choice(question, index, facts, best) for facts in list(by_time.values())[:3]]


def _score(question: Question, fact: Fact, index: Index, wanted: set[str]) -> float:
    match = match_fact(question, fact, index)
    score = match.score
    for term, share in match.covered.items():
        if term.kind == "thing" and term.weight >= 1 and share < 0.5:
            score *= 0.85 if any(value in index.home for value in term.values) else 0.3
        if term.kind == "idea" and term.weight > 1 and share < 0.5:
            score *= 0.9 if fact.predicate in _OWN else 0.6
    if any(term.kind == "thing" and term.weight >= 1 and share <= 0.5 and not any(value in index.home for value in term.values) for term, share in match.covered.items()):
        score *= 0.75
    asked = {value for term in question.of("thing") if term.weight >= 1 for value in term.values}
    if asked and not asked & things_in(fact) and fact.predicate != "launchedBy":
        score *= 0.8
    if wanted and fact.predicate not in wanted:
        score *= 0.8
    return score


def _choice(question: Question, index: Index, facts: list[Fact], score: float) -> Choice:
    language = question.language
    first = facts[0]
    times = _span(first, index)
    text = f"{times}{say('colon', language)}{index.label(first.subject, language)} {index.label(first.predicate, language)}"
    value = value_text(first, index, language)
    same = {fact.object for fact in facts if fact.predicate == first.predicate}
    text += "" if value in times_of(first) or len(same) > 1 else f" {value}"
    return Choice(text, evidence=evidence_of(facts, index, language, 2), columns=figure_columns(language), rows=figure_rows(facts, index, language), parts=parts_of(question, index), query=command(first, index, question), score=score)


def _span(fact: Fact, index: Index) -> str:
    """Return the time of a fact; from the year of its beginning to that of its end, where it has both."""
    end = _SPANS.get(fact.predicate)
    ends = [time for each in index.predicates(fact.subject) if each.predicate == end for time in times_of(each)]
    return f"{times_of(fact)[0]}-{ends[0]}" if ends else ", ".join(times_of(fact)[:1])
