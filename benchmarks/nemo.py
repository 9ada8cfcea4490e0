"""Compiled rules as a program for Nemo: one predicate for each property and class.

Goes in: rules and the path of N-Triples. Comes out: the program's text, and the names of its predicates.
Rules of equality, whose predicates are variables, are left out: corridors have no equal names.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from g60kg.reason.rules import Atom, Rule, RuleSet, Slot, Var
from g60kg.reason.vocabulary import as_fact, is_built_in
from g60kg.terms import RDF

_Key = tuple[Slot, Slot | None]


class Program:
    """The text of the program, and the predicates that it is about."""

    def __init__(self, rules: RuleSet, path: Path) -> None:
        self._names: dict[_Key, str] = {}
        lines = [_line(rule, self._atom) for rule in rules.rules if not _is_general(rule)]
        known = [triple for triple in rules.facts if _key(triple) in self._names]
        lines += [f"{self._atom(Atom(*as_fact(triple)))} ." for triple in known]
        self._said = [triple for triple in known if triple in rules.asserted]
        start = f'@import triple :- ntriples {{ resource = "{path}" }} .'
        self.text = "\n".join([start, *self._split(), *lines])
        self._useful = {key: name for key, name in self._names.items() if _is_useful(*key)}

    @property
    def useful(self) -> list[str]:
        """The predicates whose facts are worth counting."""
        return list(self._useful.values())

    def count(self, triples: Iterable[Triple]) -> int:
        """Return how many of the triples, and of those that the ontology says, are of those predicates."""
        return sum(_key(triple) in self._useful for triple in chain(self._said, triples))

    def _atom(self, atom: Atom) -> str:
        kind = atom.object if atom.predicate == RDF.type else None
        name = self._names.setdefault((atom.predicate, kind), f"t{len(self._names)}")
        return f"{name}({atom.subject})" if kind else f"{name}({atom.subject}, {atom.object})"

    def _split(self) -> Iterator[str]:
        for (prop, kind), name in self._names.items():
            if not str(kind).startswith("_:"):
                yield f"{name}(?x{'' if kind else ', ?y'}) :- triple(?x, {prop}, {kind or '?y'}) ."


def _line(rule: Rule, atom: Callable[[Atom], str]) -> str:
    head = atom(rule.head) if rule.head else "false(1)"
    apart = [f"{one} != {other}" for one, other in rule.distinct]
    return f"{head} :- {', '.join([*map(atom, rule.body), *apart])} ." if rule.body else f"{head} ."


def _key(triple: Triple) -> _Key:
    _, predicate, value = as_fact(triple)
    return (predicate, value if predicate == RDF.type else None)


def _is_general(rule: Rule) -> bool:
    return any(isinstance(atom.predicate, Var) for atom in rule.body)


def _is_useful(prop: Slot, kind: Slot | None) -> bool:
    return isinstance(kind or prop, NamedNode) and not is_built_in(kind or prop)
