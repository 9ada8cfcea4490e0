"""Proofs along chains: a shortest path of links, where a search by rules would try each way to cut the chain.

For a fact of a transitive property, or of one that is carried along such a property (`?x locatedIn ?y & ?y
partOf ?z -> ?x locatedIn ?z`), the steps of a proof from links that are said, those of inverse and of lower
properties among them. The path is cut in halves, so that a proof from a thousand links is ten steps deep.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import accumulate, chain
from typing import Final, NamedTuple, cast

from g60kg.reason.facts import Facts
from g60kg.reason.joins import Instance
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var, chain_of, transitive_property, variables
from g60kg.reason.vocabulary import SAME_AS, TYPE, Fact

_MOST: Final = 100_000
Steps = dict[Fact, tuple[int, Instance]]
"""For each fact proved, the size of its proof and the last step of it."""


class Link(NamedTuple):
    """A link to an end; `steps` prove it from what is said, and their number is its cost."""

    fact: Fact
    end: Term
    steps: Steps


class _Renaming(NamedTuple):
    """A rule with one premise that says the same with another property, perhaps turned round."""

    rule: Rule
    prop: Term
    turned: bool


def _link(said: Fact, way: Iterable[_Renaming], *, turned: bool) -> Link:
    """Return what a fact that is said becomes by renamings, the last of which is applied first."""
    steps: Steps = {}
    fact = said
    for number, (rule, _, is_turned) in enumerate(reversed([*way]), 1):
        assert rule.head
        one, other = (fact[2], fact[0]) if is_turned else (fact[0], fact[2])
        made = (one, cast("Term", rule.head.predicate), other)
        steps.setdefault(made, (number, Instance(rule, (fact,))))
        fact = made
    return Link(fact, fact[0] if turned else fact[2], steps)


def _renaming(rule: Rule) -> _Renaming | None:
    if len(rule.body) != 1 or rule.head is None:
        return None
    (body,), head = rule.body, rule.head
    if isinstance(body.predicate, Var) or body.predicate in (TYPE, SAME_AS) or head.predicate == TYPE:
        return None
    for turned, ends in ((False, (head.subject, head.object)), (True, (head.object, head.subject))):
        if ends == (body.subject, body.object) and len(variables(rule.body)) == 2:
            return _Renaming(rule, body.predicate, turned)
    return None


class _Carried(NamedTuple):
    """A rule that carries a property along a transitive one: after it (`?x q ?y, ?y p ?z`), or before."""

    rule: Rule
    prop: Term
    after: bool


class Paths:
    """The proofs along chains over one state of the facts."""

    def __init__(self, rules: Iterable[Rule], facts: Facts) -> None:
        known = [rule for rule in rules if rule.head]
        self._facts = facts
        self._transitive = {prop: rule for rule in known if (prop := transitive_property(rule))}
        self._renamings: dict[Slot, list[_Renaming]] = defaultdict(list)
        self._carried: dict[Slot, list[_Carried]] = defaultdict(list)
        self._ways: dict[Term, dict[tuple[Term, bool], tuple[_Renaming, ...]]] = {}
        for rule in known:
            head = cast("Atom", rule.head).predicate
            if renaming := _renaming(rule):
                self._renamings[head].append(renaming)
            if carried := _carried(rule, self._transitive):
                self._carried[head].append(carried)

    def prove(self, fact: Fact) -> Steps:
        """Return the steps of a proof along a chain, the fact's own among them; none where there is none."""
        found = self._along(fact) if fact[1] in self._transitive else {}
        ways = (way for carried in self._carried.get(fact[1], ()) for way in self._carry(fact, carried))
        return min((way for way in (found, *ways) if way), key=lambda way: way[fact][0], default={})

    def _along(self, fact: Fact) -> Steps:
        """Prove a fact of a transitive property by a shortest path of links, if it has more than one."""
        links = self._shortest(fact)
        if len(links) < 2:
            return {}
        steps = dict(chain.from_iterable(link.steps.items() for link in links))
        nodes = [fact[0], *(link.end for link in links)]
        sizes = list(accumulate((len(link.steps) for link in links), initial=0))
        rule = self._transitive[fact[1]]
        left = [(0, len(links))]
        while left:
            first, last = left.pop()
            if last - first > 1:
                middle = (first + last) // 2
                ends = ((first, middle), (middle, last))
                premises = tuple((nodes[one], fact[1], nodes[other]) for one, other in ends)
                size = sizes[last] - sizes[first] + last - first - 1
                steps[nodes[first], fact[1], nodes[last]] = (size, Instance(rule, _in_order(rule, premises)))
                left += ends
        return steps

    def _shortest(self, fact: Fact) -> list[Link]:
        """Return the links of a shortest path (Dijkstra), by nodes that are known to lead to the end."""
        start, prop, end = fact
        came: dict[Term, tuple[Term, Link]] = {}
        done: set[Term] = set()
        queue: list[tuple[int, int, Term]] = [(0, 0, start)]
        count = 0
        best: dict[Term, int] = {}
        while queue and count < _MOST:
            cost, _, node = heappop(queue)
            if node == end and node in came:
                links: list[Link] = []
                while not links or node != start:
                    node, link = came[node]
                    links.append(link)
                return links[::-1]
            if node in done:
                continue
            done.add(node)
            for link in self._links(node, prop):
                count += 1
                total = cost + len(link.steps) + 1
                shorter = total < best.get(link.end, total + 1)
                if shorter and (link.end == end or self._facts.contains((link.end, prop, end))):
                    best[link.end] = total
                    came[link.end] = (node, link)
                    heappush(queue, (total, count, link.end))
        return []

    def _carry(self, fact: Fact, carried: _Carried) -> Iterator[Steps]:
        """Prove a fact by a link of its own property and a path of the transitive one."""
        one, other = (fact[0], fact[2]) if carried.after else (fact[2], fact[0])
        for link in self._links(one, fact[1], turned=not carried.after):
            ends = (link.end, other) if carried.after else (other, link.end)
            path = (ends[0], carried.prop, ends[1])
            if link.end != other and self._facts.contains(path) and (steps := self._along(path)):
                premises = (link.fact, path) if carried.after else (path, link.fact)
                size = 1 + len(link.steps) + steps[path][0]
                instance = Instance(carried.rule, _in_order(carried.rule, premises))
                yield {**steps, **link.steps, fact: (size, instance)}

    def _links(self, node: Term, prop: Term, *, turned: bool = False) -> Iterator[Link]:
        """Yield the links from a node, or with `turned` those to it, the cheapest first."""
        if prop not in self._ways:
            self._ways[prop] = self._ways_to(prop)
        for (last, is_turned), way in self._ways[prop].items():
            pattern = (None, last, node) if turned ^ is_turned else (node, last, None)
            for said in self._facts.said(*pattern):
                yield _link(said, way, turned=turned)

    def _ways_to(self, prop: Term) -> dict[tuple[Term, bool], tuple[_Renaming, ...]]:
        """Return the renamings that lead to a property, shortest first, by the property that they begin with
        and whether they turn it round.
        """
        ways: dict[tuple[Term, bool], tuple[_Renaming, ...]] = {(prop, False): ()}
        left = [*ways]
        for at in left:  # grows meanwhile
            for each in self._renamings.get(at[0], ()):
                key = (each.prop, at[1] ^ each.turned)
                if key not in ways:
                    ways[key] = (*ways[at], each)
                    left.append(key)
        return ways


def _in_order(rule: Rule, premises: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the premises of a chain in the order in which the rule has them, each once."""
    assert rule.head
    ordered = premises if rule.body[0].subject == rule.head.subject else premises[::-1]
    return tuple(dict.fromkeys(ordered))


def _carried(rule: Rule, transitive: dict[Term, Rule]) -> _Carried | None:
    """Return a rule as one that carries its property along a transitive one, if it does."""
    chained = chain_of(rule)
    if chained is None or rule.head is None or rule.head.predicate in transitive:
        return None
    one, other = (atom.predicate for atom in chained)
    after = one == rule.head.predicate
    along = other if after else one
    if (after or other == rule.head.predicate) and not isinstance(along, Var) and along in transitive:
        return _Carried(rule, along, after)
    return None
