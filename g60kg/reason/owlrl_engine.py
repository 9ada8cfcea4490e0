"""The engine `owlrl`, the reference: its OWL 2 RL closure of everything, as legal and useful triples.

Literal triples are held back, since owlrl spends most of its time on them; what they entail is added before
(types by domain) and after (sub-properties, equal names), in one pass each. Its messages about
inconsistency are read back into facts and axioms.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.reason.backward import Binding, instance, solutions
from g60kg.reason.datatypes import is_ill_typed
from g60kg.reason.engine import Closure, Contradiction, Task, read_facts
from g60kg.reason.facts import MemoryFacts
from g60kg.reason.rules import Atom, Slot, Term, Var
from g60kg.reason.vocabulary import SAME_AS, TYPE, Fact, as_fact, as_triple, is_built_in, is_useful
from g60kg.terms import OWL, RDF, RDFS, iri

if TYPE_CHECKING:
    from rdflib.term import Node


def to_rdflib(term: Term) -> "Node":
    """Return the rdflib term; the lexical form of a literal is kept, even where it has no value."""
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def from_rdflib(node: "Node") -> Term:
    """Return the term of the stages."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if not isinstance(node, rdflib.Literal):
        raise TypeError(f"no term: {node!r}")
    if node.language is not None:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))


@contextmanager
def quiet() -> Iterator[None]:
    """Keep rdflib from printing a warning for each literal without value: they are reported otherwise."""
    import logging
    import warnings

    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        logger.setLevel(before)


def owlrl_closure(facts: Iterable[Fact]) -> tuple[set[Fact], tuple[str, ...]]:
    """Return the closure of some facts, these included, and the messages of what is inconsistent, sorted.

    owlrl would write the messages into the graph, as nodes of an unrelated vocabulary; they are kept apart.
    """
    import rdflib
    from owlrl import OWLRL_Semantics
    from owlrl.Namespaces import ERRNS

    graph = rdflib.Graph()
    with quiet():
        for subject, predicate, value in facts:
            graph.add((to_rdflib(subject), to_rdflib(predicate), to_rdflib(value)))
        reasoner = OWLRL_Semantics(graph, False, False)
        reasoner.closure()
        messages = tuple(sorted(reasoner.error_messages))
        errors = set(graph.subjects(rdflib.RDF.type, ERRNS.ErrorMessage))
        found = (triple for triple in graph if triple[0] not in errors)
        closed = {(from_rdflib(one), from_rdflib(prop), from_rdflib(other)) for one, prop, other in found}
    return closed, messages


_TABLE: Final = r"""
eq-diff1   | 'sameAs' and 'differentFrom' cannot .* pair: \((?P<x>.+), (?P<y>.+)\)
           | x owl:sameAs y, x owl:differentFrom y |
eq-diff2   | 'sameAs' and 'AllDifferent' cannot .* pair: \((?P<x>.+), (?P<y>.+)\)
           | x owl:sameAs y | n a owl:AllDifferent, n owl:members l
eq-diff3   | 'sameAs' and 'AllDifferent' cannot .* pair: \((?P<x>.+), (?P<y>.+)\)
           | x owl:sameAs y | n a owl:AllDifferent, n owl:distinctMembers l
prp-irp    | Irreflexive property used on (?P<x>.+) with (?P<p>\S+)
           | x p x | p a owl:IrreflexiveProperty
prp-asyp   | Erroneous usage of asymmetric property (?P<p>\S+) on (?P<x>.+) and (?P<y>.+)
           | x p y, y p x | p a owl:AsymmetricProperty
prp-pdw    | Erroneous usage of disjoint properties (?P<p>\S+) and (?P<q>\S+) on (?P<x>\S+) and (?P<y>.+)
           | x p y, x q y | p owl:propertyDisjointWith q
prp-adp    | Disjoint properties in .*: \((?P<x>\S+), (?P<p>\S+),(?P<y>.+)\) and \(\S+,(?P<q>\S+),.+\)
           | x p y, x q y | n a owl:AllDisjointProperties, n owl:members l
prp-npa1   | Negative \(object\) property assertion violated for: \((?P<x>\S+), (?P<p>\S+), (?P<y>.+)\)
           | x p y | n owl:sourceIndividual x, n owl:assertionProperty p, n owl:targetIndividual y
prp-npa2   | Negative \(datatype\) property assertion violated for: \((?P<x>\S+), (?P<p>\S+), (?P<y>.+)\)
           | x p y | n owl:sourceIndividual x, n owl:assertionProperty p, n owl:targetValue y
cls-nothing2 | (?P<x>.+) is defined of type 'Nothing'
           | x a owl:Nothing |
cls-com    | Violation of complementarity for classes (?P<c>\S+) and (?P<d>\S+) on element .+
           | x a c, x a d | c owl:complementOf d
cls-maxc1  | Erroneous usage of maximum cardinality with (?P<c>\S+) and (?P<y>.+)
           | x a c, x p y | c owl:maxCardinality n, c owl:onProperty p
cls-maxqc1 | Erroneous usage of maximum qualified cardinality with (?P<c>\S+), (?P<d>\S+) and (?P<y>.+)
           | x a c, x p y, y a d | c owl:maxQualifiedCardinality n, c owl:onProperty p, c owl:onClass d
cls-maxqc2 | Erroneous usage of maximum qualified cardinality with (?P<c>\S+), (?P<d>\S+) and (?P<y>.+)
           | x a c, x p y | c owl:maxQualifiedCardinality n, c owl:onProperty p, c owl:onClass d
cax-dw     | Disjoint classes (?P<c>\S+) and (?P<d>\S+) have a common individual (?P<x>.+)
           | x a c, x a d | c owl:disjointWith d
cax-adc    | Disjoint classes (?P<c>\S+) and (?P<d>\S+) have a common individual (?P<x>.+)
           | x a c, x a d | n a owl:AllDisjointClasses, n owl:members l
dt-not-type | Lexical value of the literal '(?P<y>[\s\S]*)' does not match its datatype .*
           | x p y |
"""


def read_messages(messages: Iterable[str], closed: set[Fact]) -> Iterator[Contradiction]:
    """Yield what each message means; of one that the table does not know, its words for a rule."""
    facts = MemoryFacts(sorted(closed, key=str)) if (known := list(messages)) else MemoryFacts()
    terms: dict[str, list[Term]] = defaultdict(list)
    for term in dict.fromkeys(term for fact in facts for term in fact):
        terms[term.value].append(term)
    for message in known:
        yield next(_readings(message, facts, terms), Contradiction(message, ()))


def _readings(message: str, facts: MemoryFacts, terms: dict[str, list[Term]]) -> Iterator[Contradiction]:
    for rule, pattern, premises, axioms in _rows():
        match = re.fullmatch(pattern, message)
        # the terms that the words may stand for: the last word is the first to vary
        words = match.groupdict() if match else {}
        for chosen in product(*(terms.get(text, ()) for text in words.values())) if match else ():
            start: Binding = dict(zip(map(Var, words), chosen, strict=True))
            for found in solutions((*premises, *axioms), facts, start):
                said = (as_triple(instance(atom, found)) for atom in axioms)
                facts_meant = tuple(instance(atom, found) for atom in premises)
                yield Contradiction(rule, facts_meant, tuple(triple for triple in said if triple))


def _rows() -> Iterator[tuple[str, str, list[Atom], list[Atom]]]:
    joined = re.sub(r"\n +\|", " |", _TABLE.strip())
    for line in joined.splitlines():
        rule, pattern, premises, axioms = (cell.strip() for cell in re.split(r" +\|", line))
        yield rule, pattern, _atoms(premises), _atoms(axioms)


def _atoms(cell: str) -> list[Atom]:
    def slot(word: str) -> Slot:
        return TYPE if word == "a" else iri(word) if ":" in word else Var(word)

    return [Atom(*map(slot, atom.split())) for atom in cell.split(", ") if atom]


_TEXTS: Final = (RDFS.label, RDFS.comment, OWL.versionInfo)
_PLAIN: Final = (
    TYPE,
    RDFS.domain,
    RDFS.range,
    RDFS.subPropertyOf,
    OWL.equivalentProperty,
    RDFS.isDefinedBy,
    RDFS.seeAlso,
    *_TEXTS,
)
_DECLARATIONS: Final = (OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.ObjectProperty, RDF.Property)


def infer_owlrl(task: Task) -> Closure:
    """Infer with owlrl, its messages read as contradictions; an `Engine`, which knows no limit."""
    said = {as_fact(triple) for triple in (*task.ontology, *read_facts(task.facts))}
    texts = _held_back(said)
    above, domains = _above(said), defaultdict(list)
    for subject, predicate, value in said:
        if predicate == RDFS.domain:
            domains[subject].append(value)
    types = {(text[0], TYPE, kind) for text in texts for prop in above(text[1]) for kind in domains[prop]}
    closed, messages = owlrl_closure((said - texts) | types)
    closed |= set(_restored(texts, closed))
    useful = (as_triple(fact) for fact in closed - said if is_useful(fact))
    inferred = sorted((triple for triple in useful if triple), key=str)
    ill_typed = [
        Contradiction("dt-not-type", (fact,))
        for fact in said
        if isinstance(fact[2], Literal) and is_ill_typed(fact[2])
    ]
    found = read_messages(messages, closed)
    return Closure(tuple(inferred), tuple(sorted((*found, *ill_typed), key=str)))


def _held_back(said: set[Fact]) -> set[Fact]:
    """Return the facts with a literal that no rule looks into.

    Their properties, and those above them, have domains and ranges and stand in hierarchies, and nothing
    more.
    """
    above = _above(said)
    looked_into: set[Term] = set()
    for subject, predicate, value in said:
        strong = predicate == TYPE and is_built_in(value) and value not in _DECLARATIONS
        if strong or (is_built_in(predicate) and predicate not in _PLAIN):
            looked_into |= {subject, value}
    return {
        fact
        for fact in said
        if isinstance(fact[2], Literal)
        and (not is_built_in(fact[1]) or fact[1] in _TEXTS)
        and looked_into.isdisjoint(above(fact[1]))
    }


def _restored(texts: set[Fact], closed: set[Fact]) -> Iterator[Fact]:
    """Yield what the texts entail by sub-properties and equal names."""
    above = _above(closed)
    same: dict[Term, set[Term]] = defaultdict(set)
    for subject, predicate, value in closed:
        if predicate == SAME_AS:
            same[subject].add(value)
    for subject, predicate, value in texts:
        for name, text in product(same[subject] | {subject}, same[value] | {value}):
            yield from ((name, prop, text) for prop in above(predicate))


def _above(facts: Iterable[Fact]) -> Callable[[Term], set[Term]]:
    """Return a function that gives the properties at or above a property."""
    up: dict[Term, set[Term]] = defaultdict(set)
    for subject, predicate, value in facts:
        if predicate in (RDFS.subPropertyOf, OWL.equivalentProperty):
            up[subject].add(value)
        if predicate == OWL.equivalentProperty:
            up[value].add(subject)

    def above(prop: Term) -> set[Term]:
        found, left = {prop}, [prop]
        while left:
            new = up.get(left.pop(), set()) - found
            found |= new
            left += new
        return found

    return cache(above)
