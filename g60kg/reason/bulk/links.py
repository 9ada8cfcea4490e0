"""Rules that conclude equality, as links: each thing is joined to the first of its group, not to all.

Goes in: a rule such as prp-fp (`?x p ?y & ?x p ?z -> ?y sameAs ?z`), whose body says the same of both
things. Comes out: SQL that pairs each thing with the least one that shares the rest of the body. Ten
thousand equal names are 10,000 links; their pairs would be 100 million.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from g60kg.reason.bulk.statement import Writer, variables
from g60kg.reason.rules import Atom, Rule, Var
from g60kg.terms import OWL

if TYPE_CHECKING:
    from g60kg.reason.bulk.layout import Place


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
