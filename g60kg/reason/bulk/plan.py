"""What a run does with each rule: which are joins, which are closures, links, or contradictions."""

from collections.abc import Iterable
from dataclasses import dataclass

from g60kg.reason.bulk.tables import Place, Writer, is_general
from g60kg.reason.rules import REPLACEMENT, Atom, Rule, Var, transitive_property, variables
from g60kg.terms import OWL


@dataclass(frozen=True, slots=True)
class Link:
    """What each of the equal things meets (`body`), as `thing`, and what they share."""

    body: tuple[Atom, ...]
    thing: Var
    shared: tuple[Var, ...]

    def places(self, writer: Writer) -> list[Place]:
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
    renamed = {atom.under({other: one}) for atom in of_other}
    if of_one & of_other or renamed != of_one:
        return None
    body = tuple(atom for atom in rule.body if atom not in of_other)
    return Link(body, one, tuple(name for name in variables(body) if name != one))


@dataclass(frozen=True, slots=True)
class Plan:
    """Rules by the way they are evaluated; `flat` where one table must hold all facts.

    `grouped` tells whether representatives stand in for the replacement rules (`all` is without them then).
    """

    flat: bool
    grouped: bool
    joins: tuple[Rule, ...]
    closures: tuple[Atom, ...]
    links: tuple[Link, ...]
    all: tuple[Rule, ...]


def make_plan(rules: Iterable[Rule], *, flat: bool = False) -> Plan:
    """Sort the rules; `flat` asks for the general way even where a quicker one would do."""
    everything = tuple(dict.fromkeys(rules))
    grouped = {rule.name for rule in everything} >= REPLACEMENT
    rest = tuple(rule for rule in everything if not (grouped and rule.name in REPLACEMENT))
    if flat or any(is_general(rule) for rule in rest):
        return Plan(True, False, tuple(rule for rule in everything if rule.head), (), (), everything)
    links = {rule: link for rule in rest if grouped and (link := as_link(rule))}
    chained = {rule: Atom(Var("x"), prop, Var("y")) for rule in rest if (prop := transitive_property(rule))}
    joins = tuple(rule for rule in rest if rule.head and rule not in links and rule not in chained)
    return Plan(False, grouped, joins, tuple(chained.values()), tuple(links.values()), rest)
