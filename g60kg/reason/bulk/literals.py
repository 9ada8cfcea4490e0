"""What literals are by themselves: their types, as facts for rules; ill-typed ones, as contradictions.

Goes in: the dictionary, and the tables of classes that rules name. Comes out: rows in the tables of
datatypes (dt-type2) where a rule asks for them, and the literals that have no value (dt-not-type).

Millions of literals are of few datatypes: the datatype is asked of Python once, and only what SQL does
not see to be well-typed is read one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from g60kg.reason.bulk.layout import FLAT, Layout
from g60kg.reason.bulk.terms import read_term
from g60kg.reason.datatypes import is_datatype, is_ill_typed, types_of
from g60kg.reason.rules import Rule
from g60kg.terms import RDF, XSD

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


def write_types(
    connection: "duckdb.DuckDBPyConnection", layout: Layout, rules: tuple[Rule, ...], literals: Literals
) -> None:
    """Insert the types of each literal into the tables of the datatypes that bodies of rules ask for."""
    wanted = {atom.object for rule in rules for atom in rule.body if atom.predicate == RDF.type}
    for text, datatype in literals.datatypes.items():
        for kind in _types(datatype):
            if kind in wanted:
                connection.execute(_insert(layout, kind), {"datatype": text})


def _types(datatype: NamedNode) -> tuple[NamedNode, ...]:
    """The types of every literal of a datatype."""
    tagged = datatype == RDF.langString
    return types_of(Literal("", language="en") if tagged else Literal("", datatype=datatype))


def _insert(layout: Layout, kind: NamedNode) -> str:
    number, types = layout.ids[kind], layout.ids[RDF.type]
    columns, target = (f"id, {types}, {number}, 1", FLAT) if layout.flat else ("id, 1", f"c{number}")
    return f"INSERT INTO {target} SELECT {columns} FROM typed WHERE datatype = $datatype"
