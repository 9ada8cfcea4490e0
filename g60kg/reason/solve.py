"""Instances of a rule's body, found in facts.

Goes in: atoms, facts, and what is known of the variables. Comes out: the ways in which all atoms hold,
one at a time; the caller stops when it has enough.
"""

from collections.abc import Iterable, Iterator, Mapping

from g60kg.reason.facts import Facts
from g60kg.reason.joins import ordered_places
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var
from g60kg.reason.vocabulary import Fact

Binding = dict[Slot, Term]


def solutions(atoms: Iterable[Atom], facts: Facts, known: Mapping[Slot, Term]) -> Iterator[Binding]:
    """Yield the bindings of all variables under which every atom is a fact."""
    body = tuple(atoms)
    order = ordered_places(body, range(len(body)), set(known))
    return _solve([body[place] for place in order], 0, facts, dict(known))


def instance(atom: Atom, known: Mapping[Slot, Term]) -> Fact:
    """Return an atom under a binding; raise `KeyError` for a variable without value."""
    subject, predicate, value = (known[slot] if isinstance(slot, Var) else slot for slot in atom.slots)
    return (subject, predicate, value)


def fit(atom: Atom, fact: Fact) -> Binding | None:
    """Return the binding under which an atom is a fact; None where there is none."""
    return _extend(atom, fact, {})


def is_apart(rule: Rule, known: Mapping[Slot, Term]) -> bool:
    """Whether the terms that a rule wants distinct are."""
    return all(_value(one, known) != _value(other, known) for one, other in rule.distinct)


def _solve(atoms: list[Atom], place: int, facts: Facts, known: Binding) -> Iterator[Binding]:
    if place == len(atoms):
        yield known
        return
    atom = atoms[place]
    subject, predicate, value = (_value(slot, known) for slot in atom.slots)
    for fact in facts.match(subject, predicate, value):
        extended = _extend(atom, fact, known)
        if extended is not None:
            yield from _solve(atoms, place + 1, facts, extended)


def _extend(atom: Atom, fact: Fact, known: Binding) -> Binding | None:
    extended = dict(known)
    for slot, term in zip(atom.slots, fact, strict=True):
        if extended.setdefault(slot, term) != term if isinstance(slot, Var) else slot != term:
            return None
    return extended


def _value(slot: Slot, known: Mapping[Slot, Term]) -> Term | None:
    return known.get(slot) if isinstance(slot, Var) else slot
