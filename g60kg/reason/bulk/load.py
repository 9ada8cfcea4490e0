"""Triples into integers: the dictionary, the table of the facts held, and what literals are by themselves.

A stream is written as N-Triples by Rust and read back by DuckDB in parallel, which is quicker than any
interning in Python; a term's N-Triples form is what tells terms apart. Ids follow the order of the terms'
text, so they do not depend on the order of the input. What cannot be a subject (a literal, a quoted triple)
has a negative id: that one sign keeps illegal triples out of the result.

Millions of literals are of few datatypes: the datatype is asked of Python once, and only what SQL does not
see to be well-typed is read one by one.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from g60kg.reason.bulk.tables import HELD, Run
from g60kg.reason.datatypes import is_datatype, is_ill_typed, types_of
from g60kg.reason.engine import read_facts
from g60kg.reason.rules import Atom, Rule, Term
from g60kg.reason.vocabulary import SAME_AS, TYPE, as_fact, is_schema, split_schema
from g60kg.terms import ID, RDF, XSD

if TYPE_CHECKING:
    import duckdb


_TYPED: Final = r"""
    CREATE TABLE typed AS
    SELECT id, CASE text[-1:] WHEN '"' THEN '{string}'
                              WHEN '>' THEN regexp_extract(text, '\^\^<([^>]*)>$', 1)
                              ELSE '{tagged}' END AS datatype
    FROM terms WHERE id < 0 AND text[1] = '"'
"""
_EVIDENT: Final = {
    XSD.integer: r'^"[+-]?[0-9]+"',
    XSD.decimal: r'^"[+-]?[0-9]+(\.[0-9]+)?"',
    XSD.nonNegativeInteger: r'^"[0-9]+"',
    XSD.boolean: '^"(true|false)"',
}


def read_term(text: str) -> Term:
    """Read a term in its N-Triples form.

    >>> str(read_term('"42"^^<http://www.w3.org/2001/XMLSchema#integer>').value)
    '42'
    """
    if text.startswith("<http"):
        return NamedNode(text[1:-1])
    value: Term | Triple = next(parse(f"{ID.x} {ID.x} {text} .".encode(), RdfFormat.N_TRIPLES)).object
    if isinstance(value, Triple):
        raise TypeError("a triple term is no term of a fact")
    return value


def read_resource(text: str) -> NamedNode:
    """Read an IRI in its N-Triples form."""
    return NamedNode(text[1:-1])


_LINES: Final = """
    SELECT split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p,
           substring(line, length(s) + length(p) + 3, length(line) - length(s) - length(p) - 4) AS o
    FROM read_csv({path}, columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', escape = '',
                  header = false, auto_detect = false, max_line_size = {longest})
"""
_TERMS: Final = """
    CREATE TABLE terms AS
    WITH every AS (
        SELECT DISTINCT unnest([s, p, o]) AS text FROM raw UNION SELECT unnest($constants::VARCHAR[])
    ), placed AS (
        SELECT text, row_number() OVER (ORDER BY text) - (SELECT count(*) FROM every WHERE {low}) AS place
        FROM every
    )
    SELECT text, (place - if({low}, 1, 0))::INTEGER AS id FROM placed
"""
_LOW: Final = """text[1] = '"' OR text[1:2] = '<<'"""
_HELD: Final = """
    CREATE TABLE held AS
    SELECT DISTINCT a.id AS a, p.id AS p, b.id AS b
    FROM raw JOIN terms a ON a.text = raw.s JOIN terms p ON p.text = raw.p JOIN terms b ON b.text = raw.o
    ORDER BY p, a, b
"""
_LINE: Final = 2_000_000
"""The length of a line that DuckDB is ready for, unless told of a longer one."""
_KEPT: Final = 150_000_000
"""The bytes up to which what is read is kept in memory, instead of being read twice."""


def load(
    connection: "duckdb.DuckDBPyConnection",
    facts: Iterable[Triple] | Path,
    more: Iterable[Triple],
    constants: Iterable[Term],
    folder: Path,
) -> dict[Term, int]:
    """Make the tables `terms` and `held` of the facts and more of them, and return the ids of the constants.

    A file is N-Triples, as pyoxigraph writes them.
    """
    paths = [folder / "more.nt", facts if isinstance(facts, Path) else folder / "facts.nt"]
    serialize(more, str(paths[0]), RdfFormat.N_TRIPLES)
    if not isinstance(facts, Path):
        serialize(facts, str(paths[1]), RdfFormat.N_TRIPLES)
    kind = "TABLE" if sum(path.stat().st_size for path in paths) < _KEPT else "VIEW"
    connection.execute(f"CREATE TEMP {kind} raw AS " + " UNION ALL ".join(map(_lines, paths)))
    texts = {str(term): term for term in constants}
    connection.execute(_TERMS.format(low=_LOW), {"constants": sorted(texts)})
    connection.execute(_HELD)
    connection.execute(f"DROP {kind} raw")
    for path in paths:
        if path.parent == folder:
            path.unlink()
    wanted = "SELECT text, id FROM terms WHERE text IN (SELECT unnest($constants::VARCHAR[]))"
    found = connection.execute(wanted, {"constants": sorted(texts)}).fetchall()
    return {texts[text]: number for text, number in found}


def _lines(path: Path) -> str:
    """The SELECT that splits each line; neither path nor size can be parameters of a view."""
    quoted = "'" + str(path).replace("'", "''") + "'"
    with path.open("rb") as file:
        longest = max(_LINE, max(map(len, file), default=0) + 16)
    return _LINES.format(path=quoted, longest=longest)


@dataclass(frozen=True, slots=True)
class Literals:
    """The datatypes that occur, by their text, and the ids of the literals without value."""

    datatypes: dict[str, NamedNode]
    ill_typed: tuple[int, ...]

    def doubt(self, column: str, kind: NamedNode) -> str:
        """Return the condition under which a literal may lie outside a datatype, as far as SQL can see."""
        inside = [text for text, datatype in self.datatypes.items() if kind in _types(datatype)]
        listed = ", ".join(f"'{text}'" for text in inside) or "NULL"
        wrong = ", ".join(map(str, self.ill_typed)) or "NULL"
        return (
            f"({column} IN ({wrong}) OR {column} NOT IN (SELECT id FROM typed WHERE datatype IN ({listed})))"
        )


def read_literals(connection: "duckdb.DuckDBPyConnection") -> Literals:
    """Make the table `typed` (id, datatype) of all literals, and return what is known of them."""
    connection.execute(_TYPED.format(string=XSD.string.value, tagged=RDF.langString.value))
    rows = connection.execute("SELECT DISTINCT datatype FROM typed ORDER BY 1").fetchall()
    datatypes = {text: NamedNode(text) for (text,) in rows}
    return Literals(datatypes, tuple(_find_ill_typed(connection, datatypes)))


def _find_ill_typed(connection: "duckdb.DuckDBPyConnection", used: dict[str, NamedNode]) -> Iterator[int]:
    """Yield the ids of the literals that have no value in their own datatype."""
    plain = (XSD.string, RDF.langString)
    for text, datatype in used.items():
        if datatype in plain or not is_datatype(datatype):
            continue
        doubt = f"AND NOT regexp_matches(text, '{_EVIDENT[datatype]}')" if datatype in _EVIDENT else ""
        sql = (
            f"SELECT id, text FROM terms JOIN typed USING (id) WHERE datatype = $datatype {doubt} ORDER BY id"
        )
        for number, literal in connection.execute(sql, {"datatype": text}).fetchall():
            term = read_term(literal)
            if isinstance(term, Literal) and is_ill_typed(term):
                yield number


def split_large(facts: Iterable[Triple] | Path, folder: Path) -> tuple[Path, list[Triple]]:
    """Return a file of the triples about individuals, in the folder if need be, and the axioms."""
    maybe: list[Triple] = []
    if isinstance(facts, Path):
        deque(_noted(read_facts(facts), maybe), maxlen=0)
        path = facts
    else:
        path = folder / "facts.nt"
        serialize(_noted(facts, maybe), str(path), RdfFormat.N_TRIPLES)
    schema = split_schema(maybe)[0]
    if not schema:
        return path, schema
    axioms, rest = set(schema), folder / "individuals.nt"
    kept = (triple for triple in read_facts(path) if triple not in axioms)
    serialize(kept, str(rest), RdfFormat.N_TRIPLES)
    return rest, schema


def _noted(facts: Iterable[Triple], maybe: list[Triple]) -> Iterator[Triple]:
    """Yield the triples, and note those that tell what is schema; each predicate and class is judged once."""
    predicates: dict[object, bool] = {}
    classes: dict[object, bool] = {}
    for triple in facts:
        typed = triple.predicate == TYPE
        judged, term = (classes, triple.object) if typed else (predicates, triple.predicate)
        telling = judged.get(term)
        if telling is None:
            links = triple.predicate in (SAME_AS, RDF.first, RDF.rest)
            anonymous = typed and isinstance(term, BlankNode)
            telling = judged[term] = links or anonymous or is_schema(as_fact(triple))
        if telling:
            maybe.append(triple)
        yield triple


def write_types(run: Run, rules: Iterable[Rule], literals: Literals) -> None:
    """Insert the types of each literal into the tables of the datatypes that bodies of rules ask for."""
    wanted = {atom.object for rule in rules for atom in rule.body if atom.predicate == TYPE}
    for text, datatype in literals.datatypes.items():
        for kind in wanted.intersection(_types(datatype)):
            table = run.layout.place(Atom(ID.x, TYPE, kind)).table
            insert = f"INSERT INTO {table} SELECT id, {HELD} FROM typed WHERE datatype = $datatype"
            run.connection.execute(insert, {"datatype": text})


def _types(datatype: NamedNode) -> tuple[NamedNode, ...]:
    """The types of every literal of a datatype."""
    tagged = datatype == RDF.langString
    return types_of(Literal("", language="en") if tagged else Literal("", datatype=datatype))
