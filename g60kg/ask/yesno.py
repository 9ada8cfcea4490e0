"""Questions whose answer is yes or no.

Goes in: a `Question` and an `Index`. Comes out: one choice: yes with what says so, no with what is said instead, or no
because nothing says so.
"""

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from pyoxigraph import NamedNode

from g60kg.ask.figures import figure_columns, figure_rows, rate_figures
from g60kg.ask.index import Index, local
from g60kg.ask.match import Match, is_of, match_fact, same_number
from g60kg.ask.model import Choice, Fact, Question
from g60kg.ask.relations import asked_predicates
from g60kg.ask.sentences import rate_sentences, sentence_choice
from g60kg.ask.words import table
from g60kg.ask.wording import command, evidence_of, figure_text, measured, parts_of, say, sentence_of, value_text

_FAMILIES: Final = (
    ("partOf", "headquarteredIn", "locatedIn"),
    ("memberCity", "memberCityOf"),
    ("inIndustry",),
    ("signatory",),
    ("includedIn",),
    ("subsidiaryOf", "foundedBy"),
    ("inScheme",),
    ("alongRoute",),
    ("operates", "builds", "investsIn"),
    ("develops", "focusesOn"),
    ("cooperatesWith",),
)
_MORE: Final = re.compile(r"\b(?:over|more than|above|exceed\w*|at least)\b|超过|多于|不止|以上|大于", re.I)
_LESS: Final = re.compile(r"\b(?:under|less than|fewer than|below|at most)\b|不到|少于|不足|以下|小于", re.I)


def yes_or_no(question: Question, index: Index) -> list[Choice]:
    """Return whether it is so."""
    if question.unknown:
        return [no_name(question, index)]
    for way in (_by_figure, _by_relation, _by_sentence):
        choice = way(question, index)
        if choice:
            return [choice]
    return [_no(question, index)]


def no_name(question: Question, index: Index) -> Choice:
    """Return that nothing is known by a name, with names that are like it and are not taken for it."""
    name = question.unknown[0]
    known = [label for labels in index.labels.values() for label in labels.values()]
    near = get_close_matches(name, known, 3, 0.7)
    text = say("no_name", question.language, name=name)
    text += say("near_names", question.language, names=", ".join(near)) if near else ""
    return Choice(text, "no", parts=parts_of(question, index))


def _by_figure(question: Question, index: Index) -> Choice | None:
    """Return whether a figure is as a question has it, where the question has a number."""
    numbers = [term for term in question.of("number") if term.weight > 1]
    if not numbers:
        return None
    rest = replace(question, kind="how_much", terms=tuple(term for term in question.terms if term not in numbers))
    rated = [each for kind in ("how_much", "how_many") for each in rate_figures(replace(rest, kind=kind), index) if each[0] > 0.45]
    if not rated:
        return None
    rated.sort(key=lambda each: (-each[0], not any(same_number(term.values[0], each[1]) for term in numbers)))
    best = [fact for score, fact in rated if score >= rated[0][0] - 0.07]
    holds = [fact for fact in best if _holds(question, numbers[0].values[0], fact)]
    fact = (holds or best)[0]
    what = f"{figure_text(fact, question.language)}{say('colon', question.language)}{measured(fact, index, question.language)}"
    return _verdict(question, index, bool(holds), what, [fact], rated[0][0])


def _holds(question: Question, value: str, fact: Fact) -> bool:
    figure, number = float(fact.limits["value"][0]), float(value.rstrip("%"))
    if _MORE.search(question.plain):
        return figure > number or (figure == number and fact.limits.get("comparator") == ("more than",))
    return figure < number if _LESS.search(question.plain) else figure == number


def _verdict(question: Question, index: Index, is_so: bool, what: str, facts: list[Fact], score: float) -> Choice:
    language = question.language
    return Choice(
        say("yes" if is_so else "no", language, what=what),
        "yes" if is_so else "no",
        evidence_of(facts, index, language),
        figure_columns(language),
        figure_rows(facts[:8], index, language),
        parts_of(question, index),
        command(facts[0], index, question),
        score,
    )


def _by_relation(question: Question, index: Index) -> Choice | None:
    """Return yes where a fact joins all the things of a question by a relation of its."""
    things = [term for term in question.of("thing") if term.weight >= 1]
    things += [term for term in question.of("idea") if any(_entities(name) for name in term.values)]
    named = asked_predicates(question, index)
    if not things or (len(things) < 2 and not named):
        return None
    families = [family for family in _FAMILIES if set(family) & set(named)] or list(_FAMILIES)
    wanted = {predicate for family in families for predicate in family} | set(named)
    holding = []
    for fact in index.facts:
        if fact.predicate in wanted and fact.plain and "value" not in fact.limits:
            ends = (fact.subject, local(fact.object))
            match = match_fact(question, fact, index)
            if sum(any(each in ends for each in _values(term)) for term in things) >= min(len(things), 2) and not _misses(match, index):
                holding.append((match.score, fact))
    if not holding:
        return None
    holding.sort(key=lambda each: (-each[0], each[1].layer == "inferred", each[1].layer))
    facts = [fact for _, fact in holding]
    return _verdict(question, index, True, _told(facts[0], index, question.language), facts, holding[0][0])


def _values(term: object) -> tuple[str, ...]:
    values: tuple[str, ...] = term.values  # type: ignore[attr-defined]
    kind: str = term.kind  # type: ignore[attr-defined]
    return values if kind == "thing" else tuple(each for name in values for each in _entities(name))


def _entities(name: str) -> tuple[str, ...]:
    from g60kg.ask.words import ideas

    return ideas()[name].entities


def _misses(match: Match, index: Index) -> bool:
    """Whether a fact lacks something that a question wants."""
    for term, share in match.covered.items():
        if term.kind == "thing" and term.weight >= 1 and share < 0.5 and not any(value in index.home for value in term.values):
            return True
        if term.kind in ("year", "number") and term.weight >= 1.5 and share < 0.5:
            return True
        if term.kind == "idea" and term.weight > 1.2 and share < 0.5:
            return True
    return False


def _told(fact: Fact, index: Index, language: str) -> str:
    space = " " if language == "en" else ""
    return space.join((index.label(fact.subject, language), index.label(fact.predicate, language), value_text(fact, index, language)))


def _by_sentence(question: Question, index: Index) -> Choice | None:
    """Return yes where one sentence says all that is asked."""
    for score, number, match in rate_sentences(question, index)[:5]:
        telling = [term for term in match.covered if term.weight >= 1 and term.kind != "word"]
        things = [term for term in telling if term.kind == "thing"]
        full = all(match.covered[term] >= 0.6 for term in telling)
        words = [term for term in match.covered if term.kind == "word"]
        said = sum(match.covered[term] >= 0.5 for term in words) * 2 >= len(words)
        if full and said and len(telling) + len(words) >= 2 and len(telling) > len(things):
            evidence = (sentence_of(number, index),)
            return sentence_choice(question, index, say("yes_plain", question.language), evidence, [number], score, "yes")
    return None


def _no(question: Question, index: Index) -> Choice:
    """Return no, with what is so of the thing asked about, where the graph knows that."""
    language = question.language
    named = asked_predicates(question, index)
    things = [value for term in question.of("thing") if term.weight >= 1 for value in term.values]
    if things and (len(things) > 1 or named):
        places = any(is_of(thing, ("Country", "Province", "Municipality", "City", "District"), index) for thing in things[1:])
        wanted = _FAMILIES[0] if places else tuple(named)
        order = sorted(things, key=lambda thing: is_of(thing, ("Corridor", "Country", "Province"), index))
        for thing in order[:1]:
            facts = [fact for fact in index.predicates(thing) if fact.predicate in wanted and fact.plain and isinstance(fact.object, NamedNode)]
            facts = [fact for fact in facts if "value" not in fact.limits and _is_like(local(fact.object), things, index)]
            if facts:
                facts.sort(key=lambda fact: (wanted.index(fact.predicate), len(index.above.get(local(fact.object), {})) * -1))
                return _verdict(question, index, False, _told(facts[0], index, language), facts[:1], 0.5)
    return Choice(say("no_fact", language), "no", parts=parts_of(question, index))


def _is_like(thing: str, things: list[str], index: Index) -> bool:
    """Whether a thing is of the class of another that was asked about: of a province, its province is told."""
    classes = {"Country", "Province", "City", "District", "Municipality"}
    wanted = {each for other in things[1:] for each in index.types.get(other, set()) & classes}
    return not wanted or bool(index.types.get(thing, set()) & (wanted | ({"Municipality"} if "Province" in wanted else set())))


__all__ = ["no_name", "table", "yes_or_no"]
