"""The facts of a run in DuckDB, by the numbers of their terms; those of literals are less than 0."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from g60kg.reason.bulk.load import read_term
from g60kg.reason.bulk.rounds import FACTS, HELD, WRONG, Rounds, broken, lift, may_break
from g60kg.reason.engine import Contradiction, each_once
from g60kg.reason.rules import Rule, Slot, Term, transitive_property
from g60kg.reason.vocabulary import Fact, is_built_in, is_useful
from g60kg.terms import ID, OWL, RDF

if TYPE_CHECKING:
    import duckdb

SAID: Final = f"SELECT a, p, b FROM {FACTS} WHERE r = {HELD} AND a > 0"
"""What is held, without the types of literals."""
_TEXTS: Final = """
    SELECT x.text, y.text, z.text FROM ({facts}) f
    JOIN terms x ON x.id = f.a JOIN terms y ON y.id = f.p JOIN terms z ON z.id = f.b
    ORDER BY f.a, f.p, f.b LIMIT 1
"""


class Run(Rounds):
    """One run; `ids` are those of the terms that rules name."""

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

    def has_odd_equality(self) -> bool:
        """Whether a literal is equal to a thing."""
        odd = f"SELECT 1 FROM {FACTS} WHERE p = {self._same} AND (a < 0) <> (b < 0) LIMIT 1"
        return bool(self.number(f"SELECT count(*) FROM ({odd})"))

    def write_inferred(self) -> None:
        """Make the table `inferred`, without what says nothing (`vocabulary.is_useful`)."""
        made = f"SELECT a, p, b FROM {FACTS} WHERE r > {HELD} AND {self._useful()}"
        self.connection.execute(f"CREATE TABLE inferred AS {made}")

    def _useful(self) -> str:
        """The condition that `vocabulary.is_useful` states, over ids; predicates are asked one by one."""

        def listed(numbers: Iterable[int]) -> str:
            return f"({', '.join(map(str, sorted(numbers))) or 0})"

        asked = "SELECT id, text FROM terms WHERE starts_with(text, '<http://www.w3.org/')"
        rows = self.connection.execute(asked).fetchall()
        built_in = listed(number for number, text in rows if is_built_in(read_term(text)))
        asked = f"SELECT id, text FROM terms WHERE id IN (SELECT p FROM {FACTS} WHERE r > {HELD})"
        rows = self.connection.execute(asked).fetchall()
        said = listed(number for number, text in rows if is_useful((ID.x, read_term(text), ID.y)))
        blank = "(SELECT id FROM terms WHERE starts_with(text, '_:'))"
        equality = listed([self._same, self.ids[OWL.differentFrom]])
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
            for texts in self.connection.execute(_TEXTS.format(facts=facts)).fetchall():
                subject, predicate, value = map(read_term, texts)
                yield Contradiction("dt-not-type", ((subject, predicate, value),))

    def _broken(self, rules: Sequence[Rule]) -> Iterator[Contradiction | None]:
        for shape in lift(rules):
            found = f"SELECT DISTINCT * FROM ({shape.bodies(self.table)})"
            self.check(self.number(f"CREATE OR REPLACE TEMP TABLE clashing AS {found}"))
            width = range(len(shape.variables))
            texts = ", ".join(["v0", *(f"t{n}.text" for n in width)])
            decoded = " ".join(f"JOIN terms t{n} ON t{n}.id = v{n + 1}" for n in width)
            rows = self.connection.execute(f"SELECT {texts} FROM clashing {decoded} ORDER BY ALL").fetchall()
            yield from (broken(rules[number], list(map(read_term, terms))) for number, *terms in rows)
