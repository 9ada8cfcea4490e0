"""Tables 4 to 7 of the OWL 2 RL specification as data, and the rules that they give for an ontology.

A row is `name | axioms | body -> head | what must differ`; the axioms of a row are matched with the closed
ontology, each match is a rule. Capital letters stand for what the ontology says (`E`: a class but
owl:Thing; `I in L`: a member of a list, `I J in L`: two), small ones are variables of the rule. Axioms in
brackets are matched and not named in proofs. Reflexive equality (eq-ref) is left out: it says nothing; what
would follow from it is written out.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import combinations, groupby, pairwise
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from g60kg.errors import OntologyError
from g60kg.reason.datatypes import value_key
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var
from g60kg.reason.vocabulary import SAME_AS, TYPE
from g60kg.terms import OWL, RDF, iri
from g60kg.triples import BrokenListError, Triples

_TABLES: Final = """
eq-sym   | | x owl:sameAs y -> y owl:sameAs x | x y
eq-trans | | x owl:sameAs y, y owl:sameAs z -> x owl:sameAs z | x z
eq-rep-s | | x owl:sameAs y, x p z -> y p z | x y
eq-rep-p | | p owl:sameAs q, x p y -> x q y | p q
eq-rep-o | | x owl:sameAs y, z p x -> z p y | x y
eq-diff1 | | x owl:sameAs y, x owl:differentFrom y -> false |
eq-diff1 | | x owl:differentFrom x -> false |
eq-diff2 | N a owl:AllDifferent, N owl:members L, I J in L | I owl:sameAs J -> false |
eq-diff3 | N a owl:AllDifferent, N owl:distinctMembers L, I J in L | I owl:sameAs J -> false |

prp-dom  | P rdfs:domain C | x P y -> x a C |
prp-rng  | P rdfs:range C | x P y -> y a C |
prp-fp   | P a owl:FunctionalProperty | x P y, x P z -> y owl:sameAs z | y z
prp-ifp  | P a owl:InverseFunctionalProperty | x P z, y P z -> x owl:sameAs y | x y
prp-irp  | P a owl:IrreflexiveProperty | x P x -> false |
prp-symp | P a owl:SymmetricProperty | x P y -> y P x | x y
prp-asyp | P a owl:AsymmetricProperty | x P y, y P x -> false |
prp-trp  | P a owl:TransitiveProperty | x P y, y P z -> x P z |
prp-spo1 | P rdfs:subPropertyOf Q | x P y -> x Q y |
prp-eqp1 | P owl:equivalentProperty Q | x P y -> x Q y |
prp-eqp2 | P owl:equivalentProperty Q | x Q y -> x P y |
prp-spo2 | P owl:propertyChainAxiom L | chain |
prp-pdw  | P owl:propertyDisjointWith Q | x P y, x Q y -> false |
prp-adp  | (N a owl:AllDisjointProperties), N owl:members L, I J in L | x I y, x J y -> false |
prp-inv1 | P owl:inverseOf Q | x P y -> y Q x |
prp-inv2 | P owl:inverseOf Q | x Q y -> y P x |
prp-key  | C owl:hasKey L | key |
prp-npa1 | N owl:sourceIndividual I, N owl:assertionProperty P, N owl:targetIndividual J | I P J -> false |
prp-npa2 | N owl:sourceIndividual I, N owl:assertionProperty P, N owl:targetValue J | I P J -> false |

cls-nothing2 | | x a owl:Nothing -> false |
cls-int1 | C owl:intersectionOf L | intersection |
cls-int2 | C owl:intersectionOf L, I in L | x a C -> x a I |
cls-uni  | C owl:unionOf L, I in L | x a I -> x a C |
cls-com  | C owl:complementOf D | x a C, x a D -> false |
cls-oo   | C owl:oneOf L, I in L | -> I a C |
cls-svf2 | C owl:onProperty P, C owl:someValuesFrom owl:Thing | x P y -> x a C |
cls-svf1 | C owl:onProperty P, C owl:someValuesFrom E | x P y, y a E -> x a C |
cls-avf  | C owl:onProperty P, C owl:allValuesFrom D | x a C, x P y -> y a D |
cls-hv1  | C owl:onProperty P, C owl:hasValue I | x a C -> x P I |
cls-hv2  | C owl:onProperty P, C owl:hasValue I | x P I -> x a C |
cls-maxc1  | C owl:onProperty P, C owl:maxCardinality 0 | x a C, x P y -> false |
cls-maxc2  | C owl:onProperty P, C owl:maxCardinality 1 | x a C, x P y, x P z -> y owl:sameAs z | y z
cls-maxqc1 | C owl:onProperty P, C owl:maxQualifiedCardinality 0, (C owl:onClass E) | x a C, x P y, y a E -> false |
cls-maxqc1 | C owl:onProperty P, C owl:maxQualifiedCardinality 0, (C owl:onDataRange E) | x a C, x P y, y a E -> false |
cls-maxqc2 | C owl:onProperty P, C owl:maxQualifiedCardinality 0, (C owl:onClass owl:Thing) | x a C, x P y -> false |
cls-maxqc3 | C owl:onProperty P, C owl:maxQualifiedCardinality 1, (C owl:onClass E) | x a C, x P y, y a E, x P z, z a E -> y owl:sameAs z | y z
cls-maxqc3 | C owl:onProperty P, C owl:maxQualifiedCardinality 1, (C owl:onDataRange E) | x a C, x P y, y a E, x P z, z a E -> y owl:sameAs z | y z
cls-maxqc4 | C owl:onProperty P, C owl:maxQualifiedCardinality 1, (C owl:onClass owl:Thing) | x a C, x P y, x P z -> y owl:sameAs z | y z

cax-sco  | C rdfs:subClassOf D | x a C -> x a D |
cax-eqc1 | C owl:equivalentClass D | x a C -> x a D |
cax-eqc2 | C owl:equivalentClass D | x a D -> x a C |
cax-dw   | C owl:disjointWith D | x a C, x a D -> false |
cax-adc  | (N a owl:AllDisjointClasses), N owl:members L, I J in L | x a I, x a J -> false |
"""  # noqa: E501 (a row of the specification is a line)
_X: Final = Var("x")
_Y: Final = Var("y")
_Said = tuple[Triple, ...]
_Bound = dict[str, Term]


class Schema(Triples):
    """A closed ontology; every answer is sorted.

    Lists are read as the ontology gives them: closing adds the equal names of a member beside it.
    """

    def __init__(self, closed: Iterable[Triple], asserted: Iterable[Triple]) -> None:
        self.asserted: Final = frozenset(asserted)
        links = (RDF.first, RDF.rest)
        known = {triple for triple in closed if triple.predicate not in links} | self.asserted
        super().__init__(sorted(known, key=str))

    def pairs(self, predicate: NamedNode) -> list[tuple[Term, Term]]:
        """Return subject and object of each triple with this predicate."""
        return [(subject, value) for subject, each, value in self if each == predicate]

    def items(self, head: Term) -> list[Term]:
        """Return the members of an RDF list; raise `OntologyError` where it is broken."""
        try:
            return super().items(head)
        except BrokenListError as error:
            raise OntologyError("a list of the ontology is broken", mend="write it as ( … )") from error

    def edge(self, subject: Slot, prop: Slot, value: Slot) -> Atom:
        """Return the atom of a property expression: an anonymous inverse is turned round."""
        if isinstance(prop, BlankNode):
            for inverse in self.objects(prop, OWL.inverseOf):
                return self.edge(value, inverse, subject)
        return Atom(subject, prop, value)


class _Row(NamedTuple):
    """A row of a table: words of axioms, of the body, of the head, and those that must differ."""

    name: str
    axioms: tuple[str, ...]
    body: tuple[str, ...]
    head: str
    distinct: tuple[str, ...]


def table_rules(schema: Schema) -> Iterator[Rule]:
    """Yield the rules of an ontology, table by table; rows with the same axioms take turns."""
    for axioms, group in groupby(_rows(), key=lambda row: row.axioms):
        rows = list(group)
        for bound, said in _matches(schema, axioms, {}, ()):
            for row in rows:
                if make := _SPECIAL.get(row.head):
                    yield from make(schema, row.name, bound, said)
                else:
                    yield _rule(schema, row, bound, said)


@cache
def _rows() -> tuple[_Row, ...]:
    rows = []
    for line in filter(None, _TABLES.splitlines()):
        name, axioms, rule, distinct = (cell.strip() for cell in line.split("|"))
        body, _, head = rule.rpartition("->")
        rows.append(_Row(name, _parts(axioms), _parts(body), head.strip(), tuple(distinct.split())))
    return tuple(rows)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


def _matches(
    schema: Schema, axioms: tuple[str, ...], bound: _Bound, said: _Said
) -> Iterator[tuple[_Bound, _Said]]:
    """Yield the ways in which axioms hold in the ontology, and the triples that they are."""
    if not axioms:
        yield bound, said
        return
    first, rest = axioms[0], axioms[1:]
    if " in " in first:
        *names, _, head = first.split()
        for members in combinations(schema.items(bound[head]), len(names)):
            yield from _matches(schema, rest, bound | dict(zip(names, members, strict=True)), said)
        return
    subject, word, value = first.strip("()").split()
    predicate, wanted = iri(word) if word != "a" else TYPE, _term(value)
    if subject in bound:
        held = schema.objects(bound[subject], predicate)  # type: ignore[arg-type]
        pairs = [(bound[subject], found) for found in held]
    else:
        pairs = schema.pairs(predicate)
    for one, other in pairs:
        if _fits(wanted, other):
            named = () if first[0] == "(" else (Triple(one, predicate, other),)  # type: ignore[arg-type]
            yield from _matches(schema, rest, bound | {subject: one, value: other}, said + named)


@cache
def _term(word: str) -> Slot:
    """Return what a word of a row stands for: a term, a number, or what is bound when a rule is made."""
    if word.isdecimal():
        return Literal(int(word))
    return TYPE if word == "a" else iri(word) if ":" in word else Var(word)


def _fits(wanted: Slot, term: Term) -> bool:
    if isinstance(wanted, Var):
        return wanted.name != "E" or term != OWL.Thing
    if isinstance(wanted, Literal):
        return isinstance(term, Literal) and value_key(term) == value_key(wanted)
    return term == wanted


def _rule(schema: Schema, row: _Row, bound: _Bound, said: _Said) -> Rule:
    def slot(word: str) -> Slot:
        return bound[word] if word in bound else _term(word)

    def atom(words: str) -> Atom:
        return schema.edge(*map(slot, words.split()))

    atoms = (atom(words) for words in row.body)
    body = tuple(each for each in atoms if each.predicate != SAME_AS or each.subject != each.object)
    distinct = (tuple(map(slot, row.distinct)),) if row.distinct else ()
    return Rule(row.name, body, None if row.head == "false" else atom(row.head), distinct, said)  # type: ignore[arg-type]


def _chain(schema: Schema, name: str, bound: _Bound, said: _Said) -> Iterator[Rule]:
    links = schema.items(bound["L"])
    nodes = [Var(f"u{place}") for place in range(len(links) + 1)]
    ends = zip(links, pairwise(nodes), strict=True)
    body = tuple(schema.edge(one, link, other) for link, (one, other) in ends)
    if body:
        yield Rule(name, body, schema.edge(nodes[0], bound["P"], nodes[-1]), (), said)


def _key(schema: Schema, name: str, bound: _Bound, said: _Said) -> Iterator[Rule]:
    body = [Atom(_X, TYPE, bound["C"]), Atom(_Y, TYPE, bound["C"])]
    keys = schema.items(bound["L"])
    for place, key in enumerate(keys):
        value = Var(f"v{place}")
        body += [schema.edge(_X, key, value), schema.edge(_Y, key, value)]
    if keys:
        yield Rule(name, tuple(body), Atom(_X, SAME_AS, _Y), ((_X, _Y),), said)


def _intersection(schema: Schema, name: str, bound: _Bound, said: _Said) -> Iterator[Rule]:
    needed = tuple(Atom(_X, TYPE, part) for part in schema.items(bound["L"]) if part != OWL.Thing)
    body = needed or (Atom(_X, TYPE, OWL.Thing),)
    yield Rule(name, body, Atom(_X, TYPE, bound["C"]), (), said)


_SPECIAL: Final[dict[str, Callable[[Schema, str, _Bound, _Said], Iterator[Rule]]]] = {
    "chain": _chain,
    "key": _key,
    "intersection": _intersection,
}
