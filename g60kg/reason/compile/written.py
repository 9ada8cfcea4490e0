"""The rules of an ontology as text, and kept on disk, so that they are made once.

A file that is broken is made anew; a folder that cannot be written costs the time, and nothing else. Rules
are JSON, a rule a line: a number from 0 stands for a term of the table, one below for a variable; a triple is
its place among those of the ontology as given, sorted, and those derived from it after them.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse

from g60kg.reason.rules import Atom, Rule, RuleSet, Slot, Var
from g60kg.reason.vocabulary import as_fact
from g60kg.terms import ID
from g60kg.whole import write_whole


def cache_folder() -> Path:
    """Return the folder of the user's cache: `$G60KG_CACHE`, or the platform's."""
    if given := os.environ.get("G60KG_CACHE"):
        return Path(given)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "g60kg"
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "g60kg"


def cached(
    name: str, asserted: Sequence[Triple], make: Callable[[], RuleSet], folder: Path | None = None
) -> RuleSet:
    """Return the rules of an ontology that are kept under a name, or make and keep them."""
    path = (folder or cache_folder()) / f"{name}.json"
    with suppress(OSError, ValueError, SyntaxError):
        first, _, body = path.read_bytes().partition(b"\n")
        if first == _seal(body):
            return read_rules(body, asserted)
    found = make()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        written = write_rules(found)
        write_whole(path, _seal(written) + b"\n" + written)
    return found


def _seal(body: bytes) -> bytes:
    return b"# " + hashlib.sha256(body).hexdigest().encode()


class _Table:
    """The terms, variables and triples that a text refers to by number."""

    def __init__(self, asserted: Iterable[Triple]) -> None:
        self.triples = {triple: number for number, triple in enumerate(sorted(asserted, key=str))}
        self.derived: list[Triple] = []
        self.terms: dict[Slot, int] = {}
        self.variables: dict[Slot, int] = {}

    def slot(self, slot: Slot) -> int:
        if isinstance(slot, Var):
            return -1 - self.variables.setdefault(slot, len(self.variables))
        return self.terms.setdefault(slot, len(self.terms))

    def slots(self, slots: Iterable[Slot]) -> list[int]:
        return [self.slot(slot) for slot in slots]

    def triple(self, triple: Triple) -> int:
        if triple not in self.triples:
            self.triples[triple] = len(self.triples)
            self.derived.append(triple)
        return self.triples[triple]


def write_rules(rules: RuleSet) -> bytes:
    """Return compiled rules as text."""
    table = _Table(rules.asserted)
    written: list[Any] = []
    for rule in rules.rules:
        body = [table.slots(atom.slots) for atom in rule.body]
        head = table.slots(rule.head.slots) if rule.head else None
        distinct = [table.slots(pair) for pair in rule.distinct]
        written.append([rule.name, body, head, distinct, list(map(table.triple, rule.axioms))])
    facts, schema = (list(map(table.triple, triples)) for triples in (rules.facts, rules.schema))
    derived = [table.slots(as_fact(triple)) for triple in table.derived]
    parts: dict[str, list[Any]] = {
        "digest": [rules.digest],
        "terms": [str(term) for term in table.terms],
        "variables": [variable.name for variable in table.variables if isinstance(variable, Var)],
        "derived": derived,
        "facts": [facts],
        "schema": [schema],
        "rules": written,
    }
    dump = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    lines = (f'"{name}": [\n' + ",\n".join(map(dump, part)) + "\n]" for name, part in parts.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def read_rules(body: bytes, asserted: Sequence[Triple]) -> RuleSet:
    """Read what `write_rules` wrote for the ontology of these triples, sorted.

    Raises `ValueError` for a text of another ontology or none at all.
    """
    try:
        return _parsed(json.loads(body), asserted)
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"no compiled rules: {error}") from error


def _parsed(found: dict[str, Any], asserted: Sequence[Triple]) -> RuleSet:
    document = "".join(f"{ID.x} {ID.x} {term} .\n" for term in found["terms"])
    terms: list[Slot] = [quad.object for quad in parse(document, format=RdfFormat.N_TRIPLES)]
    slots: list[Slot] = terms + [Var(name) for name in reversed(found["variables"])]
    triples = [*asserted, *(Triple(*(terms[n] for n in each)) for each in found["derived"])]

    def atom(numbers: Sequence[int]) -> Atom:
        subject, predicate, value = numbers
        return Atom(slots[subject], slots[predicate], slots[value])

    rules = (
        Rule(
            name,
            tuple(map(atom, body)),
            atom(head) if head else None,
            tuple((slots[one], slots[other]) for one, other in distinct),
            tuple(triples[number] for number in axioms),
        )
        for name, body, head, distinct, axioms in found["rules"]
    )
    facts, schema = (tuple(triples[n] for n in found[name][0]) for name in ("facts", "schema"))
    return RuleSet(tuple(rules), facts, schema, frozenset(asserted), found["digest"][0])
