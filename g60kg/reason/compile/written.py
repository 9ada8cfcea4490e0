"""The rules of an ontology as text: JSON, a rule a line.

A number is the place of a term or a variable in the list at the end.
"""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse

from g60kg.reason.rules import Atom, Rule, RuleSet, Slot, Var
from g60kg.reason.vocabulary import as_fact
from g60kg.terms import ID


def write_rules(rules: RuleSet) -> bytes:
    """Return compiled rules as text."""
    numbers: dict[str, int] = {}

    def slots(given: Iterable[Slot]) -> list[int]:
        return [numbers.setdefault(str(slot), len(numbers)) for slot in given]

    def triples(given: Iterable[Triple]) -> list[list[int]]:
        return [slots(as_fact(triple)) for triple in given]

    written = [
        [
            rule.name,
            [slots(atom.slots) for atom in rule.body],
            slots(rule.head.slots) if rule.head else None,
            [slots(pair) for pair in rule.distinct],
            triples(rule.axioms),
        ]
        for rule in rules.rules
    ]
    parts: dict[str, Sequence[Any]] = {
        "digest": [rules.digest],
        "rules": written,
        "facts": [triples(rules.facts)],
        "schema": [triples(rules.schema)],
        "terms": list(numbers),
    }
    dump = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    lines = (f'"{name}": [\n' + ",\n".join(map(dump, part)) + "\n]" for name, part in parts.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def read_rules(body: bytes, asserted: Iterable[Triple]) -> RuleSet:
    """Read what `write_rules` wrote for the ontology of these triples.

    Raises `ValueError` for a text that is none.
    """
    try:
        return _parsed(json.loads(body), frozenset(asserted))
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"no compiled rules: {error}") from error


def _parsed(found: dict[str, Any], asserted: frozenset[Triple]) -> RuleSet:
    named = "".join(f"{ID.x} {ID.x} {text} .\n" for text in found["terms"] if text[0] != "?")
    terms = (quad.object for quad in parse(named, format=RdfFormat.N_TRIPLES))
    slots: list[Any] = [Var(text[1:]) if text[0] == "?" else next(terms) for text in found["terms"]]

    def atom(numbers: Sequence[int]) -> Atom:
        return Atom(*(slots[number] for number in numbers))

    def triples(rows: Iterable[Sequence[int]]) -> tuple[Triple, ...]:
        return tuple(Triple(*(slots[number] for number in row)) for row in rows)

    rules = (
        Rule(
            name,
            tuple(map(atom, body)),
            atom(head) if head else None,
            tuple((slots[one], slots[other]) for one, other in distinct),
            triples(axioms),
        )
        for name, body, head, distinct, axioms in found["rules"]
    )
    facts, schema = triples(found["facts"][0]), triples(found["schema"][0])
    return RuleSet(tuple(rules), facts, schema, asserted, found["digest"][0])
