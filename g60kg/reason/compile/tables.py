"""The rules that the tables of the OWL 2 RL specification (`ontology/owl2rl.rules`) give for an ontology."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import combinations, groupby, pairwise
from typing import Final, NamedTuple, cast

from pyoxigraph import BlankNode, Literal, Triple

from g60kg.errors import OntologyError
from g60kg.reason.datatypes import value_key
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var
from g60kg.reason.vocabulary import SAME_AS, TYPE
from g60kg.resources import resource
from g60kg.terms import OWL, RDF, iri
from g60kg.triples import BrokenListError, Node, Triples

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
    for line in resource("ontology", "owl2rl.rules").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
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
    predicate, start = iri(word) if word != "a" else TYPE, cast("Node | None", bound.get(subject))
    pairs = (
        [(one, other) for one, each, other in schema if each == predicate]
        if start is None
        else [(start, other) for other in schema.objects(start, predicate)]
    )
    for one, other in pairs:
        if _fits(_term(value), other):
            named = () if first[0] == "(" else (Triple(one, predicate, other),)
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
