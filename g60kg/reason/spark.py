"""The closure on Spark: the compiled rules as SQL over facts that no one machine needs to hold.

Goes in: a session, an ontology, a DataFrame of facts, a folder that all workers see. Comes out: what follows,
as a DataFrame over files of that folder. Terms are their N-Triples text, so that no dictionary has to be made
of them all. The facts are one table (the flat layout of `bulk`), a folder of Parquet for each round: a worker
that is lost takes nothing with it, and a round is one job, of one SELECT for each shape of rules.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, Triple

from g60kg.errors import OntologyError
from g60kg.reason.bulk.load import read_term
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
from g60kg.reason.datatypes import is_ill_typed, types_of
from g60kg.reason.engine import Contradiction, each_once
from g60kg.reason.rules import Rule, Slot, Term
from g60kg.reason.vocabulary import is_schema, is_useful, seeds
from g60kg.terms import ID, OWL, RDF

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

_SCHEMA: Final = "a string, p string, b string"
_TYPE: Final = str(RDF.type)
_Row = tuple[Any, ...]
_IS_LITERAL: Final = """{} LIKE '"%'"""


@dataclass(frozen=True, slots=True)
class SparkClosure:
    """What follows and was not said, as a DataFrame of a, p, b; and what cannot hold."""

    inferred: "DataFrame"
    contradictions: tuple[Contradiction, ...]


def infer_on_spark(
    spark: "SparkSession",
    ontology: Iterable[Triple],
    facts: "DataFrame",
    folder: str,
    limit: int | None = None,
) -> SparkClosure:
    """Infer with compiled rules what follows from facts, a DataFrame of a, p, b in N-Triples.

    `folder` is new; what is returned lies in it. `limit` bounds the facts inferred; default 30 for each fact
    held, and at least 10 million. Equality runs as its rules stand: n names of one thing cost n² facts.
    Raises `OntologyError` for an ontology outside OWL 2 RL, and for axioms among the facts; `LimitError`.
    """
    _refuse_axioms(facts)
    rules = compile_rules(ontology)
    said, entailed = seeds(rules)
    run = _Run(spark, f"{folder}/facts")
    run.write(facts.union(spark.createDataFrame(_texts(said), _SCHEMA)).distinct())
    run.limit = max(LEAST_LIMIT, PER_FACT * spark.table(FACTS).count()) if limit is None else limit
    literals = _literals(spark, datatypes_asked(rules.rules), f"{folder}/literals")
    run.write(literals.where("kind IS NOT NULL").selectExpr("a", f"'{_TYPE}' AS p", "kind AS b"))
    run.add(spark.createDataFrame(_texts(entailed), _SCHEMA))
    run.saturate(rules.rules)
    made = spark.table(FACTS).where(f"r > {HELD}").select("a", "p", "b")
    _map(made, _useful, _SCHEMA).write.parquet(f"{folder}/inferred")
    inferred = spark.read.schema(_SCHEMA).parquet(f"{folder}/inferred")
    ill = literals.where("kind IS NULL").select("a")
    found = [*_ill_typed(spark, ill, inferred), *_violations(run, list(filter(may_break, rules.rules)))]
    return SparkClosure(inferred, each_once(found))


def _texts(facts: Iterable[Iterable[Term]]) -> list[tuple[str, ...]]:
    return [tuple(map(str, fact)) for fact in facts]


class _Run(Rounds):
    """The table of facts, a folder for each round."""

    def __init__(self, spark: "SparkSession", folder: str) -> None:
        self.spark = spark
        self._folder = folder

    def write(self, frame: "DataFrame") -> None:
        """Write facts of the last round, and let the table show them."""
        frame.write.mode("append").parquet(f"{self._folder}/r={self.now}")
        self.spark.read.schema(f"{_SCHEMA}, r int").parquet(self._folder).createOrReplaceTempView(FACTS)

    def add(self, made: "DataFrame") -> None:
        """Write, as one round more, those facts that are new; raises `LimitError`."""
        self.now += 1
        self.write(made.distinct().join(self.spark.table(FACTS), ["a", "p", "b"], "left_anti"))
        self.inferred += self.spark.table(FACTS).where(f"r = {self.now}").count()
        self.check(self.inferred)

    def insert(self, selects: Sequence[str]) -> None:
        """Insert what SELECTs make and the table does not hold."""
        self.add(self.spark.sql(" UNION ALL ".join(selects)))

    def kinds(self, after: int) -> set[tuple[Term, Term | None]]:
        """Return the predicates of the facts that came after a round, and of types their classes."""
        return _kinds(self.spark.table(FACTS).where(f"r > {after}"))

    def text(self, term: Term) -> str:
        """Return a term as a string of Spark's SQL, in which a backslash escapes."""
        text = str(term).replace("\\", "\\\\").replace("'", "\\'")
        return f"'{text}'"


def _kinds(frame: "DataFrame") -> set[tuple[Term, Term | None]]:
    kinds = frame.selectExpr("p", f"CASE WHEN p = '{_TYPE}' THEN b END AS kind")
    return {(read_term(row.p), row.kind and read_term(row.kind)) for row in kinds.distinct().collect()}


def _refuse_axioms(facts: "DataFrame") -> None:
    """Raise `OntologyError` where axioms are among the facts: rules are compiled before these are seen."""
    for predicate, kind in sorted(_kinds(facts), key=str):
        fact = (ID.x, predicate, kind or ID.x)
        if is_schema(fact) or isinstance(fact[2], BlankNode):
            mend = "put axioms into the ontology, or build on one machine"
            raise OntologyError(f"an axiom is among the facts: {predicate} {kind or ''}", mend=mend)


def _over(
    make: Callable[[Iterable[_Row]], Iterable[_Row]], columns: str, frames: "Iterable[pd.DataFrame]"
) -> "Iterator[pd.DataFrame]":
    """Yield frames of the rows that a function makes of rows."""
    import pandas as pd

    names = [each.split()[0] for each in columns.split(", ")]
    for frame in frames:
        rows = list(make(frame.itertuples(index=False, name=None)))
        yield pd.DataFrame(rows, columns=names, dtype=object)


def _map(frame: "DataFrame", make: Callable[[Iterable[_Row]], Iterable[_Row]], schema: str) -> "DataFrame":
    return frame.mapInPandas(partial(_over, make, schema), schema)


def _useful(rows: Iterable[_Row]) -> Iterator[_Row]:
    return (row for row in rows if is_useful(tuple(map(read_term, row))))  # type: ignore[arg-type]


def _literals(spark: "SparkSession", wanted: frozenset[Slot], folder: str) -> "DataFrame":
    """Return the literals of the facts by those of their types that are wanted, and once more, without a
    kind, where they have no value.
    """
    literals = spark.table(FACTS).where(_IS_LITERAL.format("b")).select("b").distinct()
    schema = "a string, kind string"
    _map(literals, partial(_types, wanted), schema).write.parquet(folder)
    return spark.read.schema(schema).parquet(folder)


def _types(wanted: frozenset[Slot], rows: Iterable[_Row]) -> Iterator[_Row]:
    for (text,) in rows:
        literal = read_term(text)
        assert isinstance(literal, Literal)
        if is_ill_typed(literal):
            yield text, None
        yield from ((text, str(kind)) for kind in types_of(literal) if kind in wanted)


def _ill_typed(spark: "SparkSession", ill: "DataFrame", inferred: "DataFrame") -> Iterator[Contradiction]:
    """Yield one fact for each literal that has no value."""
    held = spark.table(FACTS).where(f"r = 1 AND NOT {_IS_LITERAL.format('a')}").select("a", "p", "b")
    facts = held.union(inferred).join(ill.withColumnRenamed("a", "b"), "b", "left_semi")
    for value, least in facts.selectExpr("b", "struct(a, p) AS f").groupBy("b").agg({"f": "min"}).collect():
        subject, predicate, literal = map(read_term, (*least, value))
        yield Contradiction("dt-not-type", ((subject, predicate, literal),))


def _violations(run: _Run, rules: Sequence[Rule]) -> list[Contradiction | None]:
    """Return the ways in which bodies hold that must not, in the order of the rules."""
    says = f"p = '{_TYPE}' OR (p = '{OWL.sameAs}' AND {_IS_LITERAL.format('b')})"
    wrong = run.spark.table(FACTS).where(f"r > {HELD} AND {_IS_LITERAL.format('a')} AND ({says})")
    wrong.createOrReplaceTempView(WRONG)
    found: list[_Row] = []
    for shape in lift(rules):
        schema = ", ".join(["v0 int", *(f"v{n + 1} string" for n in range(len(shape.variables)))])
        rows = run.spark.sql(run.bodies(shape)).distinct()
        found += map(tuple, _map(rows, partial(_failing, rules), schema).collect())
    return [_broken(rules, row) for row in sorted(found)]


def _failing(rules: Sequence[Rule], rows: Iterable[_Row]) -> Iterator[_Row]:
    return (row for row in rows if _broken(rules, row))


def _broken(rules: Sequence[Rule], row: _Row) -> Contradiction | None:
    return broken(rules[row[0]], list(map(read_term, row[1:])))
