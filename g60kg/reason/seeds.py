"""What an ontology itself brings to every closure.

Goes in: compiled rules. Comes out: facts: those it says or entails about individuals, and its axioms where
rules ask for them.
"""

from typing import Final

from g60kg.reason.datatypes import is_datatype
from g60kg.reason.rules import Atom, RuleSet
from g60kg.reason.vocabulary import ABOUT_INDIVIDUALS, TYPE, Fact, as_fact, is_built_in
from g60kg.terms import OWL

_ORDINARY: Final = (OWL.Thing, OWL.Nothing)


def seeds(rules: RuleSet) -> list[Fact]:
    """Return the facts that an ontology brings to every closure, each once."""
    stated = [rule.head.slots for rule in rules.rules if rule.head and not rule.body]
    facts = [as_fact(triple) for triple in rules.facts]
    if any(_asks_schema(atom) for rule in rules.rules for atom in rule.body):
        facts += [as_fact(triple) for triple in rules.schema]
    return list(dict.fromkeys([*facts, *stated]))  # type: ignore[list-item]


def _asks_schema(atom: Atom) -> bool:
    if atom.predicate == TYPE:
        return is_built_in(atom.object) and not is_datatype(atom.object) and atom.object not in _ORDINARY
    return is_built_in(atom.predicate) and atom.predicate not in ABOUT_INDIVIDUALS
