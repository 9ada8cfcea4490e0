"""Questions whose answer is yes, with what says so, or no, with what is said instead."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from g60kg.ask.asked import Asked
from g60kg.ask.compare import compares, grown, side_figures, size_of
from g60kg.ask.figures import rate_figures, time_choices
from g60kg.ask.heed import heeds
from g60kg.ask.model import Choice, Fact, Term
from g60kg.ask.relations import asked_predicates, relation_choices
from g60kg.ask.sentences import quoting, rank_in, rate_sentences, sentence_choices
from g60kg.ask.things import kind_of_thing
from g60kg.ask.wording import number_of
from g60kg.ask.words import group, table

_STRICT: Final = {"thing": 1.0, "year": 1.5, "number": 1.5, "idea": 1.2}
"""What a part of a question weighs at least that a fact must have to be a yes, by its kind."""
_OR: Final = re.compile(r",? or (?:in |to |at |from |by |the )*|,?(?:还是|或者?)在?")


def yes_or_no(q: Asked) -> list[Choice]:
    """Return whether it is so."""
    if q.question.unknown:
        return [no_name(q)]
    if compares(q):
        sides = side_figures(q)
        if len(sides) != 2:
            return [q.choice(q.say("no_fact"), verdict="no")]
        one, other = map(size_of, sides)
        is_so = one < other if q.asks("fewer") else one > other
        return [_verdict(q, is_so, q.say("semicolon").join(map(q.figure, sides)), sides, 1.0)]
    if change := grown(q):
        is_up, choice = change
        text, verdict = _worded(q, is_up != bool(q.asks("fall")), choice.text, ())
        return [replace(choice, text=text, verdict=verdict)]
    chosen = (each for way in _either(q) for each in yes_or_no(way) if each.verdict in ("yes", "found"))
    told = ((each, q.told(each.facts[0]) if each.facts else each.text) for each in chosen)
    ways = (_by_rank, _by_class, _by_figure, _by_relation, _by_sentence, _not_so)
    readings = [replace(each, text=text, verdict="yes") for each, text in told]
    return readings or [next(filter(None, (way(q) for way in ways)))]


def _either(q: Asked) -> list[Asked]:
    """Return a question for each of the things between which one chooses: "in Hefei or Wuhu?"."""
    plain, things = q.question.plain, q.of("thing", least=1)
    at = {plain.find(term.text): term for term in things}
    ends = {start + len(term.text): term for start, term in at.items()}
    pairs = ((_OR.match(plain, end), term) for end, term in ends.items())
    sides = next(([one, at[found.end()]] for found, one in pairs if found and found.end() in at), [])
    return [q.but(terms=tuple(t for t in q.terms if t is side or t not in sides)) for side in sides]


def _by_rank(q: Asked) -> Choice | None:
    """Return whether a thing has the place in a row that a question asks about."""
    asked = q.asks("in_row")
    if not asked or not q.mean("measures"):
        return None
    said = asked.groupdict()
    place = table("stop")["ordinals"][(said["one"] or said["zh"] or "first").lower()]
    rest = (term for term in q.terms if term.text.lower() not in said.values())
    rest = (term for term in rest if not {"first", "rank"}.intersection(term.values))
    then = q.but(kind="rank", terms=tuple(rest))
    for found in sentence_choices(then):
        if places := list(filter(None, (rank_in(then, at) for at in found.quoted))):
            text, verdict = _worded(q, places[0] == place, found.text, ())
            return replace(found, text=text, verdict=verdict)
    return None


def _by_class(q: Asked) -> Choice | None:
    """Return whether a thing is of the class that a question asks for, and for nothing else."""
    things, rest = q.of("thing", least=1), [t for t in q.terms if t.kind != "thing" and t.weight >= 0.9]
    if len(things) != 1 or not rest or q.of("number") or not all(term.is_class for term in rest):
        return None
    thing = things[0].values[0]
    is_so = q.index.is_of(thing, {idea.classes[0] for term in rest for idea in term.ideas})
    return _verdict(q, is_so, f"{q.label(thing)}{q.say('colon')}{kind_of_thing(q, thing)}", [], 1.0)


def no_name(q: Asked) -> Choice:
    """Return that nothing is known by a name, with names that are like it and are not taken for it."""
    name = q.question.unknown[0]
    if q.kind == "who" and not q.of("thing", "idea", least=1):
        return q.choice(q.say("nobody", name=name), verdict="no")
    names = {label: thing for thing in q.index.parts for label in q.index.labels[thing].values()}
    near = get_close_matches(name, names, 20, 0.7)
    near.sort(key=lambda each: not q.index.said_of(names[each]))
    more = q.say("near_names", names=", ".join(near[:3])) if near else ""
    return q.choice(q.say("no_name", name=name) + more, verdict="no")


def _verdict(q: Asked, is_so: bool, what: str, facts: list[Fact], score: float) -> Choice:
    text, verdict = _worded(q, is_so, what, q.marks(facts[:1]))
    return q.choice(text, facts[:8], score, verdict=verdict)


def _worded(q: Asked, is_so: bool, what: str, marks: Sequence[str]) -> tuple[str, str]:
    """Return yes or no in words, and which it is: what is no plain fact is no plain yes."""
    name = f"yes_{marks[0]}" if is_so and marks else "yes" if is_so else "no"
    if name == "yes_planned" and q.asks("future"):
        name = "is_planned"
    verdict = "no" if name in ("no", "yes_planned", "yes_denied") else "yes"
    return q.say(name, what=what).rstrip(": ："), verdict


def _by_figure(q: Asked) -> Choice | None:
    """Return whether a figure, or the number of things, is as a question has it."""
    numbers = [t for t in q.of("number") if "." not in t.text]  # 4.0 is a version
    numbers = [t for t in numbers if t.weight > 1 or not q.asks("of_a_row")]
    if not numbers:
        return None
    limit = max(numbers, key=lambda term: float(term.values[0]))
    rest = tuple(term for term in q.terms if term is not limit)
    counted = relation_choices(q.but(kind="how_many", terms=rest)) if q.mean("predicates") else []
    if counted:
        is_so = _holds(q, limit, len({row[2] for row in counted[0].rows}))
        return _verdict(q, is_so, counted[0].text, [], 1.0)
    if q.asks("exact"):
        same = [fact for fact in q.index.facts if fact.is_figure and _holds(q, limit, number_of(fact))]
        exact = [fact for fact in same if fact.limits.get("comparator") == ("exact",)]
        if told := (exact or same)[:1]:
            return _verdict(q, bool(exact), q.figure(told[0]), told, 1.0)
    kinds = (q.but(kind=kind, terms=rest) for kind in ("how_many", "how_much"))
    rated = [each for kind in kinds for each in rate_figures(kind) if each[0] > 0.45]
    best = [fact for score, fact in rated if score >= max(each[0] for each in rated) - 0.07]
    if q.asks("still"):
        last = max((fact.times for fact in best), default=[])
        best = [fact for fact in best if fact.times == last and fact.limits.get("change") != ("before",)]
    holding = [fact for fact in best if _holds(q, limit, number_of(fact))]
    fact = next(iter(holding or best), None)
    return _verdict(q, bool(holding), q.figure(fact), [fact], 1.0) if fact else None


def _holds(q: Asked, term: Term, figure: float) -> bool:
    number = float(term.values[0])
    if q.asks("more"):
        return figure >= number
    return figure < number if q.asks("less") else figure == number


def _by_relation(q: Asked) -> Choice | None:
    """Return yes where a fact joins the things of a question by a relation of its."""
    things = [term.values for term in q.of("thing", least=1)]
    if len(things) < (1 if asked_predicates(q) else 2):
        return None
    rated = []
    for fact in q.index.facts:
        joined = {*fact.ends, *q.index.owners.get(fact.subject, ())}
        ends = sum(not joined.isdisjoint(values) for values in things)
        if ends >= min(len(things), 2) and not fact.is_figure:
            match = q.match(fact)
            lost = (term for term, share in match.covered.items() if share < 0.5)
            lost = (term for term in lost if term.weight >= _STRICT.get(term.kind, 9))
            if all(map(q.at_home, lost)):
                order = bool(q.marks([fact])), -match.score, fact.layer == "inferred", fact.layer
                rated.append((order, fact))
    facts = [fact for _, fact in sorted(rated, key=lambda each: each[0])]
    if not facts:
        return None
    if any({*facts[0].ends}.isdisjoint(values) for values in things[:2]):  # its plant is there
        return q.choice(q.told(facts[0]), facts[:8], 1.0)
    return _verdict(q, True, q.told(facts[0]), facts, 1.0)


def _by_sentence(q: Asked) -> Choice | None:
    """Return yes where one sentence states what is asked of the things that are named, in its own words."""
    telling = [term for term in q.terms if term.weight >= 0.9 and term.kind not in ("thing", "except")]
    stated = [term for term in telling if term.kind in ("idea", "word") and not term.is_class]
    things = [term.values for term in q.of("thing", least=1)]
    places = [each for values in things for each in values if q.index.is_of(each, group("administrative"))]
    around = {up for values in things for each in values for up in q.index.above.get(each, ())}
    if any(around & {*term.values} and q.asks("at_place", term.text) for term in q.of("thing", least=1)):
        return None  # "a city in Anhui" does nothing there
    if len(places) > 1 and "partOf" in asked_predicates(q):  # a list of cities names many provinces
        return None
    for score, number, match in rate_sentences(q)[:5] if stated else []:
        alone = q.match_sentence(number, near=False).covered
        said = all(alone[term] >= 0.5 for term in stated) and all(match.covered[t] >= 0.5 for t in telling)
        if said and all(any(q.speaks_of(number, thing) for thing in values) for values in things):
            text, verdict = _worded(q, True, "", _standing(q, number))
            text = q.say("yes_plain") if text == q.say("yes", what="").rstrip(": ：") else text
            return quoting(q, text, [number], score, verdict=verdict)
    return None


def _standing(q: Asked, number: int) -> tuple[str, ...]:
    """Return what makes a sentence no plain statement: as it was read, else by its words."""
    asked, text = q.values("thing", least=1), q.index.sentences[number].text
    if facts := [fact for fact in q.index.facts_in[number] if not fact.things.isdisjoint(asked)]:
        return tuple(dict.fromkeys(mark for fact in facts for mark in fact.marks))
    return tuple(name for name, form in table("graph")["modal"].items() if re.search(form, text, re.I))


def _not_so(q: Asked) -> Choice:
    """Return no where another year or value is said of the very thing; else that it is not known."""
    rest = tuple(term for term in q.terms if term.kind != "year")
    then = q.but(kind="when", terms=rest)
    things = q.values("thing", least=1)
    for choice in time_choices(then) if q.of("year") else []:  # another year of the same
        first = choice.facts[0]
        is_once = first.plain and first.predicate in group("once") and first.subject in things
        if is_once and heeds(then, choice):
            return replace(choice, text=q.say("no", what=choice.text), verdict="no", parts=q.parts())
    facts = _instead(q, things)
    if not facts:
        return q.choice(q.say("no_fact"), verdict="no")
    first, values = facts[0], list(dict.fromkeys(map(q.value, facts)))[:12]
    others = (each for each in things if each != first.subject)
    inside = not q.any_of(others, group("administrative"))
    inside |= not q.index.above.get(first.object, {}).keys().isdisjoint(things)
    is_placed = first.predicate == "locatedIn" and q.index.is_of(first.subject, group("placed"))
    asked = (idea for idea in q.ideas(least=1) if first.predicate not in idea.predicates)
    inside |= not all(idea.classes for idea in asked)  # that it lies elsewhere denies nothing else
    if (first.predicate in group("functional") or is_placed) and not inside:
        return _verdict(q, False, q.told(first, values[:1]), facts[:1], 0.5)
    held = q.say("held", what=q.told(first, values))
    return q.choice(q.say("no_fact") + held, facts, 0.5, verdict="no")


def _instead(q: Asked, things: list[str]) -> list[Fact]:
    """Return what is held of the narrowest thing by the relation asked; only places, where another is one."""
    is_of, places, wide = q.index.is_of, group("administrative"), ("Corridor", "Country", "Province")
    asked, where = asked_predicates(q), group("where")
    things = sorted(things, key=lambda each: is_of(each, places) + is_of(each, wide))
    for thing in things:
        alike = q.index.types[things[0]].intersection(group("alike"))
        among = any(is_of(other, places) for other in things if other != thing)
        wanted = [*asked, *(each for each in where[1:] + where[:1] if among and each not in asked)]
        own = [f for f in q.index.facts_of[thing] if f.subject == thing and f.plain and len(f.ends) == 2]
        held = [f for f in own if f.predicate in wanted and (not among or is_of(f.object, places))]
        if any(f.object in things for f in held):  # that is so, and something else is asked
            return []
        held = [f for f in held if thing == things[0] or is_of(f.object, places if among else alike)]
        held.sort(key=lambda f: (wanted.index(f.predicate), -len(q.index.above.get(f.object, ()))))
        if held:
            return [fact for fact in held if fact.predicate == held[0].predicate]
    return []
