"""From an ontology to its rules.

owlrl closes the ontology alone; the tables of the specification turn the closed ontology into rules; what
others imply is left out, anonymous classes are worked in. The rules of the packaged ontology are shipped with
it, as JSON, a rule a line, in which a number is the place of a term or a variable in the list at the end;
others a process makes once.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, RdfFormat, Triple, parse

from g60kg.errors import OntologyError
from g60kg.reason.compile.simplify import is_tautology, prune, tidy, unfold, without_idle
from g60kg.reason.compile.tables import Schema, table_rules
from g60kg.reason.rules import Atom, Rule, RuleSet, Var
from g60kg.reason.vocabulary import Fact, as_fact, as_triple, is_schema, is_useful, split_schema
from g60kg.resources import resource
from g60kg.terms import ID, RDF
from g60kg.triples import canonical, parse_ontology

_SHIPPED: Final = "g60.rules.json"


def compile_rules(ontology: Iterable[Triple], *, strict: bool = True) -> RuleSet:
    """Return the rules of an ontology.

    Raises `OntologyError` for an axiom that no rule of OWL 2 RL expresses, naming it; with `strict=False`
    such axioms count as far as the rules of the specification, section 4.3, read them.
    """
    asserted = canonical(ontology)
    with suppress(OSError, ValueError, SyntaxError):
        body = shipped_path().read_bytes()
        if _digest(asserted).encode() in body[:100]:
            return read_rules(body, asserted)
    return compile_anew(asserted, strict=strict)


@lru_cache(maxsize=64)
def compile_anew(asserted: tuple[Triple, ...], *, strict: bool = True) -> RuleSet:
    """Return the rules of a canonical ontology, compiled now."""
    from g60kg.check.profile import inexpressible

    for problem in inexpressible(asserted) if strict else ():
        raise OntologyError(problem, mend="keep to the OWL 2 RL profile")
    schema, individuals = split_schema(asserted)
    linked = [triple for triple in individuals if not isinstance(triple.object, Literal)]
    legal = map(as_triple, owlrl_closure(map(as_fact, (*schema, *linked)))[0])
    closed = sorted((triple for triple in legal if triple), key=str)
    needed = _needed(Schema(closed, asserted))
    facts = [triple for triple in closed if not is_schema(as_fact(triple)) and is_useful(as_fact(triple))]
    used = Schema(needed, asserted)
    named = _distinct(unfold([*without_idle(_rules(used)), *_assertions(used)]))
    rules = prune(without_idle(named), lambda rule: " + " not in rule.name)
    return RuleSet(
        rules=tuple(sorted(rules, key=lambda rule: (rule.name, str(rule)))),
        facts=tuple(sorted({*facts, *individuals}, key=str)),
        schema=tuple(triple for triple in closed if is_schema(as_fact(triple))),
        asserted=frozenset(asserted),
        digest=_digest(asserted),
    )


def shipped_path() -> Path:
    """Return where the rules of the packaged ontology lie."""
    return resource("ontology", _SHIPPED)


def shipped_rules() -> bytes:
    """Return what is to be shipped for the packaged ontology, compiled from nothing."""
    return write_rules(compile_anew(canonical(parse_ontology(resource("ontology", "g60.ttl")))))


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
                Atom(*(slots[number] for number in head)) if head else None,
                each(lambda *pair: pair, distinct),
                each(Triple, axioms),
            )
            for name, body, head, distinct, axioms in found["rules"]
        )
        facts, schema = each(Triple, found["facts"][0]), each(Triple, found["schema"][0])
        return RuleSet(tuple(rules), facts, schema, frozenset(asserted), found["digest"][0])
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"no compiled rules: {error}") from error


def _digest(triples: tuple[Triple, ...]) -> str:
    return hashlib.sha256("\n".join(str(triple) for triple in triples).encode()).hexdigest()[:32]


@contextmanager
def _as_written() -> Iterator[None]:
    """Let rdflib keep the text of literals, and print no warning of those without value."""
    import logging
    import warnings

    import rdflib

    logger = logging.getLogger("rdflib.term")
    before = logger.disabled, rdflib.NORMALIZE_LITERALS
    logger.disabled, rdflib.NORMALIZE_LITERALS = True, False
    try:
        with warnings.catch_warnings(action="ignore", category=UserWarning):
            yield
    finally:
        logger.disabled, rdflib.NORMALIZE_LITERALS = before


def owlrl_closure(facts: Iterable[Fact]) -> tuple[set[Fact], tuple[str, ...]]:
    """Return the closure of some facts, these included, and the messages of what is inconsistent, sorted.

    owlrl would write the messages into the graph, as nodes of an unrelated vocabulary; they are kept apart.
    """
    import rdflib
    from owlrl import OWLRL_Semantics
    from owlrl.Namespaces import ERRNS
    from oxrdflib._converter import from_ox, to_ox

    graph = rdflib.Graph()
    with _as_written():
        for fact in facts:
            graph.add(tuple(map(from_ox, fact)))  # type: ignore[arg-type]
        reasoner = OWLRL_Semantics(graph, False, False)
        reasoner.closure()
        messages = tuple(sorted(reasoner.error_messages))
        errors = set(graph.subjects(rdflib.RDF.type, ERRNS.ErrorMessage))
        closed = {tuple(map(to_ox, triple)) for triple in graph if triple[0] not in errors}
    return closed, messages  # type: ignore[return-value]


def _needed(schema: Schema) -> set[Triple]:
    """Return the derived axioms whose rules the axioms as given do not imply."""
    is_said = schema.asserted.issuperset
    rules = prune(without_idle(_rules(schema)), lambda rule: is_said(rule.axioms))
    return {axiom for rule in rules for axiom in rule.axioms if axiom not in schema.asserted}


def _rules(schema: Schema) -> list[Rule]:
    return [rule for rule in table_rules(schema) if not is_tautology(rule)]


def _assertions(schema: Schema) -> Iterator[Rule]:
    """Yield a rule without body for each individual that is said to be of an anonymous class."""
    for triple in sorted(schema.asserted, key=str):
        fact = as_fact(triple)
        if fact[1] == RDF.type and not is_useful(fact) and not is_schema(fact):
            yield Rule("", (), Atom(*fact), (), (triple,))


def _distinct(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules, of those that say the same the first."""
    found: dict[object, Rule] = {}
    for rule in (tidy(rule) for rule in rules):
        found.setdefault((frozenset(rule.body), rule.head, frozenset(rule.distinct)), rule)
    return list(found.values())
