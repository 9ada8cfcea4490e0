"""Rules in their plainest form, so that two that say one thing are equal.

Goes in: rules. Comes out: rules with their variables renamed in the order of their coming, atoms once,
and none that concludes one of its own premises.
"""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from g60kg.reason.rules import Atom, Rule, Slot, Var
from g60kg.reason.vocabulary import TYPE
from g60kg.terms import OWL, RDFS

_NOTHING: Final = OWL.Nothing
_IDLE: Final = (OWL.Thing, RDFS.Resource, OWL.NamedIndividual)
_NAMES: Final = ("x", "y", "z", "u", "v", "w")


def tidy(rule: Rule) -> Rule:
    """Return the rule with plain names of variables and each atom once."""
    body = tuple(dict.fromkeys(rule.body))
    atoms = (*body, *((rule.head,) if rule.head else ()))
    found = dict.fromkeys(slot for atom in atoms for slot in atom.slots if isinstance(slot, Var))
    names: dict[Slot, Slot] = {var: Var(_name(number)) for number, var in enumerate(found)}
    return Rule(
        rule.name,
        tuple(_renamed(atom, names) for atom in body),
        _renamed(rule.head, names) if rule.head else None,
        tuple((names.get(a, a), names.get(b, b)) for a, b in rule.distinct),
        rule.axioms,
    )


def is_tautology(rule: Rule) -> bool:
    """Whether a rule concludes nothing but what it was given, or anything at all from what cannot be."""
    empty = any(atom.predicate == TYPE and atom.object == _NOTHING for atom in rule.body)
    never = any(one == other for one, other in rule.distinct)
    return never or (rule.head is not None and (empty or rule.head in rule.body))


def without_idle(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules but for those that conclude what nobody keeps and no rule asks for."""
    kept = list(rules)
    while True:
        asked = {_subject_matter(atom) for rule in kept for atom in rule.body}
        left = [rule for rule in kept if not _is_idle(rule, asked)]
        if len(left) == len(kept):
            return kept
        kept = left


def _is_idle(rule: Rule, asked: set[Slot]) -> bool:
    head = rule.head
    if head is None or head.predicate != TYPE or not isinstance(head.object, NamedNode):
        return False
    return head.object in _IDLE and head.object not in asked


def _subject_matter(atom: Atom) -> Slot:
    return atom.object if atom.predicate == TYPE else atom.predicate


def _renamed(atom: Atom, names: dict[Slot, Slot]) -> Atom:
    return Atom(*(names.get(slot, slot) for slot in atom.slots))


def _name(number: int) -> str:
    return _NAMES[number] if number < len(_NAMES) else f"x{number - len(_NAMES) + 1}"
