"""Transitive properties while facts are being closed: paths grow link by link at their end.

Goes in: facts, as they come. Comes out: what a rule such as prp-trp concludes from them. A path is only
ever joined with a link (a fact that came otherwise), never with another path, so that a path of n links
is met n times and not in every way it can be cut.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum

from g60kg.reason.facts import Facts
from g60kg.reason.rules import Rule, Slot, Term, Var
from g60kg.reason.vocabulary import Fact


class Way(Enum):
    """How a fact came: said or by a rule; copied to an equal name; a path ending in a new or an old link."""

    LINK = 0
    COPY = 1
    PATH = 2
    PATH_INTO_OLD = 3


class Chains:
    """The links that one run has met, by property and start; links made before are read from the facts."""

    def __init__(self, predicates: Iterable[Slot], facts: Facts) -> None:
        self._facts = facts
        self._new: dict[tuple[Term, Term], dict[Term, None]] = defaultdict(dict)
        self._made: set[Fact] = set()
        self._old = {
            prop: any(True for _ in facts.match(None, prop, None))
            for prop in predicates
            if not isinstance(prop, Var)
        }

    def paths(self, fact: Fact, way: Way) -> Iterator[tuple[Fact, Way]]:
        """Yield the paths that a fact makes with others, before it is added to the facts."""
        subject, prop, value = fact
        if prop not in self._old:
            return
        self._made.add(fact)
        if way in (Way.LINK, Way.COPY):
            self._new[prop, subject][value] = None
            for before in self._facts.match(None, prop, subject):
                yield (before[0], prop, value), Way.PATH
        for end in self._new.get((prop, value), ()):
            yield (subject, prop, end), Way.PATH
        if self._old[prop] and way != Way.PATH_INTO_OLD:
            for after in self._facts.match(value, prop, None):
                if after not in self._made:
                    yield (subject, prop, after[2]), Way.PATH_INTO_OLD


def transitive_property(rule: Rule) -> Term | None:
    """Return the property that a rule makes transitive, if it does that and nothing else."""
    if len(rule.body) != 2 or rule.head is None or rule.distinct:
        return None
    one, other = rule.body
    if one.subject == other.object:
        one, other = other, one
    prop = rule.head.predicate
    ends = (one.subject, one.object, other.object)
    linked = one.object == other.subject and len(set(ends)) == 3 and all(isinstance(end, Var) for end in ends)
    same = one.predicate == other.predicate == prop and not isinstance(prop, Var)
    if linked and same and (rule.head.subject, rule.head.object) == (one.subject, other.object):
        return prop if not isinstance(prop, Var) else None
    return None
