"""The plainest way to find what makes atoms facts: one after the other, each term bound once."""

from collections.abc import Iterable, Iterator, Mapping

from g60kg.reason.facts import Facts
from g60kg.reason.rules import Atom, Slot, Term, Var
from g60kg.reason.vocabulary import Fact

Binding = dict[Slot, Term]


def solutions(atoms: Iterable[Atom], facts: Facts, known: Mapping[Slot, Term]) -> Iterator[Binding]:
    """Yield the bindings of all variables under which every atom is a fact."""
    left = list(atoms)
    if not left:
        yield dict(known)
        return
    first, *rest = left
    pattern = (known.get(slot) if isinstance(slot, Var) else slot for slot in first.slots)
    for fact in facts.match(*pattern):
        extended = dict(known)
        pairs = zip(first.slots, fact, strict=True)
        if all(
            extended.setdefault(slot, t) == t if isinstance(slot, Var) else slot == t for slot, t in pairs
        ):
            yield from solutions(rest, facts, extended)


def instance(atom: Atom, known: Mapping[Slot, Term]) -> Fact:
    """Return an atom under a binding; raise `KeyError` for a variable without value."""
    subject, predicate, value = (known[slot] if isinstance(slot, Var) else slot for slot in atom.slots)
    return (subject, predicate, value)
