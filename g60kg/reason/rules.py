"""Horn rules over triples: what an ontology becomes, and what every engine runs.

A rule bears the name it has in the OWL 2 RL specification (tables 4 to 9) and its axioms.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from g60kg.terms import RDF, curie

Term = NamedNode | BlankNode | Literal
REPLACEMENT: Final = frozenset({"eq-sym", "eq-trans", "eq-rep-s", "eq-rep-p", "eq-rep-o"})
"""The rules of equality that engines do not run: they keep groups of equal names instead."""


@dataclass(frozen=True, slots=True)
class Var:
    """A variable of a rule."""

    name: str

    def __str__(self) -> str:
        return f"?{self.name}"


Slot = Var | NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Atom:
    """A triple pattern of a rule."""

    subject: Slot
    predicate: Slot
    object: Slot

    @property
    def slots(self) -> tuple[Slot, Slot, Slot]:
        """The three places, in order."""
        return (self.subject, self.predicate, self.object)

    def under(self, terms: Mapping[Slot, Slot]) -> "Atom":
        """Return the atom with what stands for its slots in their places."""
        return Atom(*(terms.get(slot, slot) for slot in self.slots))

    def __str__(self) -> str:
        return words(self.slots)


@dataclass(frozen=True, slots=True)
class Rule:
    """Whoever holds the body holds the head; a head of None concludes false.

    `name` is that of the specification (`prp-trp`); the terms of each pair of `distinct` must differ,
    which leaves out conclusions that say nothing (`x sameAs x`). `axioms` are the triples of the closed
    ontology it was compiled from. A rule without body states what the ontology itself says.

    >>> x, y, z = Var("x"), Var("y"), Var("z")
    >>> part = NamedNode("https://w3id.org/g60kg/ontology#partOf")
    >>> print(Rule("prp-trp", (Atom(x, part, y), Atom(y, part, z)), Atom(x, part, z)))
    prp-trp: ?x g60:partOf ?y & ?y g60:partOf ?z -> ?x g60:partOf ?z
    """

    name: str
    body: tuple[Atom, ...]
    head: Atom | None
    distinct: tuple[tuple[Slot, Slot], ...] = ()
    axioms: tuple[Triple, ...] = ()

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The body and the head."""
        return self.body if self.head is None else (*self.body, self.head)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of the body, of the head, and of the pairs that must differ."""
        return tuple(chain.from_iterable((*(atom.slots for atom in self.atoms), *self.distinct)))

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that it names, as often as it does."""
        return tuple(slot for slot in self.slots if not isinstance(slot, Var))

    def under(self, terms: Mapping[Slot, Slot]) -> "Rule":
        """Return the rule with what stands for its slots in their places."""
        body = tuple(atom.under(terms) for atom in self.body)
        distinct = tuple((terms.get(one, one), terms.get(other, other)) for one, other in self.distinct)
        return Rule(self.name, body, self.head and self.head.under(terms), distinct, self.axioms)

    @property
    def statement(self) -> str:
        """What the rule says, without its name."""
        guard = [f"{name_of(one)} != {name_of(other)}" for one, other in self.distinct]
        body = " & ".join([*(str(atom) for atom in self.body), *guard])
        head = "false" if self.head is None else str(self.head)
        return f"{body} -> {head}" if body else f"-> {head}"

    def __str__(self) -> str:
        return f"{self.name}: {self.statement}"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """An ontology, compiled.

    `rules` are sorted by name and text. `facts` are the triples about individuals that the ontology
    says or entails by itself; they belong to every closure. `schema` are the legal triples of the closed
    ontology that are not about individuals. `asserted` is the ontology as given, `digest` its hash.
    Ill-typed literals (dt-not-type) are no Horn rule: an engine asks `datatypes.ill_typed` of each literal.
    """

    rules: tuple[Rule, ...]
    facts: tuple[Triple, ...]
    schema: tuple[Triple, ...] = field(repr=False)
    asserted: frozenset[Triple] = field(repr=False)
    digest: str

    def __str__(self) -> str:
        return "\n".join(str(rule) for rule in self.rules)


def transitive_property(rule: Rule) -> Term | None:
    """Return the property that a rule makes transitive, if it does that and nothing else.

    >>> x, y, z = Var("x"), Var("y"), Var("z")
    >>> part = NamedNode("https://w3id.org/g60kg/ontology#partOf")
    >>> str(transitive_property(Rule("prp-trp", (Atom(x, part, y), Atom(y, part, z)), Atom(x, part, z))))
    '<https://w3id.org/g60kg/ontology#partOf>'
    """
    chained = chain_of(rule)
    if chained is None or rule.head is None or isinstance(rule.head.predicate, Var):
        return None
    prop = rule.head.predicate
    return prop if chained[0].predicate == chained[1].predicate == prop else None


def chain_of(rule: Rule) -> tuple[Atom, Atom] | None:
    """Return the links of a rule that says `?x p ?y & ?y q ?z -> ?x r ?z`, in this order."""
    head = rule.head
    if head is None or len(rule.body) != 2 or rule.distinct:
        return None
    one, other = rule.body if rule.body[0].subject == head.subject else rule.body[::-1]
    ends = {slot for slot in (one.subject, one.object, other.object) if isinstance(slot, Var)}
    linked = one.object == other.subject and (head.subject, head.object) == (one.subject, other.object)
    return (one, other) if linked and len(ends) == 3 else None


def variables(atoms: Iterable[Atom]) -> list[Var]:
    """Return the variables of atoms, in the order of their coming."""
    return list(dict.fromkeys(slot for atom in atoms for slot in atom.slots if isinstance(slot, Var)))


def name_of(slot: Slot) -> str:
    """Return the short name of a term or variable."""
    if isinstance(slot, NamedNode):
        return "a" if slot == RDF.type else curie(slot)
    return str(slot)


def words(slots: Iterable[Slot], name: Callable[[Slot], str] = name_of) -> str:
    """Return terms and variables as a person reads them, on one line.

    >>> from g60kg.terms import G60, ID
    >>> words((ID.wuhu, G60.partOf, ID.anhui))
    'id:wuhu g60:partOf id:anhui'
    """
    return " ".join(map(name, slots))
