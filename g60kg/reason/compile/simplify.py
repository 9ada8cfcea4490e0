"""Rules in their plainest form: no anonymous classes, no two that say one thing, none that others imply."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from g60kg.errors import OntologyError
from g60kg.reason.evaluate import Run
from g60kg.reason.facts import MemoryFacts
from g60kg.reason.joins import Triggers
from g60kg.reason.rules import Atom, Rule, Slot, Var, variables
from g60kg.reason.vocabulary import TYPE, Fact
from g60kg.terms import OWL, RDFS

_IDLE: Final = (OWL.Thing, RDFS.Resource, OWL.NamedIndividual)
_NAMES: Final = ("x", "y", "z", "u", "v", "w")
_MOST: Final = 20_000


def tidy(rule: Rule) -> Rule:
    """Return the rule with plain names of variables and each atom once."""
    plain = (*_NAMES, *(f"x{number + 1}" for number in range(len(rule.atoms) * 3)))
    found = rule.under(dict(zip(variables(rule.atoms), map(Var, plain), strict=False)))
    return replace(found, body=tuple(dict.fromkeys(found.body)))


def is_tautology(rule: Rule) -> bool:
    """Whether a rule concludes nothing but what it was given, or anything at all from what cannot be."""
    empty = any(atom.predicate == TYPE and atom.object == OWL.Nothing for atom in rule.body)
    never = any(one == other for one, other in rule.distinct)
    return never or (rule.head is not None and (empty or rule.head in rule.body))


def without_idle(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules but for those that conclude what nobody keeps and no rule asks for."""
    kept: list[Rule] = []
    left = list(rules)
    while len(left) != len(kept):
        kept = left
        body = [atom for rule in kept for atom in rule.body]
        asked = {atom.object if atom.predicate == TYPE else atom.predicate for atom in body}
        idle = {(TYPE, kind) for kind in _IDLE if kind not in asked}
        left = [rule for rule in kept if rule.head is None or rule.head.slots[1:] not in idle]
    return kept


def unfold(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules in which no class is anonymous.

    Raises `OntologyError` for a class expression that contains itself or makes too many rules.
    """
    tidied = [*map(tidy, rules)]
    named = [rule for rule in tidied if not any(_anonymous(rule))]
    left = dict.fromkeys(rule for rule in tidied if any(_anonymous(rule)))
    for node in sorted({node for rule in left for node in _anonymous(rule)}, key=str):
        makers = [rule for rule in left if rule.head and rule.head.slots[1:] == (TYPE, node)]
        users = [rule for rule in left if (TYPE, node) in (atom.slots[1:] for atom in rule.body)]
        if any(rule in users and not is_tautology(rule) for rule in makers):
            raise OntologyError("a class expression contains itself", mend="give the inner class a name")
        for rule in (*makers, *users):
            left.pop(rule, None)
        for user in users:
            left.update(dict.fromkeys(_resolve(user, makers, node)))
        if len(left) > _MOST:
            message = f"a class expression makes more than {_MOST} rules"
            raise OntologyError(message, mend="name the classes inside it")
    return [*named, *left]


def _anonymous(rule: Rule) -> Iterator[BlankNode]:
    kinds = (atom.object for atom in rule.atoms if atom.predicate == TYPE)
    return (kind for kind in kinds if isinstance(kind, BlankNode))


def _resolve(user: Rule, makers: list[Rule], node: BlankNode) -> Iterator[Rule]:
    """Yield the rule with each of its atoms of the anonymous class replaced in every way."""
    place = next((n for n, atom in enumerate(user.body) if atom.slots[1:] == (TYPE, node)), None)
    if place is None:
        if not is_tautology(user):
            yield tidy(user)
        return
    for number, maker in enumerate(makers):
        if joined := _join(user, place, maker, f"{number}_{place}"):
            yield from _resolve(joined, makers, node)


def _join(user: Rule, place: int, maker: Rule, mark: str) -> Rule | None:
    """Put the body of one rule in the place of an atom of another; None where they do not fit."""
    if maker.head is None:
        return None
    target, made = user.body[place].subject, maker.head.subject
    inner: dict[Slot, Slot] = {each: Var(f"{each.name}_{mark}") for each in variables(maker.atoms)}
    outer: dict[Slot, Slot] = {}
    if isinstance(made, Var):
        inner[made] = target
    elif isinstance(target, Var):
        outer[target] = made
    elif target != made:
        return None
    given = maker.under(inner)
    names = (part for name in (maker.name, user.name) for part in name.split(" + ") if part)
    joined = Rule(
        " + ".join(dict.fromkeys(names)),
        (*user.body[:place], *given.body, *user.body[place + 1 :]),
        user.head,
        user.distinct + given.distinct,
        tuple(dict.fromkeys(maker.axioms + user.axioms)),
    )
    return joined.under(outer)


def prune(rules: Iterable[Rule], is_basic: Callable[[Rule], bool]) -> list[Rule]:
    """Return the basic rules, and of the others, the shortest first, those not implied so far."""
    kept: list[Rule] = []
    others: dict[tuple[Atom, ...], list[Rule]] = defaultdict(list)
    for rule in rules:
        if is_basic(rule) or not rule.body or not rule.head:
            kept.append(rule)
        else:
            others[rule.body].append(rule)
    triggers = Triggers(rule for rule in kept if rule.head)
    for body in sorted(others, key=len):
        facts = _consequences(body, triggers)
        for rule in others[body]:
            if rule.head and not facts.contains(_frozen(rule.head)):
                kept.append(rule)
                triggers.add(rule)
                facts = _consequences(body, triggers)
    return kept


def _consequences(body: tuple[Atom, ...], triggers: Triggers) -> MemoryFacts:
    facts = MemoryFacts()
    Run(triggers, facts).close([_frozen(atom) for atom in body])
    return facts


def _frozen(atom: Atom) -> Fact:
    subject, predicate, value = (
        NamedNode(f"urn:x-any:{slot.name}") if isinstance(slot, Var) else slot for slot in atom.slots
    )
    return (subject, predicate, value)
