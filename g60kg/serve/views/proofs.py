"""Proofs as trees that a page can show: each step with its rule, its axioms, and the words that it rests on.

Goes in: a store and an `Explanation`. Comes out: a `Step` with its premises. What is proved before is only
referred to, and a tree that grows too large is cut: what is cut has a page of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from g60kg.reason import Explanation
from g60kg.reason.vocabulary import Fact, as_fact
from g60kg.serve.views.claims import Claimed, claim_of
from g60kg.store import Store

MOST_STEPS: Final = 150
"""So many steps of a proof stand on a page."""


@dataclass(frozen=True, slots=True)
class Step:
    """A fact of a proof and why it holds.

    `kind` is `said`, `register`, `axiom` or `inferred`; an inferred one has a rule and premises. `shown` is
    `here`, `before` where it is proved earlier on the page, or `apart` where its proof is left out.
    """

    id: str
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
        self._store = store
        self._most = most
        self._seen: set[str] = set()

    def tree(self, explanation: Explanation) -> Step:
        """Return an explanation as a tree."""
        is_proof = explanation.rule is not None
        if explanation.id in self._seen:
            return self._step(explanation, "before")
        if len(self._seen) >= self._most and is_proof:
            return self._step(explanation, "apart")
        if is_proof:
            self._seen.add(explanation.id)
        return self._step(explanation, "here")

    def another(self, explanation: Explanation) -> Step:
        """Return another proof of a fact that was proved: its last step is shown anew."""
        self._seen.discard(explanation.id)
        return self.tree(explanation)

    def _step(self, part: Explanation, shown: str) -> Step:
        here = shown == "here"
        return Step(
            part.id,
            part.fact,
            part.kind,
            tuple(self._claims(part)) if here else (),
            tuple(dict.fromkeys(one.source for one in part.evidence if one.source)),
            part.rule or "",
            part.statement,
            tuple(as_fact(axiom) for axiom in part.axioms) if here else (),
            tuple(self.tree(premise) for premise in part.premises) if here else (),
            shown,
        )

    def _claims(self, part: Explanation) -> Iterator[Claimed]:
        """Yield the claims that say a fact, each once."""
        for name in dict.fromkeys(one.claim for one in part.evidence if one.claim):
            claim = claim_of(self._store, NamedNode(name))
            if claim is not None:
                yield claim
