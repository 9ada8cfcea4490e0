"""The rules of an ontology as text: JSON, a rule a line.

A number is the place of a term or a variable in the list at the end.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse

from g60kg.reason.rules import Atom, Rule, RuleSet, Var
from g60kg.terms import ID


def write_rules(rules: RuleSet) -> bytes:
    """Return compiled rules as text."""
    numbers: dict[str, int] = {}

    def coded(part: Any) -> Any:
        """Return what a rule holds, with numbers for terms and lists for all else."""
        if isinstance(part, Atom):
            part = part.slots
        if part is None or isinstance(part, Triple | tuple):
            return part and [coded(each) for each in part]
        return numbers.setdefault(str(part), len(numbers))

    parts: dict[str, Sequence[Any]] = {
        "digest": [rules.digest],
        "rules": [
            [rule.name, *map(coded, (rule.body, rule.head, rule.distinct, rule.axioms))]
            for rule in rules.rules
        ],
        "facts": [coded(rules.facts)],
        "schema": [coded(rules.schema)],
        "terms": list(numbers),
    }
    dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lines = (f'"{name}": [\n' + ",\n".join(map(dump, part)) + "\n]" for name, part in parts.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def read_rules(body: bytes, asserted: Iterable[Triple]) -> RuleSet:
    """Read what `write_rules` wrote for the ontology of these triples.

    Raises `ValueError` for a text that is none.
    """
    try:
        found = json.loads(body)
        named = "".join(f"{ID.x} {ID.x} {text} .\n" for text in found["terms"] if text[0] != "?")
        terms = (quad.object for quad in parse(named, format=RdfFormat.N_TRIPLES))
        slots: list[Any] = [Var(text[1:]) if text[0] == "?" else next(terms) for text in found["terms"]]

        def each(make: Any, rows: Iterable[Sequence[int]]) -> tuple[Any, ...]:
            return tuple(make(*(slots[number] for number in row)) for row in rows)

        rules = (
            Rule(
                name,
                each(Atom, body),
                each(Atom, [head])[0] if head else None,
                tuple((slots[one], slots[other]) for one, other in distinct),
                each(Triple, axioms),
            )
            for name, body, head, distinct, axioms in found["rules"]
        )
        facts, schema = each(Triple, found["facts"][0]), each(Triple, found["schema"][0])
        return RuleSet(tuple(rules), facts, schema, frozenset(asserted), found["digest"][0])
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"no compiled rules: {error}") from error
