"""What owlrl finds inconsistent: its messages, read back into rules, facts and axioms."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from g60kg.reason.engine import Contradiction
from g60kg.reason.facts import MemoryFacts
from g60kg.reason.rules import Atom, Slot, Term, Var
from g60kg.reason.vocabulary import TYPE, Fact, as_triple
from g60kg.terms import iri
from tests.reason.solving import Binding, instance, solutions

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
