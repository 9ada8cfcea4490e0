"""A question beside its index: what it asks for, and how well facts and sentences answer it."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, NamedTuple

from g60kg.ask.index import Index
from g60kg.ask.model import Fact, Question, Term
from g60kg.ask.wording import Wording, number_of
from g60kg.ask.words import Idea, form, group, ideas, keys, table, written

_JOINED: Final = re.compile(r"\W*(?:and|or|和|或|与|及|、)?\W*", re.I)


class Match(NamedTuple):
    """The share of a question that is covered, 0 to 1, and how far each of its terms is."""

    score: float
    covered: dict[Term, float]

    def missing(self, least: float = 0.3) -> list[Term]:
        """Return the telling terms that are not covered."""
        return [term for term, share in self.covered.items() if share < least and term.weight >= 1]


class Asked(Wording):
    """A question and its index."""

    def __init__(self, question: Question, index: Index) -> None:
        super().__init__(question, index)
        self._shares: dict[tuple[Term, int, bool], float] = {}

    def but(self, **changes: Any) -> "Asked":
        """Return the same question with other parts."""
        return Asked(replace(self.question, **changes), self.index)

    def of(self, *kinds: str, least: float = 0.0) -> list[Term]:
        """Return the terms of some kinds that weigh so much."""
        return [term for term in self.terms if term.kind in kinds and term.weight >= least]

    def values(self, *kinds: str, least: float = 0.0) -> list[str]:
        """Return what the terms of some kinds may mean."""
        return list(dict.fromkeys(value for term in self.of(*kinds, least=least) for value in term.values))

    def ideas(self, least: float = 0.0) -> list[Idea]:
        """Return the ideas of the question."""
        return [ideas()[name] for name in self.values("idea", least=least)]

    def mean(self, part: str) -> list[str]:
        """Return what the ideas mean in the graph: `classes`, `measures`, `predicates`, `entities`."""
        return list(dict.fromkeys(value for idea in self.ideas() for value in getattr(idea, part)))

    def asks(self, name: str, *parts: str) -> re.Match[str] | None:
        """Return the words of a question that ask for what `data/ask/graph.yaml` names; see `form`."""
        return form(name, *parts).search(self.question.plain)

    def any_of(self, things: Iterable[str], classes: Collection[str]) -> bool:
        """Whether any of some things is of one of some classes."""
        return any(self.index.is_of(thing, classes) for thing in things)

    @cached_property
    def classes(self) -> list[str]:
        """The classes of what is asked for: of the first after a question word, and what is joined to it."""
        asked = self.asks("which")
        terms = [term for term in self.of("idea") if any(idea.classes for idea in term.ideas)]
        heads = self._heads(terms, asked.start() if asked else len(self.question.plain)) or terms
        return list(dict.fromkeys(each for term in heads for idea in term.ideas for each in idea.classes))

    @cached_property
    def asked_measures(self) -> list[Idea]:
        """The measures that a question asks for: its growth, else the first and those joined to it."""
        measured = [term for term in self.of("idea") if any(idea.measures for idea in term.ideas)]
        growth = [t for t in measured if all(set(idea.measures) == {"growth"} for idea in t.ideas)]
        heads = self._heads(growth or measured, 0)
        return [idea for term in heads for idea in term.ideas if idea.measures]

    def _heads(self, terms: list[Term], end: int) -> list[Term]:
        """Return the first of some terms in a question from a place on, and those joined to it."""
        plain, heads = self.question.plain, list[Term]()
        for term in sorted(terms, key=lambda term: plain.find(term.text, end)):
            at = plain.find(term.text, end)
            if at >= 0 and (not heads or _JOINED.fullmatch(plain, end, at)):
                heads, end = [*heads, term], at + len(term.text)
        return heads

    def is_when(self, term: Term) -> bool:
        """Whether a term of a question for a figure says of what time: "after Jiaxing joined"."""
        clause = self.asks("while") if self.kind in ("how_many", "how_much") else None
        return clause is not None and term.text in clause.group()

    def is_change(self, term: Term) -> bool:
        """Whether a term says that a figure is one before or after a change."""
        return any(idea.change for idea in term.ideas)

    def is_in_unit(self, unit: Collection[str] | None) -> bool:
        """Whether a figure has the unit that is asked for; of money it is the yuan where none is."""
        units = [idea.unit[-3:] for idea in self.ideas() if idea.unit] or ["CNY"]
        return any(each.endswith(tuple(units)) for each in unit or ())

    def is_within(self, thing: str) -> bool:
        """Whether a thing is in the region that what is asked for must be in: "which city in Anhui"."""
        inside = {thing, *self.index.above.get(thing, ())}
        return not any(inside.isdisjoint(term.values) for term in self._bounds)

    @cached_property
    def _bounds(self) -> list[Term]:
        """The regions that what is asked for must be in."""
        classes = "|".join(re.escape(term.text) for term in self.terms if term.is_class)
        form = rf"(?:{classes}) (?:in|of|from) (?:the )?{{0}}|{{0}}[省市区]?的?哪[个些座]?(?:{classes})"
        regions = [t for t in self.of("thing", least=1) if self.index.is_of(t.values[0], ("Region",))]
        found = (t for t in regions if re.search(form.format(re.escape(t.text)), self.question.plain))
        return list(found) if classes else []

    def is_of_unit(self, number: str) -> bool:
        """Whether a number that is quoted has a unit of the measures that a question asks for."""
        units = table("graph")["units"]
        forms = [units.get(measure) for idea in self.asked_measures for measure in idea.measures]
        return not (number and forms) or any(each is None or re.search(each, number, re.I) for each in forms)

    @cached_property
    def named(self) -> frozenset[str]:
        """The things that a question names, also by an industry's everyday word."""
        return frozenset((*self.values("thing", least=1), *self.mean("entities")))

    @cached_property
    def is_around(self) -> bool:
        """Whether a question names places alone, so that what is asked for may only be around there."""
        return all(self.index.is_of(each, group("narrow")) for each in self.named)

    def at_home(self, term: Term) -> bool:
        """Whether a thing is where the articles are at home, so that they need not name it."""
        return not self.index.home.isdisjoint(term.values)

    def is_of_then(self, number: int) -> bool:
        """Whether a sentence tells of former times where a question asks for them, and else of now."""
        is_then = "earlier" in self.values("idea")
        return is_then == bool(written("ago").search(self.index.sentences[number].text))

    def speaks_of(self, number: int, thing: str) -> bool:
        """Whether a sentence speaks of a thing itself, by name or by what it is: "this corridor"."""
        words = self.index.home_words.get(thing, ())
        return thing in self.index.things[number] or not self.index.keys[number].isdisjoint(words)

    # How well something answers

    def match(self, fact: Fact) -> Match:
        """Return how well a fact answers, its sentence counting for half."""
        return self._match(lambda term: self._in_fact(term, fact))

    def match_sentence(self, number: int, *, near: bool = True) -> Match:
        """Return how well a sentence answers; the sentences around it may name what it speaks of."""
        return self._match(lambda term: self._in_sentence(term, number, near))

    def weakened(self, match: Match, reading: str, but: Collection[Term] = ()) -> float:
        """Return a score without what it loses where parts of the question are not in a reading."""
        score, losses = match.score, table("graph")["penalties"][reading]
        for term, share in match.covered.items():
            weight, most, left = losses.get(term.kind, (0, -1, 1))
            score *= left if term.weight >= weight and share <= most and term not in but else 1.0
        return score

    def _match(self, share: Callable[[Term], float]) -> Match:
        covered = {term: share(term) for term in self.terms if term.kind != "except"}
        whole = sum(term.weight for term in covered) + len(self.question.unknown)
        return Match(sum(t.weight * part for t, part in covered.items()) / whole if whole else 0.0, covered)

    def _in_fact(self, term: Term, fact: Fact) -> float:
        ways = {"idea": self._idea, "number": self._number, "year": self._year, "month": self._month}
        if term.kind == "thing":
            own = self._thing(term.meant, fact)
        else:
            values = term.values if term.kind in ways else ()
            own = max((ways[term.kind](value, fact) for value in values), default=0.0)
        if own >= 0.5 or fact.where is None or own < 0:
            return max(own, 0.0)
        share = self._in_sentence(term, fact.where, term.kind in ("number", "idea"))
        return max(own, share * (0.5 if term.kind == "thing" else 0.7))

    def _thing(self, things: frozenset[str], fact: Fact) -> float:
        owners = self.index.owners.get(fact.subject, set())
        if not things.isdisjoint(fact.things - owners):
            return 1.0
        return max(self._above(things, fact.things), 0.0 if things.isdisjoint(owners) else 0.9)

    def _above(self, things: frozenset[str], inside: Collection[str]) -> float:
        """Return how far any of some things is what others are in."""
        ups = (self.index.above[each] for each in inside if each in self.index.above)
        return max((share for up in ups for thing, share in up.items() if thing in things), default=0.0)

    def _idea(self, name: str, fact: Fact) -> float:
        idea, limits = ideas()[name], fact.limits
        counted = f" {' '.join(keys(' '.join(limits.get('countedKind', ()))))} "
        is_named = any(f" {' '.join(keys(word))} " in counted for word in idea.en)
        is_measured = fact.predicate in idea.measures and (idea.classes or fact.predicate != "companyCount")
        of_kind = not {*idea.measures}.isdisjoint(limits.get("ofKind", ()))
        if is_measured or of_kind or fact.predicate in idea.predicates or is_named:
            return 1.0  # a kind of companies must be named
        if idea.change and limits.get("change"):
            return 1.0 if idea.change in limits["change"] else -1.0
        is_of = idea.entities and self._thing(frozenset(idea.entities), fact) >= 0.9
        if is_of or (idea.unit and idea.unit[-3:] in limits.get("unit", ("",))[0]):
            return 1.0
        return 0.9 if self.any_of(fact.ends, idea.classes) else 0.0

    def _number(self, value: str, fact: Fact) -> float:
        return float(fact.is_figure and float(value) == number_of(fact))

    @cached_property
    def _spans(self) -> dict[str, tuple[bool, bool]]:
        """Whether a question is for what was until, and what was since, each year of it."""
        names, years = ("until_year", "since_year"), self.values("year")
        return {year: (bool(self.asks(names[0], year)), bool(self.asks(names[1], year))) for year in years}

    def _year(self, year: str, fact: Fact) -> float:
        before, after = self._spans[year]
        date = self.index.date_of(fact)
        if before or after:
            times = fact.times or filter(None, [date])
            return float(any(time[:4] < year if before else time[:4] >= year for time in times))
        begun = self.index.begun.get(fact.subject, ())
        if any(time.startswith(year) for time in fact.times or begun):
            return 1.0
        if begun and not fact.times:
            return -1.0
        if fact.where is None:
            return 0.0
        if date.startswith(year) and not any(time[:4].isdigit() for time in fact.times):
            return 0.6
        return -1.0 if fact.times and year not in self.index.keys[fact.where] else 0.0

    def _month(self, month: str, fact: Fact) -> float:
        if any(time[4:7] == f"-{month}" for time in fact.times):
            return 1.0
        share = 0.4 if any(len(time) > 4 for time in fact.times) else 0.6
        return share if self.index.date_of(fact)[4:7] == f"-{month}" else 0.0

    def _in_sentence(self, term: Term, number: int, near: bool) -> float:
        """Return how far a sentence has a term; many facts may be of one sentence."""
        place = term, number, near
        if place in self._shares:
            return self._shares[place]
        if term.kind == "thing":
            share = self._thing_in(term.meant, number, near)
        else:
            share = self._plain_in(term, number)
            before = near and self.index.is_with(number, number - 1)
            if share < 0.5 and before and term.kind in ("idea", "number", "month"):
                part = 0.7 if term.kind == "number" else 0.5
                share = max(share, part * self._plain_in(term, number - 1))
        self._shares[place] = share
        return share

    def _plain_in(self, term: Term, number: int) -> float:
        """Return how far a sentence has a term that is no thing."""
        index, sentence = self.index, self.index.sentences[number]
        if term.kind == "month":
            names = (table("stop")["months"][int(value) - 1] for value in term.values)
            return float(any(name in sentence.text.lower() for name in names))
        if term.kind == "number":
            written = {*term.values, *(key.rstrip("%") for key in keys(term.text)[:1])}
            written |= {word for word, n in table("stop")["numbers"].items() if str(n) in term.values}
            read = any(self._number(value, fact) for fact in index.facts_in[number] for value in term.values)
            return float(read or not written.isdisjoint(index.keys[number]))
        if term.kind == "idea":
            if not index.ideas[number].isdisjoint(term.values):
                return 1.0
            of_ideas = (self._thing_in(frozenset(idea.entities), number, False) for idea in term.ideas)
            classes = [each for idea in term.ideas for each in idea.classes]
            several = sum(index.is_of(thing, classes) for thing in index.things[number])
            return max(*of_ideas, 0.5 * min(2, several))
        written_then = 0.5 * (term.kind == "year" and sentence.date[:4] in term.values)
        return 1.0 if not index.keys[number].isdisjoint(term.values) else written_then

    def _thing_in(self, meant: frozenset[str], number: int, near: bool) -> float:
        """Return how far a sentence speaks of one of the things that are meant."""
        index, things = self.index, self.index.things[number]
        if not meant.isdisjoint(things):
            return 1.0
        home = meant & index.home
        above = 0.8 * max(self._above(meant, things), any(self.speaks_of(number, each) for each in home))
        if above or not near:
            return above
        # what is said of one company is hardly said of another
        alike = {kind for each in things for kind in index.types[each]}.intersection(group("alike"))
        around = (at for at in (number - 1, number + 1) if index.is_with(number, at))
        beside = {each for at in around for each in meant & index.things[at]}
        if any(alike.isdisjoint(index.types[each]) for each in beside):
            return 0.6
        if any(alike.isdisjoint(index.types[each]) for each in home):
            return 0.35
        return 0.2 if alike and not all(alike.isdisjoint(index.types[each]) for each in meant) else 0.0
