"""The links of a property: facts of it that are said, or follow from one that is said by renaming alone.

Goes in: rules and facts. Comes out: from a node, its links, each with the steps that make it: none for
one that is said, one or more where an inverse or a lower property is said.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from g60kg.reason.backward import Instance
from g60kg.reason.facts import Facts
from g60kg.reason.rules import Rule, Slot, Term, Var
from g60kg.reason.vocabulary import SAME_AS, TYPE, Fact


class Link(NamedTuple):
    """A link to an end; `steps` prove it from what is said, and `cost` is their number."""

    fact: Fact
    end: Term
    steps: dict[Fact, tuple[int, Instance]]

    @property
    def cost(self) -> int:
        """The number of steps."""
        return len(self.steps)


class _Renaming(NamedTuple):
    """A rule with one premise that says the same with another property, perhaps turned round."""

    rule: Rule
    prop: Term
    turned: bool


class Links:
    """The links over one state of the facts."""

    def __init__(self, rules: Iterable[Rule], facts: Facts) -> None:
        self._facts = facts
        self._renamings: dict[Slot, list[_Renaming]] = defaultdict(list)
        self._ways: dict[Term, list[tuple[_Renaming, ...]]] = {}
        for rule in rules:
            if rule.head and (found := _renaming(rule)):
                self._renamings[rule.head.predicate].append(found)

    def of(self, node: Term, prop: Term, *, turned: bool = False) -> Iterator[Link]:
        """Yield the links from a node, or with `turned` those to it, the cheapest first."""
        for way in self._ways_to(prop):
            last = way[-1].prop if way else prop
            backwards = turned ^ (sum(each.turned for each in way) % 2 == 1)
            pattern = (None, last, node) if backwards else (node, last, None)
            for said in self._facts.said(*pattern):
                yield _link(said, prop, way, turned=turned)

    def _ways_to(self, prop: Term) -> list[tuple[_Renaming, ...]]:
        """Return the renamings that lead to a property, shortest first, each end once."""
        if prop not in self._ways:
            seen: set[tuple[Term, bool]] = {(prop, False)}
            ways: list[tuple[_Renaming, ...]] = [()]
            left = deque[tuple[tuple[_Renaming, ...], Term, bool]]([((), prop, False)])
            while left:
                way, at, turned = left.popleft()
                for each in self._renamings.get(at, ()):
                    key = (each.prop, turned ^ each.turned)
                    if key not in seen:
                        seen.add(key)
                        ways.append((*way, each))
                        left.append(((*way, each), *key))
            self._ways[prop] = ways
        return self._ways[prop]


def _link(said: Fact, prop: Term, way: tuple[_Renaming, ...], *, turned: bool) -> Link:
    steps: dict[Fact, tuple[int, Instance]] = {}
    fact, names = said, [prop, *(each.prop for each in way)]
    for number, each in enumerate(reversed(way), 1):
        subject, _, value = fact
        ends = (value, subject) if each.turned else (subject, value)
        made = (ends[0], names[len(way) - number], ends[1])
        if made not in steps:
            steps[made] = (number, Instance(each.rule, (fact,)))
        fact = made
    return Link(fact, fact[0] if turned else fact[2], steps)


def _renaming(rule: Rule) -> _Renaming | None:
    if len(rule.body) != 1 or rule.head is None:
        return None
    (body,), head = rule.body, rule.head
    if isinstance(body.predicate, Var) or body.predicate in (TYPE, SAME_AS) or head.predicate == TYPE:
        return None
    ends = (body.subject, body.object)
    if not all(isinstance(end, Var) for end in ends) or len(set(ends)) != 2:
        return None
    if ends == (head.subject, head.object):
        return _Renaming(rule, body.predicate, False)
    return _Renaming(rule, body.predicate, True) if ends == (head.object, head.subject) else None
