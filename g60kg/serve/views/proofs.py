"""Proofs as trees that a page can show: each step with its rule, its axioms, and the words that it rests on.

Goes in: a store and an `Explanation`. Comes out: a `Step` with its premises. What is proved before is only
referred to, and a tree that grows too large is cut: what is cut has a page of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from g60kg.reason import Explanation
from g60kg.reason.vocabulary import Fact, as_fact
from g60kg.serve.views.claims import Claimed, claim_of
from g60kg.serve.views.memo import Memo
from g60kg.store import Store

MOST_STEPS: Final = 150
"""So many steps of a proof stand on a page."""


@dataclass(frozen=True, slots=True)
class Step:
    """A fact of a proof and why it holds.

    `number` counts the inferred ones, from 1; 0 is none. `kind` is `said`, `register`, `axiom` or `inferred`;
    an inferred one has a rule and premises. `shown` is `here`, `before` where it is proved earlier on the
    page, or `apart` where its proof is left out.
    """

    number: int
    fact: Fact | None
    kind: str
    claims: tuple[Claimed, ...] = ()
    sources: tuple[str, ...] = ()
    rule: str = ""
    statement: str = ""
    axioms: tuple[Fact, ...] = ()
    premises: tuple["Step", ...] = ()
    shown: str = "here"


class Proofs:
    """The proofs of one page: what one shows, the next refers to."""

    def __init__(self, store: Store, most: int = MOST_STEPS) -> None:
        self._store = Memo.over(store)
        self._most = most
        self._numbers: dict[Explanation, int] = {}

    def tree(self, proof: Explanation) -> Step:
        """Return a proof as a tree."""
        if proof.rule is None:
            return self._step(proof, 0, "here")
        if proof in self._numbers:
            return self._step(proof, self._numbers[proof], "before")
        if len(self._numbers) >= self._most:
            return self._step(proof, 0, "apart")
        self._numbers[proof] = number = len(self._numbers) + 1
        return self._step(proof, number, "here")

    def _step(self, part: Explanation, number: int, shown: str) -> Step:
        here = shown == "here"
        return Step(
            number,
            part.fact,
            part.kind,
            tuple(self._claims(part)) if here else (),
            tuple(dict.fromkeys(one.source for one in part.evidence if one.source)),
            part.rule or "",
            part.statement,
            _axioms(part) if here else (),
            tuple(self.tree(premise) for premise in part.premises) if here else (),
            shown,
        )

    def _claims(self, part: Explanation) -> Iterator[Claimed]:
        """Yield the claims that say a fact, each once."""
        for name in dict.fromkeys(one.claim for one in part.evidence if one.claim):
            claim = claim_of(self._store, NamedNode(name))
            if claim is not None:
                yield claim


def _axioms(part: Explanation) -> tuple[Fact, ...]:
    """Return the axioms of a step; none where one is about a thing without name: the rule says it better."""
    facts = tuple(as_fact(axiom) for axiom in part.axioms)
    is_named = all(not isinstance(term, BlankNode) for fact in facts for term in fact)
    return facts if is_named else ()
