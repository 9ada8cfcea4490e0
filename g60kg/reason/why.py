"""Why a fact holds: proofs, without any having been stored.

Goes in: rules, closed facts, a triple, and a hook that gives the evidence of what is said. Comes out: an
`Explanation` with a smallest proof, or `Missing`. Every fact of the closure has one, and no proof is
circular.
"""

from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from pyoxigraph import Literal, Triple

from g60kg.reason.backward import Backward, Instance
from g60kg.reason.closure import Contradiction
from g60kg.reason.explanation import Evidence, Explanation, Kind, Missing, Source
from g60kg.reason.facts import Facts
from g60kg.reason.missing import nearest_miss
from g60kg.reason.paths import Paths
from g60kg.reason.rules import RuleSet
from g60kg.reason.search import WORK, Search
from g60kg.reason.vocabulary import Fact, as_fact, as_triple

_DEEP: Final = 8
"""How many steps deep all proofs differ; below, what is proved is proved in the smallest way."""


def why(
    rules: RuleSet, facts: Facts, triple: Triple, *, source: Source | None = None, work: int = WORK
) -> Explanation | Missing:
    """Return why a triple holds, with a smallest proof; or why it does not.

    Raises `LimitError` when a proof is not found among the first `work` instances of rules.
    """
    return Why(rules, facts, source, work=work).of(as_fact(triple))


def all_proofs(
    rules: RuleSet,
    facts: Facts,
    triple: Triple,
    *,
    source: Source | None = None,
    most: int = 20,
    work: int = WORK,
) -> tuple[Explanation, ...]:
    """Return the proofs of a triple, the smallest first: for each last step, each with all proofs of its
    premises.

    At most `most`; none for a triple that does not hold.
    """
    return Why(rules, facts, source, work=work).all_of(as_fact(triple), most)


def why_not(
    rules: RuleSet,
    facts: Facts,
    contradiction: Contradiction,
    *,
    source: Source | None = None,
    work: int = WORK,
) -> Explanation:
    """Return the proof of a contradiction: the rule that concludes false, and why its premises hold."""
    return Why(rules, facts, source, work=work).contradiction(contradiction)


class Why:
    """Explanations over one state of the facts; what one has found serves the next."""

    def __init__(
        self, rules: RuleSet, facts: Facts, source: Source | None = None, *, work: int = WORK
    ) -> None:
        self._stated = rules.asserted.union(rules.facts)
        self._facts = facts
        self._source = source
        self._backward = Backward(rules.rules)
        self._search = Search(self._backward, Paths(rules.rules, facts), facts, work=work)
        self._known: dict[Fact, Explanation] = {}

    def of(self, fact: Fact) -> Explanation | Missing:
        """Return the smallest explanation of a fact."""
        if not self._search.is_given(fact) and not self._facts.contains(fact):
            return nearest_miss(self._backward, self._facts, fact)
        return self._smallest(fact)

    def all_of(self, fact: Fact, most: int) -> tuple[Explanation, ...]:
        """Return the explanations of a fact, the smallest first."""
        if not self._search.is_given(fact) and not self._facts.contains(fact):
            return ()
        found = list(islice(self._every(fact, frozenset(), most), most * 5))
        return tuple(sorted(found, key=lambda one: (one.size, str(one)))[:most])

    def contradiction(self, found: Contradiction) -> Explanation:
        """Return the explanation of a contradiction."""
        premises = tuple(self._smallest(premise) for premise in found.premises)
        return Explanation(None, "inferred", (), found.rule, "", found.axioms, premises)

    def _smallest(self, fact: Fact) -> Explanation:
        known = self._known.get(fact)
        if known is None:
            step = None if self._search.is_given(fact) else self._search.last_step(fact)
            known = (
                self._step(fact, step, tuple(map(self._smallest, step.premises)))
                if step
                else self._leaf(fact)
            )
            self._known[fact] = known
        return known

    def _every(self, fact: Fact, above: frozenset[Fact], most: int) -> Iterator[Explanation]:
        if self._search.is_given(fact):
            yield self._leaf(fact)
        if len(above) >= _DEEP:
            smallest = self._smallest(fact)
            if smallest.rule and not any(part.fact in above for part in smallest.parts()):
                yield smallest
            return
        path = above | {fact}
        for one in self._search.instances(fact):
            if path.isdisjoint(one.premises):
                ways = [list(islice(self._every(premise, path, most), most)) for premise in one.premises]
                for premises in product(*ways):
                    yield self._step(fact, one, premises)

    def _step(self, fact: Fact, one: Instance, premises: tuple[Explanation, ...]) -> Explanation:
        statement = one.rule.statement
        return Explanation(fact, "inferred", (), one.rule.name, statement, one.rule.axioms, premises)

    def _leaf(self, fact: Fact) -> Explanation:
        triple = as_triple(fact)
        if triple is None or isinstance(fact[0], Literal) or triple in self._stated:
            return Explanation(fact, "axiom", (Evidence("axiom"),))
        evidence = self._source(triple) if self._source else ()
        kind: Kind = evidence[0].kind if evidence else "said"
        return Explanation(fact, kind, evidence)
