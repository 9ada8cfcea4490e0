"""What a run does with each rule: which are joins, which are closures, links, or contradictions.

Goes in: rules. Comes out: the same rules, sorted by how they are evaluated.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from g60kg.reason.bulk.equality import split_replacement
from g60kg.reason.bulk.layout import is_general
from g60kg.reason.bulk.links import Link, as_link
from g60kg.reason.rules import Atom, Rule, Slot, Var


@dataclass(frozen=True, slots=True)
class Plan:
    """Rules by the way they are evaluated; `flat` where one table must hold all facts."""

    flat: bool
    grouped: bool
    joins: tuple[Rule, ...]
    closures: tuple[Atom, ...]
    links: tuple[Link, ...]
    all: tuple[Rule, ...]


def make_plan(rules: Iterable[Rule], *, flat: bool = False) -> Plan:
    """Sort the rules; `flat` asks for the general way even where a quicker one would do."""
    everything = tuple(dict.fromkeys(rules))
    replacing, rest = split_replacement(everything)
    if flat or any(is_general(rule) for rule in rest):
        joins = [rule for rule in everything if rule.head is not None]
        return Plan(True, False, tuple(joins), (), (), everything)
    links = {rule: link for rule in rest if replacing and (link := as_link(rule))}
    closures = {rule: atom for rule in rest if (atom := transitive_atom(rule))}
    joins = [rule for rule in rest if rule.head is not None and rule not in links and rule not in closures]
    return Plan(
        False,
        bool(replacing),
        tuple(joins),
        tuple(closures.values()),
        tuple(links.values()),
        tuple(rest),
    )


def transitive_atom(rule: Rule) -> Atom | None:
    """Return the first atom of a rule that says `?x p ?y & ?y p ?z -> ?x p ?z`, of any other rule None.

    >>> from g60kg.terms import G60
    >>> x, y, z = Var("x"), Var("y"), Var("z")
    >>> body = (Atom(x, G60.p, y), Atom(y, G60.p, z))
    >>> str(transitive_atom(Rule("prp-trp", body, Atom(x, G60.p, z))))
    '?x g60:p ?y'
    """
    if rule.head is None or len(rule.body) != 2 or rule.distinct:
        return None
    slots: list[Slot] = [slot for atom in (*rule.body, rule.head) for slot in (atom.subject, atom.object)]
    predicates = {atom.predicate for atom in (*rule.body, rule.head)}
    chained = slots[1] == slots[2] and slots[0] == slots[4] and slots[3] == slots[5]
    names = {slot for slot in slots if isinstance(slot, Var)}
    fixed = len(predicates) == 1 and not isinstance(rule.head.predicate, Var)
    return rule.body[0] if chained and fixed and len(names) == 3 else None
