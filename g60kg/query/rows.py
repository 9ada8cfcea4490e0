"""The answer of a query: rows that can be read, counted, shown and written.

The terms stay as the store gave them; each becomes a term of rdflib when somebody looks at it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from io import StringIO
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final, overload

from pyoxigraph import NamedNode

from g60kg.errors import G60Error, ParameterError
from g60kg.query import write
from g60kg.query.model import StoredQuery
from g60kg.query.values import Bound, bind
from g60kg.query.write import to_python, to_rdflib
from g60kg.store.base import Selection, Store, Term
from g60kg.terms import G60, UNIT

if TYPE_CHECKING:
    from rdflib.term import Identifier


_SHOWN: Final = 100
"""How many rows a notebook shows."""
_compact: Final = json.JSONEncoder(ensure_ascii=False).encode
"""An encoder without indents runs in C, and is made once."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its terms by name (`row.company`, `row["company"]`), by place, or one after the other.

    A value is a term of rdflib, or None where the variable is unbound.
    """

    _columns: tuple[str, ...]
    _terms: tuple[Term | None, ...]

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[Identifier | None]:
        return map(to_rdflib, self._terms)

    def __getitem__(self, key: int | str) -> Identifier | None:
        if isinstance(key, str):
            if key not in self._columns:
                raise KeyError(f"no column {key!r}; columns: {', '.join(self._columns)}")
            key = self._columns.index(key)
        return to_rdflib(self._terms[key])

    def __getattr__(self, name: str) -> Identifier | None:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(*error.args) from error

    def __repr__(self) -> str:
        pairs = zip(self._columns, self._terms, strict=True)
        return f"Row({', '.join(f'{name}={term}' for name, term in pairs)})"

    def asdict(self) -> dict[str, Any]:
        """Return plain Python values by column."""
        return dict(zip(self._columns, map(to_python, self._terms), strict=True))


@dataclass(frozen=True, slots=True, repr=False)
class Rows:
    """The rows of an answer, in its order. `columns` names them, `terms` holds the store's own terms.

    >>> from pyoxigraph import Literal
    >>> rows = Rows(("name",), ((Literal("Wuhu"),), (Literal("Hefei"),)))
    >>> len(rows), rows.to_dicts()
    (2, [{'name': 'Wuhu'}, {'name': 'Hefei'}])
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @classmethod
    def of(cls, selection: Selection, limit: int | None = None) -> Rows:
        """Read a selection, of at most `limit` rows."""
        return cls(selection.columns, tuple(islice(selection.rows, limit)))

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.columns, terms) for terms in self.terms)

    @overload
    def __getitem__(self, key: int) -> Row: ...

    @overload
    def __getitem__(self, key: slice) -> Rows: ...

    @overload
    def __getitem__(self, key: str) -> list[Identifier | None]: ...

    def __getitem__(self, key: int | slice | str) -> Row | Rows | list[Identifier | None]:
        """Return a row, the rows of a slice, or the terms of a column; raises `KeyError` for no column."""
        if isinstance(key, slice):
            return Rows(self.columns, self.terms[key])
        return [row[key] for row in self] if isinstance(key, str) else Row(self.columns, self.terms[key])

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} of {', '.join(self.columns)}>"

    def __str__(self) -> str:
        return write.table(self.columns, self.terms)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        shown = self.terms[:_SHOWN]
        cells = ([f"<td>{escape(write.one_line(write.to_text(term)))}</td>" for term in row] for row in shown)
        body = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
        more = f"<p>{len(self) - _SHOWN} more rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return each row as plain Python values by column."""
        return [row.asdict() for row in self]

    def to_pandas(self) -> Any:
        """Return a pandas `DataFrame` of plain values; a column of numbers has a type of numbers.

        Raises `G60Error` where pandas is not installed.
        """
        try:
            from pandas import DataFrame, Series
        except ImportError as error:
            raise G60Error("pandas is not installed", mend="run pip install 'g60kg[pandas]'") from error
        columns = {
            name: [to_python(row[place]) for row in self.terms] for place, name in enumerate(self.columns)
        }
        return DataFrame({name: Series(values, dtype=_dtype(values)) for name, values in columns.items()})

    def to_csv(self) -> str:
        """Return SPARQL 1.1 results as CSV: values without types, lines ended by CR LF."""
        out = StringIO()
        rows = [self.columns, *(map(write.bare, row) for row in self.terms)]
        csv.writer(out, lineterminator="\r\n").writerows(rows)
        return out.getvalue()

    def to_tsv(self) -> str:
        """Return SPARQL 1.1 results as TSV: terms as Turtle writes them."""
        lines = ["\t".join(f"?{name}" for name in self.columns)]
        lines += ["\t".join(map(write.turtle, row)) for row in self.terms]
        return "".join(f"{line}\n" for line in lines)

    def to_json(self) -> str:
        """Return SPARQL 1.1 results as JSON, a row a line."""
        named = (zip(self.columns, row, strict=True) for row in self.terms)
        rows = ({name: write.to_json(term) for name, term in row if term is not None} for row in named)
        head, bindings = _compact({"vars": self.columns}), ",\n".join(map(_compact, rows))
        return f'{{"head": {head}, "results": {{"bindings": [\n{bindings}\n]}}}}\n'

    def to_jsonl(self) -> str:
        """Return one JSON object a line, of plain values; a float that JSON has not is as XSD writes it."""
        legal = ({name: write.finite(value) for name, value in row.items()} for row in self.to_dicts())
        return "".join(json.dumps(row, ensure_ascii=False, default=write.plain) + "\n" for row in legal)


_BASES: Final = {
    UNIT.KiloM2: (UNIT.M2, Decimal(1_000_000)),
    UNIT.HA: (UNIT.M2, Decimal(10_000)),
    G60.Mu: (UNIT.M2, Decimal("666.667")),
    UNIT.KiloM: (UNIT.M, Decimal(1000)),
}
"""Units that are compared in another, and how much of that they are."""


def _dtype(values: Iterable[Any]) -> str | None:
    """Return pandas' type for values that are all numbers, or all truth values; None for others."""
    kinds = {type(value) for value in values} - {type(None)}
    if kinds and kinds <= {int, float, Decimal}:
        return "Int64" if kinds == {int} else "float64"
    return "boolean" if kinds == {bool} else None


def run(
    store: Store,
    query: StoredQuery,
    values: Mapping[str, object] | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Rows:
    """Return the answer of a stored query from row `offset` on, of at most `limit` rows.

    Raises what `bind` raises, `SparqlError`, and `StoreError`.
    """
    for name, number in (("limit", limit or 0), ("offset", offset)):
        if number < 0:
            raise ParameterError(f"{name}: {number} is less than 0", mend="write 0 or more")
    found = select(store, query, bind(store, query, values or {}))
    end = None if limit is None else offset + limit
    return Rows(found.columns, tuple(islice(found.rows, offset, end)))


def select(store: Store, query: StoredQuery, bound: Mapping[str, tuple[Bound, ...]]) -> Selection:
    """Return the answer to what `bind` gives; what has a role picks rows by their year, or by their size."""
    roles = {each.variable: each.role for each in query.parameters if each.role}
    terms = {name: each[0] if len(each) == 1 else each for name, each in bound.items() if name not in roles}
    picks = {roles[name]: int(each[-1].value) for name, each in bound.items() if name in roles}
    found = store.select(query.text, terms)
    columns, rows = found.columns, found.rows
    if "from" in picks or "to" in picks:
        place, least, most = columns.index("year"), picks.get("from", 0), picks.get("to", 9999)
        rows = (row for row in rows if least <= _number(row[place], Decimal(-1)) <= most)
    if "top" in picks:
        rows = _largest(columns, rows, picks["top"])
    return Selection(columns, rows)


def _largest(
    columns: tuple[str, ...], rows: Iterable[tuple[Term | None, ...]], most: int
) -> Iterator[tuple[Term | None, ...]]:
    """Yield so many of the largest figures of each measure, compared in one unit."""
    measure, unit, value = (columns.index(name) for name in ("measure", "unit", "value"))

    def size(row: tuple[Term | None, ...]) -> tuple[str, str, Decimal]:
        term = row[unit]
        base, factor = _BASES.get(term, (term, Decimal(1))) if isinstance(term, NamedNode) else (term, 1)
        return str(row[measure]), str(base), -_number(row[value]) * factor

    for _, group in groupby(sorted(rows, key=size), key=lambda row: size(row)[:2]):
        yield from islice(group, most)


def _number(term: Term | None, default: Decimal = Decimal(0)) -> Decimal:
    found = to_python(term)
    return Decimal(found) if isinstance(found, int | Decimal) else default
