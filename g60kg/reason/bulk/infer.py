"""The engine in bulk: the rules of an ontology over any number of triples, in DuckDB.

Semi-naive evaluation over integers, in one table of facts. A run works in a folder of its own, all that it
ever writes: tables spill into it, the result lies there, and it goes when both are done with. What DuckDB and
the disk complain of comes out as `StoreError`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Triple

from g60kg.reason.bulk.load import load, read_literals, read_term, read_triples, take_axioms, workspace
from g60kg.reason.bulk.rounds import (
    FACTS,
    HELD,
    LEAST_LIMIT,
    PER_FACT,
    WRONG,
    Rounds,
    broken,
    datatypes_asked,
    lift,
    may_break,
)
from g60kg.reason.compile import compile_rules
from g60kg.reason.engine import Closure, Contradiction, Task, each_once, read_facts
from g60kg.reason.evaluate import LIMIT
from g60kg.reason.increments import close
from g60kg.reason.rules import Rule, RuleSet, Slot, Term, transitive_property
from g60kg.reason.vocabulary import Fact, is_built_in, is_useful, seeds
from g60kg.temporary import TemporaryFolder
from g60kg.terms import ID, OWL, RDF

if TYPE_CHECKING:
    import duckdb

_TEXTS: Final = """
    SELECT {texts} FROM ({facts}) f
    JOIN terms a ON a.id = f.a JOIN terms p ON p.id = f.p JOIN terms b ON b.id = f.b
    ORDER BY f.a, f.p, f.b
"""
SAID: Final = f"SELECT a, p, b FROM {FACTS} WHERE r = {HELD} AND a > 0"
"""What is held, without the types of literals."""


class Inferred(Collection[Triple]):
    """Triples that lie in an N-Triples file: counted, and read as often as one likes.

    `path` is the file; `Store.bulk_load(path=…)` reads it without a detour through Python.
    """

    def __init__(self, folder: TemporaryFolder, path: Path, count: int) -> None:
        self._folder = folder
        self.path = path
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Triple]:
        return read_facts(self.path)

    def __contains__(self, triple: object) -> bool:
        return any(other == triple for other in self)


def write_result(
    connection: "duckdb.DuckDBPyConnection", folder: TemporaryFolder, facts: str = "FROM inferred"
) -> Inferred:
    """Write facts as N-Triples, in the order of their ids."""
    path = folder.path / "inferred.nt"
    target = "'" + str(path).replace("'", "''") + "'"
    plain = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
    lines = _TEXTS.format(texts="a.text || ' ' || p.text || ' ' || b.text || ' .'", facts=facts)
    row = connection.execute(f"COPY ({lines}) TO {target} ({plain})").fetchone()
    return Inferred(folder, path, int(row[0]) if row else 0)


def infer_large(task: Task) -> Closure:
    """Infer with compiled rules in bulk; an `Engine`.

    The facts are never in memory as a whole: they go from the stream to a file, and what follows stays in
    one.
    """
    return infer_bulk(task.ontology, task.facts, memory=task.memory)


def infer_bulk(
    rules: RuleSet | Iterable[Triple],
    facts: Iterable[Triple] | Path,
    *,
    memory: str | None = None,
    limit: int | None = None,
) -> Closure:
    """Infer all that follows from the facts and the ontology's own.

    `rules` may be an ontology, which axioms among the facts join. `facts` are triples in a
    stream, or an `.nt` file as pyoxigraph writes it, which is read quicker. `memory` bounds DuckDB's memory
    (`"512MB"`; default 800 MB); what does not fit spills to a temporary folder, which goes with the result.
    `limit` bounds the number of inferred facts; default 30 for each fact held, and at least 10 million.
    Nothing but that folder is ever written. Where a literal is equal to a thing, all is closed in memory.
    Raises `LimitError` beyond the limit, and `StoreError` when memory or disk do not suffice.
    """
    folder = TemporaryFolder("infer")
    try:
        with workspace(folder, memory) as connection:
            read_triples(connection, facts, folder.path)
            if not isinstance(rules, RuleSet):
                rules = compile_rules([*rules, *take_axioms(connection)])
            said, entailed = seeds(rules)
            own = (RDF.type, OWL.sameAs, OWL.differentFrom)
            named = chain(own, *entailed, *(rule.terms for rule in rules.rules))
            run = Run(connection, load(connection, said, named))
            held = run.number(f"SELECT count(*) FROM {FACTS}")
            run.limit = max(LEAST_LIMIT, PER_FACT * held) if limit is None else limit
            ill_typed = read_literals(connection, run.ids, datatypes_asked(rules.rules))
            run.state(entailed)
            run.saturate(rules.rules)
            odd = f"SELECT count(*) FROM {FACTS} WHERE p = {run.ids[OWL.sameAs]} AND (a < 0) <> (b < 0)"
            if run.number(odd):  # a literal is equal to a thing
                held_facts = write_result(connection, folder, SAID)
                return close(rules, held_facts, limit=LIMIT if limit is None else limit)
            useful = f"SELECT a, p, b FROM {FACTS} WHERE r > {HELD} AND {run.useful()}"
            connection.execute(f"CREATE TABLE inferred AS {useful}")
            contradictions = run.contradictions(rules.rules, ill_typed)
            return Closure(write_result(connection, folder), contradictions)
    except BaseException:
        folder.remove()
        raise


class Run(Rounds):
    """The facts of a run, by the numbers of their terms, those of literals less than 0; `ids` are of the
    terms that rules name.
    """

    def __init__(self, connection: "duckdb.DuckDBPyConnection", ids: Mapping[Term, int]) -> None:
        self.connection = connection
        self.ids = ids
        self._terms = {number: term for term, number in ids.items()}
        self._type, self._same = ids[RDF.type], ids[OWL.sameAs]

    def text(self, term: Term) -> str:
        """Return the number of a term that rules name."""
        return str(self.ids[term])

    def kinds(self, after: int) -> Iterator[tuple[Term, Term | None]]:
        """Yield the predicates of facts, and of types their classes; of what no rule names any one."""
        kind = f"CASE WHEN p = {self._type} THEN b END"
        rows = self.connection.execute(f"SELECT DISTINCT p, {kind} FROM {FACTS} WHERE r > {after}").fetchall()
        return ((self._terms.get(predicate, ID.any), self._terms.get(of)) for predicate, of in rows)

    def state(self, facts: Iterable[Fact]) -> None:
        """Insert facts of terms that rules name."""
        rows = [f"({', '.join(map(self.text, fact))})" for fact in facts]
        if rows:
            self.insert([f"SELECT * FROM (VALUES {', '.join(rows)}) AS v(a, p, b)"])

    def insert(self, selects: Sequence[str]) -> None:
        """Insert what SELECTs make and the table does not hold; raises `LimitError`."""
        self.now += 1
        made = " UNION ALL ".join(selects)
        new = f"SELECT DISTINCT a, p, b, {self.now} FROM ({made}) made ANTI JOIN {FACTS} USING (a, p, b)"
        self.inferred += self.number(f"INSERT INTO {FACTS} {new}")
        self.check(self.inferred)

    def closes(self, rule: Rule) -> bool:
        """Whether a rule, of a transitive property, is closed by itself."""
        return rule.name == "eq-trans" or transitive_property(rule) is not None

    def close(self, predicate: Slot, done: int) -> None:
        """Add the paths that begin with a new link, and these after older ones."""
        number = self.ids[predicate]  # type: ignore[index]
        links = f"SELECT a, b, r FROM {FACTS} WHERE p = {number}"
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE links AS {links}")
        count = self.number(f"SELECT count(*) FROM links WHERE r > {done}")
        new = f"SELECT a, b FROM links WHERE r > {done}"
        path = f"{new} UNION SELECT p.a, l.b FROM path p JOIN links l ON l.a = p.b"
        paths = f"WITH RECURSIVE path AS ({path}) SELECT * FROM path LIMIT {self.limit + count + 1}"
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE step AS {paths}")
        self.check(self.number("SELECT count(*) FROM step") - count)
        older = f"SELECT l.a, {number}, s.b FROM links l JOIN step s ON l.b = s.a WHERE l.r <= {done}"
        self.insert([f"SELECT a, {number} AS p, b FROM step", older])

    def number(self, sql: str) -> int:
        """Return the number that a statement gives; 0 for none."""
        row = self.connection.execute(sql).fetchone()
        return int(row[0]) if row else 0

    def useful(self) -> str:
        """Return what `vocabulary.is_useful` states, over ids; predicates are asked one by one."""

        def those(which: str, wanted: Callable[[Term], bool]) -> str:
            rows = self.connection.execute(f"SELECT text, id FROM terms WHERE {which}").fetchall()
            return f"({', '.join(str(number) for text, number in rows if wanted(read_term(text))) or 0})"

        built_in = those("starts_with(text, '<http://www.w3.org/')", is_built_in)
        inferred = f"id IN (SELECT p FROM {FACTS} WHERE r > {HELD})"
        said = those(inferred, lambda predicate: is_useful((ID.x, predicate, ID.y)))
        blank = "(SELECT id FROM terms WHERE starts_with(text, '_:'))"
        equality = f"({self._same}, {self.ids[OWL.differentFrom]})"
        return (
            f"a > 0 AND a NOT IN {built_in} AND p IN {said} "
            f"AND NOT (p = {self._type} AND (b < 0 OR b IN {built_in} OR b IN {blank})) "
            f"AND NOT (p IN {equality} AND (a = b OR b < 0))"
        )

    def contradictions(self, rules: Iterable[Rule], ill_typed: Iterable[int]) -> tuple[Contradiction, ...]:
        """Return every contradiction, sorted by text; of each literal without value one fact."""
        says = f"p = {self._type} OR (p = {self._same} AND b < 0)"
        wrong = f"SELECT a, p, b FROM {FACTS} WHERE r > {HELD} AND a < 0 AND ({says})"
        self.connection.execute(f"CREATE TABLE {WRONG} AS {wrong}")
        return each_once([*self._ill_typed(ill_typed), *self._broken(list(filter(may_break, rules)))])

    def _ill_typed(self, numbers: Iterable[int]) -> Iterator[Contradiction]:
        for number in numbers:
            facts = f"SELECT * FROM ({SAID} UNION ALL SELECT a, p, b FROM inferred) WHERE b = {number}"
            first = _TEXTS.format(texts="a.text, p.text, b.text", facts=facts) + "LIMIT 1"
            for texts in self.connection.execute(first).fetchall():
                subject, predicate, value = map(read_term, texts)
                yield Contradiction("dt-not-type", ((subject, predicate, value),))

    def _broken(self, rules: Sequence[Rule]) -> Iterator[Contradiction | None]:
        for shape in lift(rules):
            found = f"SELECT DISTINCT * FROM ({self.bodies(shape)})"
            self.check(self.number(f"CREATE OR REPLACE TEMP TABLE clashing AS {found}"))
            width = range(len(shape.variables))
            texts = ", ".join(["v0", *(f"t{n}.text" for n in width)])
            decoded = " ".join(f"JOIN terms t{n} ON t{n}.id = v{n + 1}" for n in width)
            rows = f"SELECT {texts} FROM clashing {decoded} ORDER BY ALL"
            for number, *terms in self.connection.execute(rows).fetchall():
                yield broken(rules[number], list(map(read_term, terms)))
