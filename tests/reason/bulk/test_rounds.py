"""Shapes of rules as SQL, run in DuckDB until nothing is new, against the evaluator in memory."""

from collections.abc import Iterable, Sequence

import duckdb
from hypothesis import given, settings
from pyoxigraph import Triple

from g60kg.reason import RuleSet, close, compile_rules
from g60kg.reason.bulk.load import read_term
from g60kg.reason.bulk.rounds import Row, lift, terms_of
from g60kg.reason.joins import Key, keys_of
from g60kg.reason.vocabulary import Fact, as_fact, is_useful, seeds
from tests.reason import worlds


def _table(rows: Sequence[Row]) -> str:
    texts = (
        ", ".join([str(k), *("'" + str(t).replace("'", "''") + "'" for t in terms)]) for k, terms in rows
    )
    columns = ", ".join(["k", *(f"c{n}" for n in range(len(rows[0][1])))])
    return f"(SELECT * FROM (VALUES ({'), ('.join(texts)})) AS v({columns}))"


def _keys(facts: Iterable[tuple[str, ...]]) -> set[Key]:
    return {key for a, p, b in facts for key in keys_of((read_term(a), read_term(p), read_term(b)))}


def _closed(rules: RuleSet, facts: Iterable[Triple]) -> set[tuple[str, ...]]:
    """The texts of all facts that follow from held ones, these included."""
    held = [*map(as_fact, facts), *seeds(rules)]
    shapes = lift(rule for rule in rules.rules if rule.head and rule.body)
    found = {tuple(map(str, fact)) for fact in held}
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE facts (a VARCHAR, p VARCHAR, b VARCHAR, r INTEGER)")
        done, now, new = 0, 1, set(found)
        while new:
            connection.executemany(f"INSERT INTO facts VALUES (?, ?, ?, {now})", [list(each) for each in new])
            keys = _keys(new), _keys(found)
            parts = [sql for each in shapes for sql in each.joins(_table, done, now, *keys)]
            made = connection.execute(" UNION ALL ".join(parts)).fetchall() if parts else []
            new = set(made) - found
            found |= new
            done, now = now, now + 1
    return found


def _useful(texts: Iterable[tuple[str, ...]]) -> set[Fact]:
    facts = ((read_term(a), read_term(p), read_term(b)) for a, p, b in texts)
    return {fact for fact in facts if is_useful(fact)}


@settings(max_examples=10, deadline=None)
@given(worlds.ontologies, worlds.data)
def test_shapes_give_what_the_rules_give(ontology: list[str], data: list[str]) -> None:
    rules = compile_rules(worlds.triples("\n".join(ontology)), strict=False)
    facts = worlds.triples("\n".join(data))
    held = {as_fact(each) for each in (*facts, *rules.asserted)}
    wanted = {as_fact(each) for each in close(rules, facts).inferred}
    assert _useful(_closed(rules, facts)) - held == wanted


def test_hundreds_of_rules_are_a_score_of_shapes() -> None:
    from g60kg.kg import stages

    rules = stages.rules().rules
    shapes = lift(rules)
    assert len(shapes) < 30 < 300 < len(rules)
    numbered = {number: rule for shape in shapes for number, rule in shape.rules}
    assert [numbered[number] for number in range(len(rules))] == list(rules)
    assert all(
        len(terms_of(rule)) == len(terms_of(shape.rules[0][1])) for shape in shapes for _, rule in shape.rules
    )
