"""Questions for things: which, who, where, how many of them.

Goes in: a `Question` and an `Index`. Comes out: choices, each the things at one end of a relation.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from g60kg.ask.figures import figure_columns, figure_rows
from g60kg.ask.index import Index, local
from g60kg.ask.match import is_of, match_fact
from g60kg.ask.model import Choice, Fact, Question
from g60kg.ask.words import ideas, table
from g60kg.ask.wording import command, evidence_of, listed, parts_of, say, value_text

_WHERE: Final = ("locatedIn", "partOf", "headquarteredIn")
_SIDES: Final = {"who": ("Actor", "Region"), "where": ("Place",)}
_ANYWHERE: Final = ("inIndustry", "operates", "builds", "investsIn", "develops", "focusesOn", "distinction", "signatory")
"""Relations of things that are at the home of the articles where nothing else is said."""
Group = list[tuple[float, Fact, str]]


def asked_classes(question: Question) -> tuple[str, ...]:
    """Return the classes of what is asked for."""
    return tuple(dict.fromkeys(c for term in question.of("idea") for name in term.values for c in ideas()[name].classes))


def asked_predicates(question: Question, index: Index) -> tuple[str, ...]:
    """Return the relations that a question is about: by its words, else by the classes of what it names."""
    named = [p for term in question.of("idea") for name in term.values for p in ideas()[name].predicates]
    if question.kind == "where":
        return _WHERE
    classes = asked_classes(question)
    things = [value for term in question.of("thing") for value in term.values]
    things += [value for term in question.of("idea") for name in term.values for value in ideas()[name].entities]
    for entry in table("texts")["implied"]:
        if set(entry["asked"]) & set(classes):
            if any(is_of(thing, entry["of"], index) for thing in things):
                named.append(entry["predicate"])
    if "inIndustry" in named and question.kind in ("which", "how_many", "who"):
        named = [each for each in named if each != "locatedIn"]
    return tuple(dict.fromkeys(named))


def relation_choices(question: Question, index: Index) -> list[Choice]:
    """Return the things that a question asks for, each relation that answers it a choice."""
    predicates = asked_predicates(question, index)
    if question.kind == "how_many" and not asked_classes(question):
        return []
    groups: dict[tuple[str, str, str], Group] = defaultdict(list)
    for fact in index.facts:
        if fact.predicate in predicates and "value" not in fact.limits and (fact.plain or fact.layer == "said"):
            score = _score(question, fact, index)
            for side, anchor, thing in _open_sides(question, fact, index):
                if _is_outside(question, thing, anchor, index):
                    continue
                groups[fact.predicate, side, anchor].append((score, fact, thing))
    rated = [(max(score for score, _, _ in group), group) for group in groups.values()]
    rated = sorted((each for each in rated if each[0] > 0.45), key=lambda each: -each[0])
    choices = [_choice(question, index, _kept(group)) for _, group in rated[:6]]
    return list({choice.text: choice for choice in reversed(choices)}.values())[::-1][:3]


def _is_outside(question: Question, thing: str, anchor: str, index: Index) -> bool:
    """Whether a region is not in one that a question names, or anything is left out by it."""
    if any(thing in term.values for term in question.of("except")):
        return True
    if not is_of(thing, ("Region",), index):
        return False
    asked = [term for term in question.of("thing") if anchor not in term.values and term.weight >= 1 and is_of(term.values[0], ("Province", "Country", "City", "District"), index)]
    return any(not set(term.values) & {thing, *index.above.get(thing, ())} for term in asked)


def _kept(group: Group) -> Group:
    """Return those of a group that answer it as well as the best."""
    best = max(score for score, _, _ in group)
    return [each for each in group if each[0] >= best - 0.12]


def _score(question: Question, fact: Fact, index: Index) -> float:
    match = match_fact(question, fact, index)
    score = match.score
    total = sum(term.weight for term in question.terms)
    for term, share in match.covered.items():
        soft = fact.predicate in _ANYWHERE and any(value in index.home and is_of(value, ("Region",), index) for value in term.values)
        if term.kind == "thing" and term.weight >= 1 and share < 0.5 and not soft:
            score *= 0.3
        elif term.kind == "thing" and share < 0.9 and soft:
            score += (0.9 - share) * term.weight / total
        if term.kind == "year" and share <= 0:
            score *= 0.6
        if term.kind == "idea" and term.weight > 1 and share < 0.5:
            score *= 0.75
    if not fact.plain:
        score *= 0.9
    return score


def _open_sides(question: Question, fact: Fact, index: Index) -> Iterator[tuple[str, str, str]]:
    """Yield the ends of a fact that a question does not name: which, what stands at the other end, and what is there."""
    asked = {value for term in question.of("thing") for value in term.values}
    asked |= {value for term in question.of("idea") for name in term.values for value in ideas()[name].entities}
    classes = asked_classes(question)
    value = local(fact.object)
    asked |= {fact.subject} if asked & {high for high, share in index.above.get(fact.subject, {}).items() if share == 0.95} else set()
    if fact.subject in asked and value not in asked and _fits(question, value, classes, index, fact):
        yield "object", fact.subject, value
    if value in asked and fact.subject not in asked and _fits(question, fact.subject, classes, index, fact):
        yield "subject", value, fact.subject
    if not asked and _fits(question, fact.subject, classes, index, fact) and classes:
        yield "subject", value, fact.subject
    if not asked and _fits(question, value, classes, index, fact):
        yield "object", fact.subject, value


def _fits(question: Question, thing: str, classes: tuple[str, ...], index: Index, fact: Fact) -> bool:
    """Whether a thing is of a kind that is asked for."""
    if not isinstance(fact.object, NamedNode) and thing == local(fact.object):
        return question.kind not in ("where", "who", "how_many")
    if question.kind in _SIDES and not (classes and question.kind == "where"):
        return is_of(thing, _SIDES[question.kind], index)
    if question.kind == "where":
        return is_of(thing, classes, index) or (is_of(thing, ("Place",), index) and not is_of(thing, classes, index) and not _has_narrow(classes))
    if classes and question.kind in ("which", "how_many"):
        return is_of(thing, classes, index)
    return True


def _has_narrow(classes: tuple[str, ...]) -> bool:
    return bool({"Province", "Country", "City", "District", "Town"} & set(classes))


def _choice(question: Question, index: Index, group: Group) -> Choice:
    language = question.language
    group = sorted(group, key=lambda each: (-each[0], each[1].where is None, each[1].where or 0))
    facts = [fact for _, fact, _ in group]
    things = [thing for _, _, thing in group]
    if question.kind == "where":
        things = _places(things, index)
    names = _by_place(question, things, index)
    text = say("total", language, n=len(dict.fromkeys(things)), names=names) if question.kind == "how_many" else names
    seen: dict[str, Fact] = {}
    for fact, thing in zip(facts, (thing for _, _, thing in group), strict=True):
        seen.setdefault(thing, fact)
    kept = [fact for thing, fact in seen.items() if thing in things]
    return Choice(
        text,
        evidence=evidence_of(kept, index, language),
        columns=figure_columns(language),
        rows=figure_rows(kept, index, language),
        parts=parts_of(question, index),
        query=command(facts[0], index, question),
        score=group[0][0],
    )


def _by_place(question: Question, things: list[str], index: Index) -> str:
    """Return names as a list; where a place is asked for, those of which it is not said that they are there apart."""
    language = question.language
    places = {value for term in question.of("thing") for value in term.values if is_of(value, ("Region",), index) and value in index.home}
    there = [thing for thing in things if not places or places & set(index.above.get(thing, ()))]
    rest = [thing for thing in things if thing not in there]
    if not there or not rest:
        return listed(things, index, language)
    return listed(there, index, language) + say("place_open", language, names=listed(rest, index, language))


def _places(things: list[str], index: Index) -> list[str]:
    """Return places from the narrowest up, without those that stand for all the world."""
    unique = list(dict.fromkeys(things))
    ordered = sorted(unique, key=lambda thing: -len(index.above.get(thing, {})))
    return [thing for thing in ordered if not is_of(thing, ("Corridor", "MacroRegion"), index) or len(unique) == 1] or ordered


__all__ = ["asked_classes", "asked_predicates", "relation_choices", "value_text"]
