"""Which triples are about individuals, which are schema, and which are worth keeping.

A schema triple is an axiom, a declaration, or a part of a class expression (OWL 2 Mapping to RDF Graphs).
"""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from g60kg.reason.datatypes import is_datatype
from g60kg.reason.rules import RuleSet, Slot, Term
from g60kg.terms import OWL, RDF, RDFS, XSD

Fact = tuple[Term, Term, Term]
"""A triple as the evaluator works with it: it may have a literal as subject while rules run."""

TYPE: Final = RDF.type
SAME_AS: Final = OWL.sameAs
DIFFERENT_FROM: Final = OWL.differentFrom
_BUILT_IN: Final = (RDF.base, RDFS.base, OWL.base, XSD.base)
ABOUT_INDIVIDUALS: Final = frozenset(
    {SAME_AS, DIFFERENT_FROM, RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, RDF.value}
    | {OWL.versionInfo, RDFS.member, RDF.subject, RDF.predicate, RDF.object, RDF.first, RDF.rest}
)
_NO_DECLARATION: Final = (OWL.Thing, OWL.Nothing, OWL.NamedIndividual, RDFS.Literal, RDFS.Resource)
_LINKS: Final = (RDF.first, RDF.rest)
_EXPRESSION: Final = frozenset(
    {OWL.intersectionOf, OWL.unionOf, OWL.complementOf, OWL.oneOf, OWL.onProperty, OWL.members}
    | {OWL.distinctMembers, OWL.propertyChainAxiom, OWL.hasKey, OWL.onDatatype, OWL.withRestrictions}
)


def is_built_in(term: object) -> bool:
    """Whether a term belongs to RDF, RDFS, OWL or XML Schema."""
    return isinstance(term, NamedNode) and term.value.startswith(_BUILT_IN)


def is_schema(fact: Fact | tuple[Slot, Slot, Slot]) -> bool:
    """Whether a triple by itself is an axiom or a declaration, and not about an individual.

    >>> is_schema((RDFS.label, RDFS.range, RDFS.Literal)), is_schema((RDFS.label, RDFS.label, Literal("l")))
    (True, False)
    """
    _, predicate, value = fact
    if predicate == TYPE:
        return is_built_in(value) and not is_datatype(value) and value not in _NO_DECLARATION
    return is_built_in(predicate) and predicate not in ABOUT_INDIVIDUALS


def split_schema(triples: Iterable[Triple]) -> tuple[list[Triple], list[Triple]]:
    """Return the triples that are schema, with the lists they use, and those about individuals.

    Equality between names of classes or properties counts as schema, and so does the type of an
    individual that is an anonymous class.
    """
    known = list(triples)
    lists = _list_nodes(known)
    names = _schema_names(known)
    schema: list[Triple] = []
    individuals: list[Triple] = []
    for triple in known:
        named = triple.predicate == SAME_AS and (triple.subject in names or triple.object in names)
        named |= triple.predicate == TYPE and isinstance(triple.object, BlankNode)
        ours = is_schema(as_fact(triple)) or triple.subject in lists or named
        (schema if ours else individuals).append(triple)
    return schema, individuals


def seeds(rules: RuleSet) -> tuple[list[Fact], list[Fact]]:
    """Return the facts that an ontology brings to every closure, each once: those that it says, and those
    that it entails; its axioms are among them where rules ask for them.
    """
    stated = [rule.head.slots for rule in rules.rules if rule.head and not rule.body]
    facts = [as_fact(triple) for triple in rules.facts]
    if any(is_schema(atom.slots) for rule in rules.rules for atom in rule.body):
        facts += [as_fact(triple) for triple in rules.schema]
    every: dict[Fact, None] = dict.fromkeys([*facts, *stated])  # type: ignore[list-item]
    said = [fact for fact in every if as_triple(fact) in rules.asserted]
    known = set(said)
    return said, [fact for fact in every if fact not in known]


def as_fact(triple: Triple) -> Fact:
    """Return a triple as a plain tuple."""
    subject, value = triple.subject, triple.object
    if isinstance(subject, Triple) or isinstance(value, Triple):
        raise TypeError("a triple term is no fact")
    return (subject, triple.predicate, value)


def as_triple(fact: Fact) -> Triple | None:
    """Return the RDF triple of a fact; None where it would not be legal."""
    subject, predicate, value = fact
    if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
        return None
    return Triple(subject, predicate, value)


def is_useful(fact: Fact) -> bool:
    """Whether an inferred fact is legal RDF and says something about an individual.

    Out go literal subjects, schema, reflexive equality, types of the built-in vocabularies, and types that
    have no name.
    """
    subject, predicate, value = fact
    if predicate == TYPE:
        return isinstance(value, NamedNode) and not is_built_in(value) and not _is_odd(subject)
    if _is_odd(subject) or not isinstance(predicate, NamedNode):
        return False
    if not is_built_in(predicate):
        return True
    if predicate in (SAME_AS, DIFFERENT_FROM) and (subject == value or isinstance(value, Literal)):
        return False
    return predicate in ABOUT_INDIVIDUALS and predicate not in _LINKS


def useful_triples(facts: Iterable[Fact]) -> tuple[Triple, ...]:
    """Return the triples of those facts that are useful, sorted by text."""
    found = (as_triple(fact) for fact in facts if is_useful(fact))
    return tuple(sorted((triple for triple in found if triple), key=str))


def _is_odd(subject: Term) -> bool:
    return isinstance(subject, Literal) or is_built_in(subject)


def _list_nodes(triples: list[Triple]) -> set[object]:
    """The nodes of the lists that schema triples begin."""
    rest = {triple.subject: triple.object for triple in triples if triple.predicate == RDF.rest}
    nodes: set[object] = set()
    for triple in triples:
        node: object = triple.object
        while triple.predicate in _EXPRESSION and node in rest and node not in nodes:
            nodes.add(node)
            node = rest[node]  # type: ignore[index]
    return nodes


def _schema_names(triples: list[Triple]) -> set[object]:
    """The names that are declared as classes or properties, or used as such in axioms."""
    named: set[object] = set()
    for triple in triples:
        if is_schema(as_fact(triple)):
            named |= {triple.subject} if triple.predicate == TYPE else {triple.subject, triple.object}
    return {name for name in named if isinstance(name, NamedNode | BlankNode)}
