"""Explaining facts.

Goes in: a store, and a fact in a user's words. Comes out: an `Explanation` down to quotes, register
entries and axioms, or a `Missing` that says what came nearest, and which claims that nobody has confirmed
state it.
"""

from dataclasses import replace

from g60kg.kg import stages
from g60kg.kg.evidence import Sources
from g60kg.kg.fact import Named, fact
from g60kg.reason import Explanation, Missing, StoreFacts, all_proofs, why
from g60kg.store import Store


def explain(store: Store, subject: Named, predicate: Named, object: Named) -> Explanation | Missing:
    """Return a smallest proof of a fact, or what it wants.

    Raises `UnknownName`, `AmbiguousName`, and `LimitError` when a proof takes too much work.
    """
    triple, sources = fact(store, subject, predicate, object), Sources(store)
    found = why(stages.rules(), StoreFacts(store), triple, source=sources.of)
    return replace(found, proposed=sources.proposed(triple)) if isinstance(found, Missing) else found


def explain_all(
    store: Store, subject: Named, predicate: Named, object: Named, most: int = 20
) -> tuple[Explanation, ...]:
    """Return the proofs of a fact, the smallest first, at most so many; none where it does not hold."""
    triple = fact(store, subject, predicate, object)
    return all_proofs(stages.rules(), StoreFacts(store), triple, source=Sources(store).of, most=most)
