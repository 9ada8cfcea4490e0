"""Questions for things: which, who, where, how many of them."""

from collections import defaultdict
from collections.abc import Iterator

from g60kg.ask.asked import Asked
from g60kg.ask.model import Choice, Fact
from g60kg.ask.words import group, table

Group = list[tuple[float, Fact, str]]


def asked_predicates(q: Asked) -> list[str]:
    """Return the relations that a question is about: by its words, else by the classes of what it names."""
    classes, things = q.classes, [*q.values("thing"), *q.mean("entities")]
    things = things or [each for each in q.index.home if q.index.is_of(each, ("Corridor",))]
    entries = [each for each in table("graph")["implied"] if not set(classes).isdisjoint(each["asked"])]
    implied = [each["predicate"] for each in entries if q.any_of(things, each["of"])]
    if q.kind == "where":
        held = (f.predicate for each in things for f in q.index.facts_of[each] if f.subject == each)
        implied = ["headquarteredIn"] if q.asks("home") and "headquarteredIn" in held else implied
        placed = q.any_of(things, group("placed"))
        return [each for each in implied if each in group("where") and not placed] or group("where")
    named = list(dict.fromkeys([*q.mean("predicates"), *implied]))
    if q.kind == "which" and not (classes or q.mean("measures") or set(named) - set(group("where"))):
        return ["locatedIn"]  # "what is in Songjiang?"
    # then all the cities of a province are not meant, or all that is in a place
    joined = "memberCity" in q.mean("predicates") and q.any_of(things, ("Corridor", "CorridorPhase"))
    by_industry = "inIndustry" in named and q.kind in ("which", "how_many", "who")
    out = {"partOf": joined, "locatedIn": by_industry}
    return [each for each in named if not out.get(each)]


def relation_choices(q: Asked) -> list[Choice]:
    """Return the things that a question asks for, each relation that answers it a reading."""
    if q.kind == "how_many" and not q.classes:
        return []
    predicates = asked_predicates(q)
    groups: dict[tuple[str, str], Group] = defaultdict(list)
    for fact in q.index.facts:
        if fact.predicate in predicates and not fact.is_figure:
            found = [each for each in _open_ends(q, fact) if not _is_outside(q, *each)]
            score = _score(q, fact) if found else 0.0
            for anchor, thing in found:
                groups[fact.predicate, anchor].append((score, fact, thing))
    rated = [(max(each[0] for each in group), group) for group in groups.values()]
    numbers = [float(value) for value in q.values("number")]  # "which nine cities"
    sizes = {id(group): len({thing for *_, thing in group}) for _, group in rated}
    rated.sort(key=lambda each: (sizes[id(each[1])] not in numbers, -each[0], -sizes[id(each[1])]))
    kept: list[Group] = []
    for best, every in (each for each in rated[:6] if each[0] > 0.45):
        near = [each for each in every if each[0] >= best - 0.12]
        things = {thing for *_, thing in near}
        if not any(things <= {thing for *_, thing in other} for other in kept):  # it says no more
            kept.append(near)
    return [_choice(q, each) for each in kept[:3]]


def _score(q: Asked, fact: Fact) -> float:
    match, anywhere = q.match(fact), fact.predicate in group("anywhere")
    places = [term for term in q.of("thing") if anywhere and q.at_home(term)]
    places = [term for term in places if q.index.is_of(term.values[0], ("Region",))]
    score = q.weakened(match, "relation", but=places) * (1.0 if fact.plain else 0.9)
    open_ = sum(max(0.9 - match.covered[term], 0.0) * term.weight for term in places)
    return score + open_ / sum(term.weight for term in q.terms)


def _open_ends(q: Asked, fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield the ends of a fact that a question does not name: the other end, and what is there."""
    asked, above = q.named, q.index.above.get(fact.subject, {})
    # what is asked of the corridor may be said of a phase
    if fact.predicate != "phaseOf" and any(share == 0.95 and up in asked for up, share in above.items()):
        asked = asked | {fact.subject}
    is_free = q.is_around and (asked is q.named or q.index.is_of(fact.subject, group("narrow")))
    upward = q.kind == "where" or (q.kind == "who" and "owner" in q.values("idea"))  # "who owns Henlius?"
    upward = upward and fact.predicate in (*group("where"), "subsidiaryOf")
    for anchor, thing in ((fact.subject, fact.object), (fact.object, fact.subject)):
        if upward and anchor != fact.subject:
            continue
        # a park may do research, too
        is_done = q.kind == "who" and fact.predicate in ("develops", "focusesOn")
        is_open = (anchor in asked and thing not in asked) or (is_free and thing not in asked)
        if is_open and (is_done or _fits(q, fact, thing, bool(asked))):
            yield anchor, thing


def _fits(q: Asked, fact: Fact, thing: str, is_anchored: bool) -> bool:
    """Whether an end of a fact is of a kind that is asked for."""
    classes, is_of = q.classes, q.index.is_of
    if thing not in fact.ends:
        return q.kind not in ("where", "who", "how_many")
    if q.kind == "who":
        return is_of(thing, ("Actor", "Region"))
    if "City" in classes and fact.predicate in group("as_city"):
        classes = [*classes, "District"]
    elif is_of(thing, group("smaller")):
        classes = [each for each in classes if each != "City"]
    if q.kind == "where":
        is_open = set(group("narrow")).isdisjoint(classes)
        return is_of(thing, classes) or (is_of(thing, ("Place",)) and is_open)
    if classes and q.kind in ("which", "how_many"):
        return is_of(thing, classes)
    return is_anchored or bool(classes)


def _is_outside(q: Asked, anchor: str, thing: str) -> bool:
    """Whether a region is not in one that a question names, or anything is left out by it."""
    inside, around = ({each, *q.index.above.get(each, ())} for each in (thing, anchor))
    if not inside.isdisjoint(q.values("except")) or not q.index.is_of(thing, ("Region",)):
        return not inside.isdisjoint(q.values("except"))
    places = [term for term in q.of("thing", least=1) if anchor not in term.meant]
    places = [term for term in places if q.index.is_of(term.values[0], group("narrow"))]
    # its center may be there instead
    return not q.is_within(thing) or any((inside | around).isdisjoint(term.values) for term in places)


def _choice(q: Asked, group: Group) -> Choice:
    group = sorted(group, key=lambda each: (-each[0], each[1].where is None, each[1].where or 0))
    first: dict[str, Fact] = {}
    for _, fact, thing in group:
        first.setdefault(thing, fact)
    things = list(first)
    if q.kind == "where":  # the narrowest first; a corridor or a delta only where nothing else is said
        things.sort(key=lambda thing: -len(q.index.above.get(thing, ())))
        things = [each for each in things if not q.index.is_of(each, ("Corridor", "MacroRegion"))] or things
    facts = [fact for _, fact, _ in group]
    places = {thing for term in q.of("thing") if q.at_home(term) for thing in term.values}
    asked = {thing for thing in places if q.index.is_of(thing, ("Region",))}
    there = [thing for thing in things if asked & q.index.above.get(thing, {}).keys()]
    rest = [thing for thing in things if thing not in there]
    names = q.listed(things, facts)
    if there and rest:  # of these it is not said that they are where it was asked
        names = q.listed(there, facts) + q.say("place_open", names=q.listed(rest, facts))
    text = q.say("total", n=len(things), names=names) if q.kind == "how_many" else names
    return q.choice(text, [first[thing] for thing in things], group[0][0])
