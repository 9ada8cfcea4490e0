"""What a run does with each rule: which are joins, which are closures, links, or contradictions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from g60kg.reason.bulk.equality import split_replacement
from g60kg.reason.bulk.tables import Writer, is_general, variables
from g60kg.reason.rules import Atom, Rule, Slot, Var
from g60kg.terms import OWL

if TYPE_CHECKING:
    from g60kg.reason.bulk.tables import Place


@dataclass(frozen=True, slots=True)
class Link:
    """What each of the equal things meets (`body`), as `thing`, and what they share."""

    body: tuple[Atom, ...]
    thing: Var
    shared: tuple[Var, ...]

    def places(self, writer: Writer) -> list["Place"]:
        """Return where the facts of the body lie."""
        return [writer.layout.place(atom) for atom in self.body]

    def sql(self, writer: Writer) -> str:
        """Return the SELECT of the pairs (thing, least thing of its group)."""
        rule = Rule("link", self.body, None)
        inner = writer.select(rule, self.places(writer), [self.thing, *self.shared], None, [])
        group = ", ".join(f"v{n + 1}" for n in range(len(self.shared)))
        over = f"PARTITION BY {group}" if group else ""
        paired = f"SELECT v0, min(v0) OVER ({over}) AS least FROM ({inner})"
        return f"SELECT DISTINCT v0, least FROM ({paired}) WHERE v0 <> least"


def as_link(rule: Rule) -> Link | None:
    """Return a rule as a link, or None where it is not of that kind.

    >>> from g60kg.terms import G60
    >>> x, y, z = Var("x"), Var("y"), Var("z")
    >>> functional = Rule("prp-fp", (Atom(x, G60.p, y), Atom(x, G60.p, z)), Atom(y, OWL.sameAs, z))
    >>> as_link(functional).shared
    (Var(name='x'),)
    """
    if rule.head is None or rule.head.predicate != OWL.sameAs:
        return None
    one, other = rule.head.subject, rule.head.object
    if not isinstance(one, Var) or not isinstance(other, Var) or one == other:
        return None
    if any(set(pair) != {one, other} for pair in rule.distinct):
        return None
    of_one = {atom for atom in rule.body if one in atom.slots}
    of_other = {atom for atom in rule.body if other in atom.slots}
    if of_one & of_other or {_renamed(atom, other, one) for atom in of_other} != of_one:
        return None
    body = tuple(atom for atom in rule.body if atom not in of_other)
    return Link(body, one, tuple(name for name in variables(body) if name != one))


def _renamed(atom: Atom, old: Var, new: Var) -> Atom:
    return Atom(*(new if slot == old else slot for slot in atom.slots))


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
