"""The engine `owlrl`: its OWL 2 RL closure of everything, as legal and useful triples.

Goes in: ontology and facts. Comes out: a `Closure`. Literal triples are held back, since owlrl spends
most of its time on them; what they entail is added before (types by domain) and after (sub-properties,
equal names), in one pass each.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from typing import Final

from pyoxigraph import Literal, Triple

from g60kg.reason.closure import Closure, Contradiction
from g60kg.reason.datatypes import is_ill_typed
from g60kg.reason.messages import read_messages
from g60kg.reason.owlrl_closure import owlrl_closure
from g60kg.reason.rules import Term
from g60kg.reason.vocabulary import SAME_AS, TYPE, Fact, as_fact, as_triple, is_built_in, is_useful
from g60kg.terms import OWL, RDF, RDFS

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


def infer_owlrl(ontology: Iterable[Triple], facts: Iterable[Triple]) -> Closure:
    """Return owlrl's closure of an ontology and facts, its messages read as contradictions."""
    said = {as_fact(triple) for triple in (*ontology, *facts)}
    texts = _held_back(said)
    above, domains = _above(said), _domains(said)
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
    above, looked_into = _above(said), set(_looked_into(said))
    return {
        fact
        for fact in said
        if isinstance(fact[2], Literal)
        and (not is_built_in(fact[1]) or fact[1] in _TEXTS)
        and looked_into.isdisjoint(above(fact[1]))
    }


def _looked_into(said: set[Fact]) -> Iterator[Term]:
    for subject, predicate, value in said:
        strong = predicate == TYPE and is_built_in(value) and value not in _DECLARATIONS
        if strong or (is_built_in(predicate) and predicate not in _PLAIN):
            yield from (subject, value)


def _domains(said: set[Fact]) -> dict[Term, list[Term]]:
    found: dict[Term, list[Term]] = defaultdict(list)
    for subject, predicate, value in said:
        if predicate == RDFS.domain:
            found[subject].append(value)
    return found


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
